#!/bin/bash
# headers.sh - every header compiles alone, and twice, with gcc and with clang.
#
# So a header brings what it needs with it, in any order of #include lines.
. "$(dirname "$0")/files.sh"

try() { # compiler header
	printf '#include "%s"\n#include "%s"\nextern int something;\n' \
		"$2" "$2" | "$1" -x c \
		-std=c17 -D_GNU_SOURCE -Wall -Wextra -Wpedantic -Wshadow -Werror \
		-I. -I"$BUILD" -I"$BUILD/generated" -I/usr/include/postgresql \
		-fsyntax-only - 2>&1
}

for compiler in gcc clang; do
	command -v "$compiler" > /dev/null || {
		wrong tests/setup.sh "no $compiler; 'make setup' installs it"
		continue
	}
	for header in $(files '*.h'); do
		said=$(try "$compiler" "$header") || wrong "$header:1" \
			"does not compile alone with $compiler:" \
			"$(grep -m1 error: <<< "$said")"
	done
done
exit $bad
