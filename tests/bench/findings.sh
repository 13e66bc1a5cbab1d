#!/bin/bash
# findings.sh - judging a fleet, and a host that changed, in process.
#
# Usage: findings.sh [BUILD]     (default: $BUILD, else build); HOSTS="N N"
#
# Goals at 10,000 hosts: all of them in 60 s, and 50 ms from a changed report
# until everything that it touches is judged.
set -eu
cd "$(dirname "$0")/../.."
build=${1:-${BUILD:-build}}
[ -e "$build/collector/main.o" ] ||
	{ echo "${0##*/}: $build is not built; run make" >&2; exit 2; }
objects=("$build"/generated/*.o)
for object in "$build"/collector/*.o "$build"/collector/draw/*.o \
	"$build"/collector/rules/*.o; do
	[ "${object##*/}" = main.o ] || objects+=("$object")
done
mkdir -p "$build/bench"
# shellcheck disable=SC2046
${CC:-gcc} -std=c17 -O2 -I. -D_GNU_SOURCE -o "$build/bench/findings" \
	tests/bench/findings.c tests/bench/fleet/model.c "${objects[@]}" \
	"$build/libreport.a" "$build/libbase.a" \
	$(pkg-config --libs sqlite3 libpq libmicrohttpd gnutls zlib libzstd) \
	-lpthread -lm
# shellcheck disable=SC2086
"$build/bench/findings" ${HOSTS:-10000}
