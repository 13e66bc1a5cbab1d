#!/bin/bash
# postgres.sh - a PostgreSQL of a test's own, in a directory of its own.
#
# Usage: postgres.sh start DIRECTORY [OPTION...]   makes it, where there is
#                           none yet; prints what names it to the collector
#        postgres.sh stop DIRECTORY     at once and unasked, but in good order
#        postgres.sh kill DIRECTORY     as a machine that fails
#
# It listens on a socket in DIRECTORY alone, and forgets nothing only when
# OPTIONs say "fsync=on".  PostgreSQL refuses to run as root: it runs as the
# user postgres then.  Exit status 77: there is no PostgreSQL here.
set -eu
what=$1 dir=$2
shift 2
bin=$(command -v postgres || ls -d /usr/lib/postgresql/*/bin/postgres 2> /dev/null |
	tail -n 1)
[ -n "$bin" ] || {
	echo "postgres.sh: no PostgreSQL; 'make setup' installs it" >&2
	exit 77
}
bin=${bin%/postgres}

unprivileged() {
	if [ "$(id -u)" = 0 ]; then
		runuser -u postgres -- "$@"
	else
		"$@"
	fi
}

start() { # option...
	local options='' option
	mkdir -p "$dir"
	[ "$(id -u)" != 0 ] || chown postgres "$dir"
	chmod 755 "$dir"
	[ -e "$dir/data" ] || unprivileged "$bin/initdb" -D "$dir/data" -A trust \
		-U postgres -E UTF8 --locale=C --no-sync > "$dir.log" 2>&1
	for option in fsync=off listen_addresses= unix_socket_directories="$dir" \
		"$@"; do
		options+=" -c $option"
	done
	unprivileged "$bin/pg_ctl" -D "$dir/data" -l "$dir/log" -w -t 30 \
		-o "$options" start > /dev/null || {
		cat "$dir/log" >&2
		return 1
	}
	echo "postgresql:host=$dir user=postgres dbname=postgres"
}

# Ends the one of this directory, and waits until it has.
end() { # signal
	local pid
	pid=$(head -n 1 "$dir/data/postmaster.pid" 2> /dev/null) || return 0
	kill "-$1" "$pid"
	while kill -0 "$pid" 2> /dev/null; do sleep 0.02; done
}

case $what in
start) start "$@" ;;
stop) end INT ;;
kill) end QUIT ;; # its children end at once too, and nothing is written
*) exit 2 ;;
esac
