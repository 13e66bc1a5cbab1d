#!/bin/bash
# topology.sh - joining, judging, finding and paths, in process.
#
# Usage: topology.sh [BUILD]     (default: $BUILD, else build); HOSTS="N N"
#
# Processor time of one thread; beside the second fleet's figures stands how
# many times the first one's they are.  Goals: a path 50 us at 10,000 hosts and
# 100 us at 100,000, a part of a name 1 ms, no question grows more than twofold.
set -eu
cd "$(dirname "$0")/../.."
build=${1:-${BUILD:-build}}
# All of the collector but its main; the linker takes what is used.
[ -e "$build/collector/main.o" ] ||
	{ echo "${0##*/}: $build is not built; run make" >&2; exit 2; }
objects=("$build"/generated/*.o)
for object in "$build"/collector/*.o "$build"/collector/draw/*.o \
	"$build"/collector/rules/*.o; do
	[ "${object##*/}" = main.o ] || objects+=("$object")
done
mkdir -p "$build/bench"
# shellcheck disable=SC2046
${CC:-gcc} -std=c17 -O2 -I. -D_GNU_SOURCE -o "$build/bench/topology" \
	tests/bench/topology.c "${objects[@]}" "$build/libreport.a" "$build/libbase.a" \
	$(pkg-config --libs sqlite3 libpq libmicrohttpd gnutls zlib libzstd)
# shellcheck disable=SC2086
"$build/bench/topology" ${HOSTS:-10000 100000}
