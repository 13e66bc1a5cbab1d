#!/bin/sh
# font.sh - puts the page's hand font and its licence beside the page.
#
# The font (Patrick Hand, SIL Open Font License 1.1) is no part of the source:
# npm fetches it as package.json pins it and then runs this; make builds it into
# the collector with the rest of web/.  Without it the page uses a cursive font
# of the reader's system.

set -eu

here=$(cd "$(dirname "$0")" && pwd)
package=$here/node_modules/@fontsource/patrick-hand
web=$here/../../web

[ -e "$package/LICENSE" ] || exit 0 # npm was only asked for the lock file
cp "$package/LICENSE" "$web/OFL.txt"
cp "$package/files/patrick-hand-latin-400-normal.woff2" "$web/hand.woff2"
