#!/bin/bash
# run.sh - make bench: every benchmark, one after another.
#
# Each prints ratios to a bound or to a peer that it measures in the same run;
# none judges.  A benchmark that cannot run says why and is skipped aloud.
# Figures that have a goal stand in a table at the end (table.py).
# LARGE=1 adds a fleet of 100,000 hosts, which takes some minutes more.
# After MINUTES (20; LARGE: 60) nothing more is begun, and no benchmark takes
# longer than what is left: what is missing then is said.
set -u
cd "$(dirname "$0")/../.." || exit 1
export BUILD=${BUILD:-build}
if [ -n "${LARGE:-}" ]; then
	export HOSTS=${HOSTS:-10000 100000}
	minutes=${MINUTES:-60}
else
	export HOSTS=${HOSTS:-10000}
	minutes=${MINUTES:-20}
fi
ends=$((SECONDS + minutes * 60))

bench() { # name command...
	local name=$1 left=$((ends - SECONDS)) begun=$SECONDS status=0
	shift
	if [ "$left" -le 0 ]; then
		echo "SKIP ${name%%:*}: $minutes minutes are over (MINUTES=)"
		failed=1
		return
	fi
	echo "== $name"
	timeout --kill-after=20 "$left" "$@" 2>&1 || status=$?
	[ "$status" -ne 124 ] ||
		echo "SKIP the rest of ${name%%:*}: $minutes minutes are over"
	[ "$status" -eq 0 ] || failed=1
	echo "($((SECONDS - begun)) s)"
	echo
}

all() {
	local failed=0
	bench "decode: ns a frame; read --json beside tcpdump and tshark" \
		tests/bench/decode.sh
	bench "report: reading and storing one report" tests/bench/report.sh
	bench "storage: octets on the disk, and in the log" \
		tests/bench/storage.sh
	bench "ingest: changed reports in PostgreSQL, beside SQLite" \
		tests/bench/ingest.sh
	bench "shared: two collectors on one PostgreSQL, beside one" \
		tests/bench/shared.sh
	bench "topology: joining a fleet" tests/bench/topology.sh
	bench "findings: judging a fleet, and a host that changed" \
		env HOSTS="${HOSTS%% *}" tests/bench/findings.sh
	bench "drawing: crossings and time, beside dot" tests/bench/drawing.sh
	bench "questions: find and path by HTTP, beside a bare answerer" \
		tests/bench/questions.sh "${HOSTS%% *}"
	# shellcheck disable=SC2086
	bench "fleet: reports by HTTP, beside a bulk insert of their rows" \
		tests/bench/fleet.sh $HOSTS
	bench "truth: a fleet's own idea of what is true, now and in the past" \
		python3 -B tests/fleet/fleet.py "$BUILD/clocked" --figure \
		--hosts "${TRUTH_HOSTS:-400}" --machines 20 --seed 1
	bench "connections: beside a bare answerer; TLS; memory of idle ones" \
		tests/bench/connections.sh
	if [ "$(id -u)" = 0 ]; then
		bench "agent: 64 NICs beside lldpd" tests/bench/agent.sh
		bench "vlans: a flood of tagged frames beside tcpdump" \
			tests/bench/vlans.sh
	else
		echo "SKIP agent, vlans: network namespaces need root; try" \
			"sudo make bench"
	fi
	if command -v go > /dev/null &&
		[ -d /usr/share/gocode/src/github.com/vmware/govmomi ]; then
		bench "vsphere: 1,000 hosts, 10,000 machines, beside curl and expat" \
			tests/bench/vsphere.py
	else
		echo "SKIP vsphere: no simulator; tests/setup.sh vcenter installs it"
	fi
	return $failed
}

set -o pipefail
all | python3 tests/bench/table.py
