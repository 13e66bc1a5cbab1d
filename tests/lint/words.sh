#!/bin/bash
# words.sh - calls and words that have no place here, each with the reason.
. "$(dirname "$0")/files.sh"

# Prints file:line of each match, with comments of one line taken out.
refuse() { # reason, regular expression, file...
	local reason=$1 what=$2 file
	shift 2
	[ $# -gt 0 ] || return 0
	for file in "$@"; do
		sed -e 's,/\*.*\*/,,' -e 's,^[ \t]*\*.*,,' -e 's,//.*,,' "$file" |
			grep -nE -- "$what" | sed "s,^\([0-9]*\):.*,$file:\1,"
	done | while read -r place; do echo "$place: $reason"; done
}

# The same, but comments count: words rather than calls.
refuse_word() { # reason, regular expression, file...
	local reason=$1 what=$2
	shift 2
	[ $# -gt 0 ] || return 0
	grep -nHE -I -- "$what" "$@" | cut -d: -f1,2 |
		while read -r place; do echo "$place: $reason"; done
}

calls() {
	mapfile -t c < <(c_files)
	refuse "writes without knowing the room: use snprintf or struct buffer" \
		'\b(strcpy|stpcpy|strcat|strncat|strncpy|sprintf|vsprintf|gets)\(' \
		"${c[@]}"
	refuse "starts a shell: use posix_spawn or fork with execv" \
		'\b(system|popen|wordexp)\(' "${c[@]}"
	refuse "cannot tell a mistake from a zero: use strtol or base/'s own" \
		'\b(atoi|atol|atoll|atof|sscanf|scanf|fscanf)\(' "${c[@]}"
	refuse "keeps its answer in memory that all share" \
		'\b(strtok|gmtime|localtime|asctime|ctime|rand|srand)\(' "${c[@]}"
	refuse "takes memory from the stack without a limit" \
		'\balloca\(' "${c[@]}"
	refuse "leaves a gap between the name and the file: use mkstemp" \
		'\b(tmpnam|tempnam|mktemp)\(' "${c[@]}"
	refuse "code for tests in the product: make it a parameter" \
		'#[ \t]*if(def|[ \t]+defined)[ \t(]*(TEST|UNIT_TEST|FUZZ)' "${c[@]}"
	refuse "is released at every return: give it a value where it is declared" \
		'CLEANUP\([a-z_]*\) [^=]*;' "${c[@]}"
	refuse "dead code: git remembers it" '#[ \t]*if[ \t]+0' "${c[@]}"
	mapfile -t c < <(files 'tests/unit/*.c')
	refuse "a unit test does not sleep: tell it the time" \
		'\b(sleep|usleep|nanosleep)\(' "${c[@]}"
	mapfile -t c < <(files 'agent/*.c' 'report/*.c' | xargs -r grep -l cursor.h)
	refuse "a length is subtracted in base/cursor.h only" \
		'(->|\.)left[ \t]*(-=|-[^>])' "${c[@]}"
}

words() {
	local all scripts
	mapfile -t all < <(files '*.c' '*.h' '*.go' '*.sh' '*.py' '*.js' '*.css' \
		'*.html' '*.md' '*.sql' '*.yaml' '*.json' 'Makefile' '.ci/*' |
		grep -vE '^tests/(lint/words.sh|frames/)|package-lock')
	refuse_word "an open end has an issue: TODO(#12): a sentence" \
		'\b(TODO|FIXME|XXX)\b([^(]|\([^#]|$)' "${all[@]}"
	refuse_word "a path of one machine: write it relative to the tree" \
		'(/work/|/root/|/home/[a-z])' "${all[@]}"
	refuse_word "a mark left by a merge" '^(<<<<<<<|>>>>>>>) ' "${all[@]}"
	mapfile -t scripts < <(script_files | grep -v '^tests/lint/words.sh$')
	refuse_word "ends processes by name: end those you started, by number" \
		'^[^#]*\b(pkill|killall)\b' "${scripts[@]}"
	mapfile -t scripts < <(files '.ci/*' Makefile '*.mk' tests/run.sh)
	refuse_word "a step that cannot fail checks nothing" \
		'\|\|[ \t]*(true|:)([ \t;]|$)' "${scripts[@]}"
}

said=$(calls; words)
[ -z "$said" ] || { echo "$said"; bad=1; }
exit $bad
