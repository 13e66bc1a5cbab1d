#!/bin/sh
# Runs unit test programs: run.sh DIRECTORY PROGRAM...
# Each prints Check's closing lines; the sum is the last line.
set -u
dir=$1
shift
passed=0 failed=0
for name in "$@"; do
	out=$("$dir/$name" 2>&1)
	rc=$?
	# Check: "100%: Checks: 12, Failures: 0, Errors: 0"
	set -- $(printf '%s\n' "$out" |
		sed -n 's/.*Checks: \([0-9]*\), Failures: \([0-9]*\), Errors: \([0-9]*\).*/\1 \2 \3/p' |
		awk '{ c += $1; f += $2 + $3 } END { print c + 0, f + 0 }')
	bad=$2
	[ $rc -ne 0 ] && [ "$bad" -eq 0 ] && bad=1
	passed=$((passed + $1 - $2))
	failed=$((failed + bad))
	if [ "$bad" -gt 0 ]; then
		printf '%s\n' "$out"
		echo "FAIL $name"
	else
		echo "ok   $name ($1)"
	fi
	printf '%s\n' "$out" | grep '^SKIP' # what was skipped, aloud
done
echo "unit: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
