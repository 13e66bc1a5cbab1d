#!/bin/bash
# sizes.sh - nothing is longer than an eye takes in.
#
# A function: at most 60 lines and 5 parameters.  A file: at most 500 lines.
# A line of C: at most 80 columns, a tab being 8; of a script: at most 100.
. "$(dirname "$0")/files.sh"

# Files that people write by hand; captures, schemas and lock files are not.
lines() {
	files '*.c' '*.h' '*.go' '*.sh' '*.py' '*.js' '*.css' '*.sql' 'Makefile' \
		'*.mk'
}

check_files() {
	lines | while read -r file; do
		n=$(wc -l < "$file")
		[ "$n" -le 500 ] ||
			echo "$file:500: has $n lines; at most 500, so give" \
				"a part of it a file of its own"
	done
}

check_columns() {
	{ c_files; script_files; files '*.py' '*.go'; } | xargs awk '
		FNR == 1 { most = FILENAME ~ /\.[ch]$/ ? 80 : 100 }
		{
			text = $0
			gsub(/[\200-\277]/, "", text)  # one column a character
			width = 0
			while ((at = index(text, "\t")) > 0) {
				width += at - 1
				width += 8 - width % 8
				text = substr(text, at + 1)
			}
			width += length(text)
			if (width > most)
				printf "%s:%d: is %d columns wide; at most %d\n",
				    FILENAME, FNR, width, most
		}'
}

# make format puts the name of a function first on its line and the braces of
# its body at the margin, so that no parser is needed to find both.
check_functions() {
	c_files | xargs awk '
		function count(text, depth, n, i, c) {
			depth = 0
			n = text ~ /\( *(void)? *\)/ ? 0 : 1
			for (i = index(text, "("); i <= length(text); i++) {
				c = substr(text, i, 1)
				if (c == "(") depth++
				if (c == ")" && --depth == 0) break
				if (c == "," && depth == 1) n++
			}
			return n
		}
		FNR == 1 { name = ""; inside = 0 }
		!inside && /^[a-z_][a-z0-9_]*\(/ {
			name = $0; sub(/\(.*/, "", name)
			head = ""; start = FNR; type = before
		}
		!inside && name != "" { head = head $0 }
		!inside && name != "" && /^{/ {
			inside = 1
			# a library dictates what its callbacks take
			if ((n = count(head)) > 5 &&
			    type head !~ /MHD_Result|const xmlChar \*/)
				printf "%s:%d: %s takes %d parameters; %s\n",
				    FILENAME, start, name, n,
				    "at most 5, so give it a struct"
		}
		!inside && /;[ \t]*$/ { name = "" }
		inside && /^}/ {
			inside = 0
			if (FNR - start + 1 > 60)
				printf "%s:%d: %s has %d lines; a function has at most 60\n",
				    FILENAME, start, name, FNR - start + 1
			name = ""
		}
		{ before = $0 }'
}

said=$(check_files; check_columns; check_functions)
[ -z "$said" ] || { echo "$said"; bad=1; }
exit $bad
