#!/bin/bash
# format.sh - C is laid out as .clang-format says; 'make format' does it.
. "$(dirname "$0")/files.sh"

c_files | xargs clang-format --dry-run -Werror 2>&1 |
	awk -F: '/error: code should be clang-formatted/ && !seen[$1]++ {
		print $1 ":" $2 ": is laid out differently; make format does it"
		bad = 1
	}
	END { exit bad }'
