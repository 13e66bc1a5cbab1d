#!/bin/bash
# run.sh - make browser: the pages in a real browser, against the real collector.
#
# Needs Node.js, npm (for what package-lock.json pins) and Debian's chromium;
# where one is missing it says so and skips.  ONLY="words of a name" runs some.
set -u
cd "$(dirname "$0")/../.." || exit 1
BUILD=$(realpath -m "${BUILD:-build}")
CHROMIUM=${CHROMIUM:-/usr/bin/chromium}

skip() { # reason
	echo "skipped: $*"
	echo "browser: 0 passed, 0 failed, 1 skipped"
	exit 0
}

command -v node > /dev/null || skip "Node.js is missing (package nodejs)"
command -v npm > /dev/null || skip "npm is missing (package npm)"
[ -x "$CHROMIUM" ] || skip "$CHROMIUM is missing (package chromium)"
node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)' ||
	skip "Node.js $(node --version) is too old; 18 is the least"
[ -x "$BUILD/demarc-collector" ] || {
	echo "$BUILD/demarc-collector is not built; make builds it"
	echo "browser: 0 passed, 1 failed"
	exit 1
}

# make setup has fetched them; here for who types only make browser.
[ -d tests/browser/node_modules/playwright-core ] ||
	(cd tests/browser && npm ci --silent --no-audit --no-fund) ||
	skip "npm could not fetch playwright-core and axe-core"

export BUILD CHROMIUM
failed=0
node tests/browser/page.mjs || failed=1
node tests/browser/drawing.mjs || failed=1
exit $failed
