#!/bin/bash
# shared.sh - two collectors on one PostgreSQL, beside one.
#
# Usage: shared.sh [HOSTS]                     (default: 4000)
#
# POSTERS=64 SECONDS_EACH=5.  Collectors and server are the bench's own, on
# loopback and in a directory of its own; all are gone at the end.
set -eu
cd "$(dirname "$0")/../.."
build=${BUILD:-build}
[ -e "$build/demarc-collector" ] ||
	{ echo "${0##*/}: $build is not built; run make" >&2; exit 2; }
mkdir -p "$build/bench"
# shellcheck disable=SC2046
${CC:-gcc} -std=c17 -O2 -I. -D_GNU_SOURCE -o "$build/bench/shared" \
	tests/bench/shared.c tests/bench/fleet/{collector,model,post,talk}.c \
	"$build/libreport.a" "$build/libbase.a" -lpthread
dir=$(mktemp -d "${TMPDIR:-/tmp}/demarc-shared.XXXXXX")
chmod 755 "$dir"
bench=
finish() {
	if [ -n "$bench" ]; then
		kill "$bench" 2> /dev/null || :
		for pid in "$dir"/*/pid; do
			kill "$(cat "$pid")" 2> /dev/null || : # a collector
		done
	fi
	tests/support/postgres.sh stop "$dir/server"
	rm -rf "$dir"
}
trap finish EXIT
status=0
database=$(tests/support/postgres.sh start "$dir/server" fsync=on \
	shared_buffers=1GB max_wal_size=8GB) || status=$?
[ $status != 77 ] || { echo "SKIP shared: there is no PostgreSQL"; exit 0; }
[ $status = 0 ] || exit $status
"$build/bench/shared" "$build/demarc-collector" "$dir" "${POSTERS:-64}" \
	"${SECONDS_EACH:-5}" "${1:-4000}" "$database" &
bench=$!
wait "$bench"
bench=
