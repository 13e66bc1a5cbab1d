#!/bin/bash
# topology.sh - joining, judging and finding in a fleet of 10,000 hosts.
#
# Usage: topology.sh [BUILD]          (default: $BUILD, else build); HOSTS=N
#
# Processor time of one thread; the goal for a whole rebuild is 300 ms.
set -eu
cd "$(dirname "$0")/../.."
build=${1:-${BUILD:-build}}
# All of the collector but its main; the linker takes what is used.
[ -e "$build/collector/main.o" ] ||
	{ echo "${0##*/}: $build is not built; run make" >&2; exit 2; }
objects=("$build"/generated/*.o)
for object in "$build"/collector/*.o; do
	[ "${object##*/}" = main.o ] || objects+=("$object")
done
mkdir -p "$build/bench"
# shellcheck disable=SC2046
${CC:-gcc} -std=c17 -O2 -I. -D_GNU_SOURCE -o "$build/bench/topology" \
	tests/bench/topology.c "${objects[@]}" "$build/libreport.a" "$build/libbase.a" \
	$(pkg-config --libs libcjson sqlite3 libpq libmicrohttpd gnutls zlib libzstd)
"$build/bench/topology" "${HOSTS:-10000}"
