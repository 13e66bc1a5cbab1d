#!/bin/bash
# run.sh - make check: installs what is missing, builds, runs every suite.
#
# Each suite is a make target whose log holds lines "name: N passed, N failed"
# (", N skipped" may follow); the sum of all is the last line.  A suite that
# fails without counting a failure, or counts no test, is a failure itself.
# SUITES="unit lint" runs only those.
set -u
cd "$(dirname "$0")/.." || exit 1
BUILD=${BUILD:-build}
SUITES=${SUITES:-compilers lint unit integration guest browser}
MAKE=${MAKE:-make}
logs=$BUILD/logs
passed=0 failed=0 skipped=0

sum() { # log: prints "passed failed skipped"
	awk '/^[a-z]+: [0-9]+ passed, [0-9]+ failed(, [0-9]+ skipped)?$/ {
			passed += $2; failed += $4; skipped += $6
		}
		END { print passed + 0, failed + 0, skipped + 0 }' "$1"
}

# Both compilers, warnings being errors; each in its own folder.
compilers() {
	local ok=0 bad=0
	if "$MAKE" -s -j"$(nproc)" BUILD="$BUILD" all; then
		ok=1
	else
		bad=1
	fi
	if "$MAKE" -s -j"$(nproc)" BUILD="$BUILD/clang" CC=clang all; then
		ok=$((ok + 1))
	else
		bad=$((bad + 1))
	fi
	echo "compilers: $ok passed, $bad failed"
	[ $bad = 0 ]
}

suite() { # name
	case $1 in
	compilers) compilers ;;
	unit) "$MAKE" -s -j"$(nproc)" BUILD="$BUILD" tests-built &&
		"$MAKE" -s BUILD="$BUILD" unit ;;
	*) "$MAKE" -s BUILD="$BUILD" "$1" ;;
	esac
}

tests/setup.sh || exit 1
mkdir -p "$logs" || exit 1
for name in $SUITES; do
	echo "== $name"
	started=$SECONDS
	suite "$name" < /dev/null 2>&1 | tee "$logs/$name.log"
	status=${PIPESTATUS[0]}
	read -r good bad left < <(sum "$logs/$name.log")
	if [ "$status" != 0 ] && [ "$bad" = 0 ]; then
		bad=1
		echo "$name ended with exit status $status"
	elif [ $((good + bad + left)) = 0 ]; then
		bad=1
		echo "$name ran no test"
	fi
	passed=$((passed + good)) failed=$((failed + bad))
	skipped=$((skipped + left))
	summary+=$(printf '\n%-12s %5d passed %3d failed %3d skipped %4d s' "$name" \
		"$good" "$bad" "$left" $((SECONDS - started)))
done
echo "== all${summary:-}"
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
