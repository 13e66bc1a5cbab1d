#!/bin/sh
# Replays the fuzz corpora under sanitizers: run.sh DIRECTORY fuzz_X...
set -u
here=$(dirname "$0")
dir=$1
shift
passed=0 failed=0
for name in "$@"; do
	corpus=$here/corpus/${name#fuzz_}
	if [ ! -d "$corpus" ]; then
		echo "FAIL $name: there is no $corpus; a target needs seeds"
		failed=$((failed + 1))
	elif out=$("$dir/$name" "$corpus" 2>&1); then
		echo "ok   $name ($(find "$corpus" -type f | wc -l) inputs)"
		passed=$((passed + 1))
	else
		printf '%s\n' "$out" | tail -n 40
		echo "FAIL $name"
		failed=$((failed + 1))
	fi
done
echo "corpora: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
