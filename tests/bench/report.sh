#!/bin/bash
# report.sh - what reading and storing one report costs.
#
# Usage: report.sh [FILE]          (default: the full report of the fuzz corpus)
#
# Processor time, the best of 400 rounds; SQLite in memory, so without its disk.
set -eu
cd "$(dirname "$0")/../.."
build=${BUILD:-build}
objects=("$build/generated/sql_files.o")
for f in ingest store_sqlite incoming incoming_rules rules arena index; do
	[ -e "$build/collector/$f.o" ] ||
		{ echo "report.sh: $build is not built; run make" >&2; exit 2; }
	objects+=("$build/collector/$f.o")
done
mkdir -p "$build/bench"
# shellcheck disable=SC2046
${CC:-gcc} -std=c17 -O2 -I. -D_GNU_SOURCE -o "$build/bench/report" \
	tests/bench/report.c "${objects[@]}" "$build/libbase.a" \
	$(pkg-config --libs libcjson sqlite3)
"$build/bench/report" "${1:-tests/fuzz/corpus/report/full.json}"
