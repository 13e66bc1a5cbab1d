#!/bin/bash
# Runs unit test programs on PostgreSQL: run_postgresql.sh DIRECTORY PROGRAM...
# Those are meant that ask database_of_test() for a database.
set -u
cd "$(dirname "$0")/../.." || exit 1
dir=$(mktemp -d /tmp/demarc-postgresql-XXXXXX)
trap 'tests/support/postgres.sh stop "$dir/server"; rm -rf "$dir"' EXIT
chmod 755 "$dir"
DEMARC_POSTGRESQL=$(tests/support/postgres.sh start "$dir/server")
case $? in
0) ;;
77)
	echo "SKIP the store on PostgreSQL: none is here"
	exit 0
	;;
*) exit 1 ;;
esac
export DEMARC_POSTGRESQL
SUITE=postgresql tests/unit/run.sh "$@"
