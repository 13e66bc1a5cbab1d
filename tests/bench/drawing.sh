#!/bin/bash
# drawing.sh - ordering a drawing, beside Graphviz dot with a cluster a host.
#
# Usage: drawing.sh [BUILD]     (default: $BUILD, else build); NODES="50 200"
#
# Both get the same graphs and are counted by the same rule.  dot takes half a
# minute for 5,000 nodes, so of those there is one graph.
set -eu
cd "$(dirname "$0")/../.."
build=${1:-${BUILD:-build}}
command -v dot > /dev/null ||
	{ echo "SKIP drawing: no dot; tests/setup.sh installs it"; exit 0; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$build/bench"
objects=()
for module in draw/inside_order draw/isotonic draw/pairs draw/rows_order \
	draw/rows_sift arena; do
	[ -e "$build/collector/$module.o" ] ||
		{ echo "${0##*/}: $build is not built; run make" >&2; exit 2; }
	objects+=("$build/collector/$module.o")
done
${CC:-gcc} -std=c17 -O2 -I. -D_GNU_SOURCE -o "$build/bench/drawing" \
	tests/bench/drawing.c "${objects[@]}" "$build/libbase.a"

crossings() { # places
	python3 tests/bench/drawing/crossings.py "$work/it.graph" "$1"
}

# One graph: "ours dot ms dot-ms", crossings and times
measure() { # nodes seed
	local begin end ms
	python3 tests/bench/drawing/graph.py "$1" "$2" "$work/it"
	ms=$("$build/bench/drawing" "$work/it.graph" "$work/ours")
	begin=$(date +%s%N)
	dot -Tplain "$work/it.dot" > "$work/dot" 2> /dev/null
	end=$(date +%s%N)
	echo "$(crossings "$work/ours") $(crossings "$work/dot") $ms" \
		"$(((end - begin) / 1000000))"
}

# What has a goal: crossings more than dot's, milliseconds, times as fast.
figures() { # nodes
	awk -v nodes="$1" '
		{
			printf "%d nodes: %d crossings in %.1f ms; " \
			    "dot %d in %d ms\n", nodes, $1, $3, $2, $4
			if (NR == 1 || $1 - $2 > more) more = $1 - $2
			if ($3 > slow) slow = $3
			if (NR == 1 || $4 / $3 < fast) fast = $4 / $3
		}
		function figure(what, value, unit, goal) {
			printf "FIGURE\tdrawing: %s at %d nodes\t%s\t-\t%s\t%s\n",
			    what, nodes, value, unit, goal
		}
		END {
			figure("crossings beyond dot", more, "",
			    nodes <= 200 ? "<= 1" : "<= 0")
			if (nodes >= 1000)
				figure("order and places", slow, "ms",
				    nodes <= 1000 ? "<= 20" : "<= 200")
			if (nodes >= 5000)
				figure("as fast as dot", int(fast), "times",
				    ">= 100")
		}'
}

for nodes in ${NODES:-50 200 1000 5000}; do
	seeds="1 2 3"
	[ "$nodes" -lt 5000 ] || seeds=1
	for seed in $seeds; do
		measure "$nodes" "$seed"
	done | figures "$nodes"
done
