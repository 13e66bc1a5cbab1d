#!/bin/bash
# fleet.sh - what the reports of a fleet cost a collector that stores them.
#
# Usage: fleet.sh [HOSTS...]                   (default: 10000 100000)
#
# The first fleet is measured against bounds, the others against the first.
# POSTERS=64 SECONDS_EACH=5.  The collector is the bench's own, on
# loopback, with a database in a directory of its own; both are gone at the end.
set -eu
cd "$(dirname "$0")/../.."
build=${BUILD:-build}
[ -e "$build/demarc-collector" ] ||
	{ echo "${0##*/}: $build is not built; run make" >&2; exit 2; }
mkdir -p "$build/bench"
# shellcheck disable=SC2046
${CC:-gcc} -std=c17 -O2 -I. -D_GNU_SOURCE -o "$build/bench/fleet" \
	tests/bench/fleet/*.c "$build/libreport.a" "$build/libbase.a" \
	$(pkg-config --libs sqlite3) -lpthread
dir=$(mktemp -d "${TMPDIR:-/tmp}/demarc-fleet.XXXXXX")
bench=
finish() {
	if [ -n "$bench" ]; then
		kill "$bench" 2> /dev/null || :
		kill "$(cat "$dir/pid")" 2> /dev/null || : # its collector
	fi
	rm -rf "$dir"
}
trap finish EXIT
[ $# -gt 0 ] || set -- 10000 100000
"$build/bench/fleet" "$build/demarc-collector" "$dir" \
	"${POSTERS:-64}" "${SECONDS_EACH:-5}" "$@" &
bench=$!
wait "$bench"
bench=
