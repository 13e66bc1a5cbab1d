#!/bin/bash
# topology.sh - joining, judging and finding in a fleet of 10,000 hosts.
#
# Usage: topology.sh [BUILD]          (default: $BUILD, else build); HOSTS=N
#
# Processor time of one thread; the goal for a whole rebuild is 300 ms.
set -eu
cd "$(dirname "$0")/../.."
build=${1:-${BUILD:-build}}
objects=()
for f in find query topology summary portjoin ports verdict identity said arena index; do
	[ -e "$build/collector/$f.o" ] ||
		{ echo "topology.sh: $build is not built; run make" >&2; exit 2; }
	objects+=("$build/collector/$f.o")
done
mkdir -p "$build/bench"
# shellcheck disable=SC2046
${CC:-gcc} -std=c17 -O2 -I. -D_GNU_SOURCE -o "$build/bench/topology" \
	tests/bench/topology.c "${objects[@]}" "$build/libbase.a" \
	$(pkg-config --libs libcjson)
"$build/bench/topology" "${HOSTS:-10000}"
