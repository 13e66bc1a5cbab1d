#!/bin/bash
# static.sh - static analysis: cppcheck and a fixed list of clang-tidy's checks.
#
# The list holds what finds mistakes, not taste; a check that must be silenced
# in more than one place is not on it.
. "$(dirname "$0")/files.sh"

CHECKS='-*,bugprone-*,-bugprone-easily-swappable-parameters'
CHECKS+=',-bugprone-narrowing-conversions,-bugprone-reserved-identifier'
CHECKS+=',-bugprone-assignment-in-if-condition,-bugprone-branch-clone'
CHECKS+=',-bugprone-not-null-terminated-result'
CHECKS+=',-bugprone-macro-parentheses,-bugprone-sizeof-expression'
CHECKS+=',-bugprone-implicit-widening-of-multiplication-result'
CHECKS+=',cert-err34-c,cert-flp30-c,cert-pos34-c,cert-pos44-c'
CHECKS+=',misc-misplaced-const,misc-redundant-expression'
CHECKS+=',performance-no-int-to-ptr,readability-misleading-indentation'
CHECKS+=',readability-non-const-parameter'
CHECKS+=',readability-inconsistent-declaration-parameter-name'
CHECKS+=',readability-function-size'
# Nesting 3; lines and parameters are counted by sizes.sh.
CONFIG='{CheckOptions: ['
CONFIG+='{key: readability-function-size.LineThreshold, value: 1000}, '
CONFIG+='{key: readability-function-size.StatementThreshold, value: 1000}, '
CONFIG+='{key: readability-function-size.NestingThreshold, value: 3}]}'

products() {
	files 'agent/*.c' 'base/*.c' 'cli/*.c' 'collector/*.c' 'report/*.c' \
		'vsphere/*.c'
}

tidy() {
	local flags
	flags=$(mktemp -d)
	printf '%s\n' -std=c17 -D_GNU_SOURCE "-I$PWD" "-I$PWD/$BUILD" "-I$BUILD" \
		'-DDEMARC_VERSION="0"' '-DDEMARC_LIBEXECDIR=""' \
		-I/usr/include/libxml2 -I/usr/include/postgresql \
		> "$flags/compile_flags.txt"
	pkg-config --cflags-only-I freetype2 librsvg-2.0 cairo-pdf |
		tr ' ' '\n' >> "$flags/compile_flags.txt"
	products | xargs -P "$(nproc)" -n 4 clang-tidy --quiet -p "$flags" \
		--checks="$CHECKS" --config="$CONFIG" 2>&1 |
		sed -n "s,^$PWD/,,; /[Ee]rror[: ]\|warning: /p" |
		grep -v '^[0-9]* warnings\? ' | sort -u
	rm -r "$flags"
}

check() {
	products | xargs cppcheck -q -j "$(nproc)" --std=c11 --inline-suppr \
		--enable=warning,portability,performance -I . -I "$BUILD" \
		--suppress=missingInclude --suppress=unmatchedSuppression \
		--template='{file}:{line}: {message} [{id}]' 2>&1 | sort -u
}

[ -n "$(products)" ] || exit 0
said=$(check; tidy)
[ -z "$said" ] || { echo "$said"; bad=1; }
exit $bad
