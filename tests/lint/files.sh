# shellcheck shell=bash disable=SC2034
# files.sh - which files the checks of this folder look at; sourced by them.
#
# Everything that is or will be committed, never what is built.

cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
export LC_ALL=C
BUILD=${BUILD:-build}

all_files() {
	if [ -e .git ]; then
		git ls-files -co --exclude-standard | grep -v '\(^\|/\)node_modules/'
	else # an unpacked source archive
		find . -path "./$BUILD" -prune -o -name node_modules -prune \
			-o -type f -print | sed 's,^\./,,'
	fi
}

files() { # shell pattern...: prints the paths that match one of them
	local file pattern
	all_files | sort -u | while read -r file; do
		for pattern in "$@"; do
			# unquoted: a pattern; and a file may be deleted already
			# shellcheck disable=SC2254
			case $file in $pattern) [ -f "$file" ] && echo "$file" ;; esac
		done
	done
}

c_files() {
	files '*.c' '*.h'
}

script_files() { # what a shell reads, with or without a suffix
	{
		files '*.sh'
		files '.ci/*' 'tests/*' | grep -v '\.[a-z0-9]*$' | while read -r f; do
			head -n 1 "$f" | tr -d '\0' | grep -q '^#!.*sh$' && echo "$f"
		done
	} | sort -u
}

bad=0
wrong() { # place what...: says it, and remembers that something was wrong
	local place=$1
	shift
	echo "$place: $*"
	bad=1
}
