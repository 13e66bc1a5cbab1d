#!/bin/sh
# Runs libFuzzer targets: campaign.sh DIRECTORY SECONDS NAME...
# New inputs stay in DIRECTORY/found/NAME; a crash is kept and named.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
dir=$1 seconds=$2
shift 2
for name in "$@"; do
	found=$dir/found/$name
	mkdir -p "$found"
	echo "fuzz_$name, $seconds s"
	"$dir/fuzz_$name" -max_total_time="$seconds" -print_final_stats=1 \
		-artifact_prefix="$dir/crash-$name-" "$found" "$here/corpus/$name" \
		> "$dir/$name.log" 2>&1 || {
		tail -n 30 "$dir/$name.log"
		echo "fuzz_$name found a fault; the input is $dir/crash-$name-*"
		exit 1
	}
	grep -E 'number_of_executed_units|new_units_added' "$dir/$name.log"
done
