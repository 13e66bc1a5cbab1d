#!/bin/bash
# run.sh - make lint: runs every check of this folder, two at a time.
#
# Each prints "file:line: what is wrong and what the rule is" and fails, or is
# silent.  LINT="layers sizes" runs only those.
set -u
cd "$(dirname "$0")/../.." || exit 1
LINT=${LINT:-static headers format shell words layers sizes self}
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
passed=0 failed=0

run() { # check
	bash "tests/lint/$1.sh" > "$out/$1" 2>&1
	echo $? > "$out/$1.status"
}

# The slow one in the background, the others one after another.
for check in $LINT; do
	if [ "$check" = static ]; then run static & else run "$check"; fi
done
wait

for check in $LINT; do
	if [ "$(cat "$out/$check.status")" = 0 ]; then
		passed=$((passed + 1))
		echo "ok     lint $check"
	else
		failed=$((failed + 1))
		echo "FAILED lint $check"
		sed 's/^/  /' "$out/$check"
	fi
done
echo "lint: $passed passed, $failed failed"
[ $failed = 0 ]
