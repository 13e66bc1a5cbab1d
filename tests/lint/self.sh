#!/bin/bash
# self.sh - each check of this folder refuses what it is there to refuse.
#
# Plants one mistake of every kind in a tree of its own.
. "$(dirname "$0")/files.sh"

tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
mkdir -p "$tree"/{base,agent,report,tests/lint,.ci}
cp .clang-format "$tree"
cp tests/lint/*.sh "$tree/tests/lint"

refused() { # check file what
	local said
	if said=$(cd "$tree" && bash "tests/lint/$1.sh" 2>&1) ||
		! grep -q "^$2.*$3" <<< "$said"; then
		wrong "tests/lint/$1.sh:1" "does not refuse \"$3\" in $2; it says:" "$said"
	fi
	rm "$tree/$2"
}

plant() { # file: its text from stdin
	cat > "$tree/$1"
}

plant base/up.h <<< '#include "agent/lldp.h"'
refused layers base/up.h 'must not include'
plant agent/lldp.c <<< '#include "agent/capture.h"'
refused layers agent/lldp.c 'of the group'
plant agent/cdp.c <<< '#include "base/log.h"'
refused layers agent/cdp.c 'do not log'
plant base/two.h <<< '#include "base/one.h"'
plant base/one.h <<< '#include "base/two.h"'
refused layers base/one.h circle
rm "$tree/base/two.h"

plant base/alone.h <<< 'void alone(size_t size);'
refused headers base/alone.h 'compile alone'
plant base/twice.h <<< 'enum twice { TWICE };'
refused headers base/twice.h 'compile alone'

{ printf 'void\nlong_one(void)\n{\n'; yes '	;' | head -n 60; echo '}'; } |
	plant base/long.c
refused sizes base/long.c 'has 63 lines'
plant base/six.c <<< $'void\nsix(int a, int b, int c, int d, int e,\n    int f)\n{\n}'
refused sizes base/six.c '6 parameters'
yes '/* */' | head -n 501 | plant base/file.h
refused sizes base/file.h 'has 501 lines'
printf '/*%80s*/\n' '' | plant base/wide.h
refused sizes base/wide.h '84 columns'

for call in 'strcpy(a, b);' 'sprintf(a, b);' 'gets(a);' 'system(a);' \
	'popen(a, b);' 'atoi(a);' 'strtok(a, b);' 'alloca(3);' '#if 0' \
	'CLEANUP(b_done) struct b b;'; do
	plant agent/call.c <<< "	$call"
	refused words agent/call.c :
done
plant agent/todo.c <<< "/* TO""DO: later */"
refused words agent/todo.c issue
plant agent/sub.c <<< $'#include "base/cursor.h"\n	c->left -= 2;'
refused words agent/sub.c subtracted
plant .ci/run <<< 'make check || tr''ue'
refused words .ci/run 'cannot fail'

plant base/spaces.c <<< 'int  spaces;'
refused format base/spaces.c 'make format'
plant tests/quote.sh <<< $'#!/bin/sh\nrm $(ls)'
refused shell tests/quote.sh .
plant base/null.c <<< $'int f(void) { int *p = 0; return *p; }'
refused static base/null.c '[Nn]ull'
exit $bad
