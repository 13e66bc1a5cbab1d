#!/bin/bash
# vlans.sh - what a window for VLANs costs while tagged broadcasts flood a NIC.
#
# One NIC is flooded with RATE frames a second, first of one VLAN, then of all.
# demarc-agent hears it in a window of 10 s, then between windows; beside it
# tcpdump reads the same frames, cut to the same size, for as long.  CPU is what
# the scheduler counted for the program; the kernel's own work for each frame
# goes on nobody's account.
# Needs root.  Environment: RATE=500000 BUILD=build
set -eu
export LC_ALL=C
PATH=$PATH:/usr/sbin:/sbin
cd "$(dirname "$0")/../.."
BUILD=$(realpath "${BUILD:-build}")
RATE=${RATE:-500000}
WINDOW=10
if [ "$(id -u)" != 0 ]; then
	echo "bench vlans: skipped: network namespaces need root"
	exit 0
fi

LAB=bench-$$
LAB_DIR=$(mktemp -d)
export LAB LAB_DIR
chmod 755 "$LAB_DIR"
# shellcheck source=tests/lab/lib.sh
. tests/lab/lib.sh
trap lab_remove EXIT

pid_of() { # node program
	local pid
	for pid in $(processes "$1"); do
		[ "$(cat "/proc/$pid/comm")" != "$2" ] || echo "$pid"
	done | head -n 1
}

cpu_us() { # pid
	awk '{ sum += $1 } END { printf "%.0f\n", sum / 1000 }' \
		"/proc/$1"/task/*/schedstat
}

flood() { # seconds VLANs
	enter wire "$BUILD/bench/flood" p0 "$RATE" "$1" "$2" > "$LAB_DIR/sent"
}

agent() { # command...
	enter host "$BUILD/demarc-agent" "$@" --config "$LAB_DIR/agent.conf"
}

frames_read() { # of all VLANs so far
	(agent show --json) | grep -o '"frames": *[0-9]*' |
		awk -F: '{ sum += $2 } END { print sum + 0 }'
}

during_window() { # VLANs: us of the agent's CPU
	local pid before
	pid=$(pid_of host demarc-agent)
	before=$(cpu_us "$pid")
	(agent vlans --now > /dev/null) &
	(flood $((WINDOW + 1)) "$1")
	wait $!
	echo $(($(cpu_us "$pid") - before))
}

between_windows() { # us of the agent's CPU
	local pid before
	pid=$(pid_of host demarc-agent)
	before=$(cpu_us "$pid")
	(flood $WINDOW 1)
	echo $(($(cpu_us "$pid") - before))
}

beside() { # us of tcpdump's CPU
	local pid before
	start host tcpdump tcpdump -i ens0 -p -s 96 -w /dev/null \
		vlan and ether multicast
	sleep 1
	pid=$(pid_of host tcpdump)
	before=$(cpu_us "$pid")
	(flood $WINDOW 1)
	echo $(($(cpu_us "$pid") - before))
	kill "$pid"
}

mkdir -p "$BUILD/bench"
cc -std=c17 -O2 -Wall -Wextra -D_GNU_SOURCE -o "$BUILD/bench/flood" \
	tests/bench/flood.c
node_add host wire
ip link add ens0 netns "$(namespace host)" type veth \
	peer p0 netns "$(namespace wire)"
ip -n "$(namespace host)" link set ens0 up
ip -n "$(namespace wire)" link set p0 up
printf '%s\n' 'nic = ens*' "state_directory = $LAB_DIR/state" \
	"control_socket = $LAB_DIR/control.sock" "vlan_window = $WINDOW" \
	'vlan_period = 0' > "$LAB_DIR/agent.conf"
start host agent "$BUILD/demarc-agent" --config "$LAB_DIR/agent.conf"
sleep 2

rest=$(between_windows)
one=$(during_window 1)
sent=$(cat "$LAB_DIR/sent")
heard=$(frames_read)
all=$(during_window 3900)
frames=$(frames_read)
peer=$(beside)
row() { printf '%-46s %10s %10s %8s\n' "$@"; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.4f", b ? a / b : 0 }'; }
row "$((sent / (WINDOW + 1))) tagged frames/s" demarc tcpdump ratio
row "CPU in a window of $WINDOW s, one VLAN, us" "$one" "$peer" \
	"$(ratio "$one" "$peer")"
row "CPU in a window of $WINDOW s, 3900 VLANs, us" "$all" "$peer" \
	"$(ratio "$all" "$peer")"
row "CPU in $WINDOW s between windows, us" "$rest" - -
row "frames read in these windows" "$heard, $((frames - heard))" - -
