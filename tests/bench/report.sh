#!/bin/bash
# report.sh - what unpacking, reading and storing one report costs.
#
# Usage: report.sh [FILE]          (default: the full report of the fuzz corpus)
#
# Processor time, the best of 400 rounds; SQLite in memory, so without its disk.
set -eu
cd "$(dirname "$0")/../.."
build=${BUILD:-build}
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
${CC:-gcc} -std=c17 -O2 -I. -D_GNU_SOURCE -o "$build/bench/report" \
	tests/bench/report.c "${objects[@]}" \
	"$build/libreport.a" "$build/libbase.a" \
	$(pkg-config --libs sqlite3 libpq libmicrohttpd gnutls zlib libzstd)
"$build/bench/report" "${1:-tests/fuzz/corpus/report/full.json}"
