#!/bin/bash
# ingest.sh - changed reports stored in PostgreSQL, beside SQLite.
#
# Usage: ingest.sh [HOSTS] [TOGETHER] [ROUNDS]      (default: 4000 64 9)
#
# The same reports in turns, on the same disk, each transaction on it at its end.
# It is the wall clock that counts: PostgreSQL works beside the collector, and
# needs a second core for that.  The server is the bench's own.
set -eu
cd "$(dirname "$0")/../.."
build=${BUILD:-build}
[ -e "$build/collector/main.o" ] ||
	{ echo "${0##*/}: $build is not built; run make" >&2; exit 2; }
objects=("$build"/generated/*.o)
for object in "$build"/collector/*.o "$build"/collector/draw/*.o \
	"$build"/collector/rules/*.o; do
	[ "${object##*/}" = main.o ] || [ ! -e "$object" ] ||
		objects+=("$object")
done
mkdir -p "$build/bench"
# shellcheck disable=SC2046
${CC:-gcc} -std=c17 -O2 -I. -D_GNU_SOURCE -o "$build/bench/ingest" \
	tests/bench/ingest.c tests/bench/fleet/model.c "${objects[@]}" \
	"$build/libreport.a" "$build/libbase.a" \
	$(pkg-config --libs sqlite3 libpq libmicrohttpd gnutls zlib libzstd)
dir=$(mktemp -d "${TMPDIR:-/tmp}/demarc-ingest.XXXXXX")
chmod 755 "$dir"
trap 'tests/support/postgres.sh stop "$dir/server"; rm -rf "$dir"' EXIT
status=0
database=$(tests/support/postgres.sh start "$dir/server" fsync=on \
	shared_buffers=1GB max_wal_size=8GB) || status=$?
[ $status != 77 ] || { echo "SKIP ingest: there is no PostgreSQL"; exit 0; }
[ $status = 0 ] || exit $status
"$build/bench/ingest" "$dir" "${1:-4000}" "${2:-64}" "${3:-9}" "$database"
