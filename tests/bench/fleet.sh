#!/bin/bash
# fleet.sh - what the reports of a fleet cost a collector that stores them.
#
# Usage: fleet.sh [HOSTS] [POSTERS] [SECONDS]     (default: 10000 64 5)
#
# Starts a collector of its own on loopback, with a database in a directory of
# its own; both are gone at the end.
set -eu
cd "$(dirname "$0")/../.."
build=${BUILD:-build}
[ -e "$build/demarc-collector" ] ||
	{ echo "${0##*/}: $build is not built; run make" >&2; exit 2; }
mkdir -p "$build/bench"
# shellcheck disable=SC2046
${CC:-gcc} -std=c17 -O2 -I. -D_GNU_SOURCE -o "$build/bench/fleet" \
	tests/bench/fleet/*.c "$build/libreport.a" "$build/libbase.a" \
	$(pkg-config --libs sqlite3) -lpthread
dir=$(mktemp -d "${TMPDIR:-/tmp}/demarc-fleet.XXXXXX")
collector=
finish() {
	[ -z "$collector" ] || kill "$collector" 2> /dev/null || :
	[ -z "$collector" ] || wait "$collector" 2> /dev/null || :
	rm -rf "$dir"
}
trap finish EXIT
port=${PORT:-17413}
"$build/demarc-collector" --listen="127.0.0.1:$port" \
	--database="$dir/demarc.sqlite" --log_level=warning &
collector=$!
for _ in $(seq 50); do
	curl -sf -o "$dir/ready" "http://127.0.0.1:$port/readyz" && break
	sleep 0.1
done
hosts=${1:-10000}
"$build/bench/fleet" "$port" "$collector" "$hosts" "${2:-64}" "${3:-5}" \
	"$dir/bound.sqlite"
du -b "$dir/demarc.sqlite" | awk -v hosts="$hosts" \
	'{ printf "  database: %.1f KB a host, history included\n", $1 / 1024 / hosts }'
grep VmHWM "/proc/$collector/status" | awk -v hosts="$hosts" \
	'{ printf "  memory: %.1f KB a host\n", $2 / hosts }'
