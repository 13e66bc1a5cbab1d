#!/bin/bash
# agent.sh - the agent beside lldpd: memory, idle CPU, CPU for each frame.
#
# Both get a host of their own with NICS veths (default 64) and hear the same:
# nothing for IDLE seconds, then RATE frames a second for LOAD seconds.
# RSS is the sum over a daemon's processes; CPU is what the scheduler counted.
# Needs root.  Environment: NICS=64 IDLE=30 RATE=1000 LOAD=20 BUILD=build
set -eu
export LC_ALL=C
PATH=$PATH:/usr/sbin:/sbin
cd "$(dirname "$0")/../.."
BUILD=$(realpath "${BUILD:-build}")
NICS=${NICS:-64} IDLE=${IDLE:-30} RATE=${RATE:-1000} LOAD=${LOAD:-20}
if [ "$(id -u)" != 0 ]; then
	echo "bench agent: skipped: network namespaces need root"
	exit 0
fi

LAB=bench-$$
LAB_DIR=$(mktemp -d)
export LAB LAB_DIR
chmod 755 "$LAB_DIR"
# shellcheck source=tests/lab/lib.sh
. tests/lab/lib.sh
trap lab_remove EXIT

make_host() { # name
	local n
	node_add "$1" "$1-wire"
	for n in $(seq 0 $((NICS - 1))); do
		echo "link add ens$n netns $(namespace "$1") type veth" \
			"peer p$n netns $(namespace "$1-wire")"
	done | ip -batch -
	seq -f 'link set ens%.0f up' 0 $((NICS - 1)) | ip -n "$(namespace "$1")" -batch -
	seq -f 'link set p%.0f up' 0 $((NICS - 1)) |
		ip -n "$(namespace "$1-wire")" -batch -
}

pids() { # node daemon: the shells and cats that started it do not count
	local pid
	for pid in $(processes "$1"); do
		case $(cat "/proc/$pid/comm") in
		"$2" | demarc-opener) echo "$pid" ;;
		esac
	done
}

rss_kib() { # pid...
	local pid
	for pid in "$@"; do grep VmRSS "/proc/$pid/status"; done |
		awk '{ sum += $2 } END { print sum }'
}

cpu_us() { # pid...
	local pid
	for pid in "$@"; do cat "/proc/$pid"/task/*/schedstat; done |
		awk '{ sum += $1 } END { printf "%.0f\n", sum / 1000 }'
}

measure() { # node daemon: prints "rss-KiB idle-us ns-a-frame rss-after"
	local list before after idle rss sent
	list=$(pids "$1" "$2")
	# shellcheck disable=SC2086
	{
		before=$(cpu_us $list)
		sleep "$IDLE"
		idle=$(($(cpu_us $list) - before))
		before=$(cpu_us $list)
		sent=$(enter "$1-wire" "$BUILD/bench/sender" p "$NICS" "$RATE" "$LOAD")
		sleep 1
		after=$(cpu_us $list)
		rss=$(rss_kib $list)
	}
	echo "$rss $idle $(((after - before) * 1000 / sent))"
}

mkdir -p "$BUILD/bench"
cc -std=c17 -O2 -Wall -Wextra -D_GNU_SOURCE -o "$BUILD/bench/sender" \
	tests/bench/sender.c

make_host hosta
make_host hostb
mkdir -p "$LAB_DIR/hosta/run/lldpd"
start hosta lldpd lldpd -d -c
printf '%s\n' 'nic = ens*' "state_directory = $LAB_DIR/state" \
	"control_socket = $LAB_DIR/control.sock" > "$LAB_DIR/agent.conf"
start hostb agent "$BUILD/demarc-agent" --config "$LAB_DIR/agent.conf"
sleep 3
# shellcheck disable=SC2046
set -- $(measure hosta lldpd) $(measure hostb demarc-agent)
enter hostb "$BUILD/demarc-agent" show --json \
	--config "$LAB_DIR/agent.conf" > "$LAB_DIR/show" &
wait $!
sum() { # member of the NICs
	grep -o "\"$1\": *[0-9]*" "$LAB_DIR/show" |
		awk -F: '{ sum += $2 } END { print sum + 0 }'
}

ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", b ? a / b : 0 }'; }
row() { printf '%-34s %10s %10s %8s\n' "$@"; }
row "agent, $NICS NICs" demarc lldpd ratio
row "RSS of all processes, KiB" "$4" "$1" "$(ratio "$4" "$1")"
row "CPU in $IDLE s at rest, us" "$5" "$2" "$(ratio "$5" "$2")"
row "CPU a frame at $RATE frames/s, ns" "$6" "$3" "$(ratio "$6" "$3")"
row "frames heard of $((RATE * LOAD))" "$(sum frames_heard)" - -
row "frames dropped" "$(sum frames_dropped)" - -
