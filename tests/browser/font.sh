#!/bin/sh
# font.sh BUILD - puts the page's hand font and its licence into BUILD/web/.
#
# The font (Patrick Hand, SIL Open Font License 1.1) is no part of the source:
# it comes from npm in the version that package.json pins.  Without it the page
# uses a cursive font of the reader's system, so a failure here is no error.

set -eu

build=${1:?usage: font.sh BUILD}
here=$(cd "$(dirname "$0")" && pwd)
package=@fontsource/patrick-hand
version=$(sed -n "s|.*\"$package\": \"\([^\"]*\)\".*|\1|p" "$here/package.json")

[ -s "$build/web/hand.woff2" ] && [ -s "$build/web/OFL.txt" ] && exit 0

if ! command -v npm >/dev/null; then
	echo "font.sh: no npm, the page will use a cursive font of the system"
	exit 0
fi

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

if ! (cd "$scratch" && npm pack --silent "$package@$version" >/dev/null); then
	echo "font.sh: npm cannot fetch $package@$version," \
	    "the page will use a cursive font of the system"
	exit 0
fi
tar -xzf "$scratch"/*.tgz -C "$scratch"
mkdir -p "$build/web"
cp "$scratch/package/LICENSE" "$build/web/OFL.txt"
cp "$scratch/package/files/patrick-hand-latin-400-normal.woff2" \
    "$build/web/hand.woff2"
