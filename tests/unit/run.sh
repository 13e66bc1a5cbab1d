#!/bin/sh
# Runs unit test programs: run.sh DIRECTORY PROGRAM...
# Each prints Check's closing lines; the sum is the last line.
set -u
dir=$1
shift
passed=0 failed=0 skipped=0

# Adds Check's "100%: Checks: 12, Failures: 0, Errors: 0" lines up: total bad.
counts() {
	sed -n 's/.*Checks: \([0-9]*\), Failures: \([0-9]*\), Errors: \([0-9]*\).*/\1 \2 \3/p' |
		awk '{ total += $1; bad += $2 + $3 } END { print total + 0, bad + 0 }'
}

for name in "$@"; do
	out=$("$dir/$name" 2>&1)
	rc=$?
	sums=$(printf '%s\n' "$out" | counts)
	total=${sums% *} bad=${sums#* }
	left=$(printf '%s\n' "$out" | grep -c '^SKIP')
	passed=$((passed + total - bad - left))
	skipped=$((skipped + left))
	# A program that died, or that ran no test, has failed.
	if [ "$bad" -eq 0 ] && { [ $rc -ne 0 ] || [ "$total" -eq 0 ]; }; then
		bad=1
	fi
	failed=$((failed + bad))
	if [ "$bad" -gt 0 ]; then
		printf '%s\n' "$out"
		echo "FAIL $name"
	else
		echo "ok   $name ($total)"
	fi
	printf '%s\n' "$out" | grep '^SKIP' # what was skipped, aloud
done
echo "${SUITE:-unit}: $passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
