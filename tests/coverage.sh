#!/bin/sh
# Which lines no unit test has run: builds the unit tests with gcc's coverage
# counters into $BUILD/coverage and prints a line per source file, worst first.
set -eu
cd "$(dirname "$0")/.."
dir=${BUILD:-build}/coverage
rm -rf "$dir"
make -s -j"$(nproc)" BUILD="$dir" SANITIZE=--coverage tests-built
tests=$(cd tests/unit && echo test_*.c | sed 's/\.c//g')
# shellcheck disable=SC2086 # a list of names
tests/unit/run.sh "$dir/san" $tests > "$dir/log" || { cat "$dir/log"; exit 1; }
find "$dir/san/base" "$dir/san/report" "$dir/san/agent" "$dir/san/collector" \
	"$dir/san/cli" -name '*.gcda' 2> /dev/null |
	while read -r counters; do
		gcov -n "$counters" 2> /dev/null
	done |
	awk -F"'" '/^File/ { file = $2 }
		/^Lines executed/ && file ~ /\.c$/ && file !~ /^tests/ {
			split($0, part, /[:%]| of /)
			printf "%6.1f %%  %5d lines  %s\n", part[2], part[4], file
			file = "" }' | sort -n | awk '!seen[$NF]++'
