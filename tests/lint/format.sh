#!/bin/bash
# format.sh - C is laid out as .clang-format says, which 'make format' does; Go
# as gofmt says, where there is Go.
. "$(dirname "$0")/files.sh"

said=$(c_files | xargs clang-format --dry-run -Werror 2>&1 |
	awk -F: '/error: code should be clang-formatted/ && !seen[$1]++ {
		print $1 ":" $2 ": is laid out differently; make format does it"
	}'
	! command -v gofmt > /dev/null || files '*.go' | xargs -r gofmt -l |
		sed 's/$/:1: is laid out differently; gofmt -w does it/')
[ -z "$said" ] || { echo "$said"; bad=1; }
exit $bad
