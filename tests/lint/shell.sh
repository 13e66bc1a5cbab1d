#!/bin/bash
# shell.sh - what ShellCheck says about our scripts, one line each.
. "$(dirname "$0")/files.sh"

script_files | xargs shellcheck -x -f gcc -S warning -P SCRIPTDIR
