#!/bin/bash
# demo.sh - make demo: demarc at work, on one machine, in half a minute.
#
# Installs what is missing, builds, starts a collector, and a small data centre
# of network namespaces (tests/lab): switches that are the real lldpd and ladvd,
# hosts with an agent each, and namespaces that stand for containers behind a
# Linux bridge and behind Open vSwitch.  Then asks the question it is all about.
# Runs until Ctrl-C and leaves nothing behind.
#
# Usage: demo.sh [--once]       --once ends after the answer (for tests)
# Needs root or sudo.  Without the right to make network namespaces it reads
# captured frames instead, and says so.
set -u
# What a person sees is in his own locale, what this script reads is not.
locale=${LC_ALL:-${LC_CTYPE:-${LANG:-C}}}
export LC_ALL=C
PATH=$PATH:/usr/sbin:/sbin
cd "$(dirname "$0")/.." || exit 1
BUILD=${BUILD:-build}
ONCE=''
STARTED=${DEMO_STARTED:-$SECONDS}
mounted=() # names of containers, in the /run of their host
UPLINKS='eno1 ens1f0 ens1f1'
export KINDS='bridge ovs-slb ovs-lacp plain' TX=1 OOB_TX=3

for word in "$@"; do
	case $word in
	--once) ONCE=--once ;;
	*) sed -n '2,/^set -u/s/^# \{0,1\}//p' "$0"; exit 2 ;;
	esac
done

step() { # text: what is being done now
	printf '%-60s' "$*"
}
done_step() {
	printf '%s\n' "${1:-done}"
}

# ---- without namespaces: captured frames -------------------------------------

replay() { # why
	local capture
	echo
	echo "No data centre in namespaces: $1."
	echo "Instead, what the agent reads in frames captured before:"
	for capture in tests/frames/real/*.pcap tests/frames/*/switches.pcap; do
		[ -e "$capture" ] || continue
		echo
		echo "\$ $BUILD/demarc-agent read $capture"
		"$BUILD/demarc-agent" read "$capture" | head -n 12
	done | head -n 80
	echo
	echo "As root, or with sudo, 'make demo' shows all of demarc."
	exit 0
}

# ---- the parts ------------------------------------------------------------------

free_port() { # the first from 7413 on where nobody listens
	local port=7413
	while (: < "/dev/tcp/127.0.0.1/$port") 2> /dev/null; do
		port=$((port + 1))
	done
	echo $port
}

start_collector() {
	port=$(free_port)
	mkdir "$dir/collector"
	cat > "$dir/collector/collector.conf" <<-END
		listen = 127.0.0.1:$port, unix:$dir/collector/api.sock
		database = $dir/collector/demarc.sqlite
	END
	"$programs/demarc-collector" --config "$dir/collector/collector.conf" \
		< /dev/null > "$dir/collector/log" 2>&1 &
	collector=$!
	for _ in $(seq 50); do
		[ -S "$dir/collector/api.sock" ] && return 0
		kill -0 $collector 2> /dev/null || break
		sleep 0.1
	done
	cat "$dir/collector/log" >&2
	die "the collector did not start"
}

container() { # name host: a namespace behind the port NAME0 of the host
	local own name
	own=$(namespace "$1") name=$LAB_DIR/$2/run/netns/$1
	ip netns add "$own" || return
	# the host's /run is its own: there its agent looks for the name
	mkdir -p "${name%/*}" && : > "$name" || return
	mount --bind "/run/netns/$own" "$name" || return
	mounted+=("$name")
	ip -n "$(namespace "$2")" -batch - <<-END
		link add ${1}0 type veth peer name eth0 netns $own
		link set ${1}0 up
	END
	ip -n "$own" link set eth0 up
}

fill_hosts() { # what is inside: a bridge with db, two OVS bridges with web
	container db hv1 && container web hv2 || return
	ip -n "$(namespace hv1)" link set db0 master br0 || return
	tests/lab/lab.sh exec hv2 ovs-vsctl --no-wait add-port br-int web0 tag=10 \
		-- add-port br-int to-ex \
		-- set interface to-ex type=patch options:peer=to-int \
		-- add-port br-ex to-int \
		-- set interface to-int type=patch options:peer=to-ex
}

start_agent() { # host
	local own=$dir/agent-$1
	mkdir "$own"
	cat > "$own/agent.conf" <<-END
		# veth stands for a physical NIC here; by default only those count
		nic = e*
		collector = unix:$dir/collector/api.sock
		control_socket = $own/control.sock
		state_directory = $own/state
	END
	# containers often have no machine id that one of ours could cover
	[ -e /etc/machine-id ] ||
		echo "host_id = $(cat "$LAB_DIR/$1/machine-id")" >> "$own/agent.conf"
	start "$1" agent "$programs/demarc-agent" --config "$own/agent.conf"
}

demarc() { # what a person types; without --collector where that is the default
	"$programs/demarc" "$@" --collector "http://127.0.0.1:$port"
}

typed() { # the words of a command, as a person types them
	if [ "$port" = 7413 ]; then
		echo "$BUILD/demarc $*"
	else
		echo "$BUILD/demarc $* --collector http://127.0.0.1:$port"
	fi
}

show() { # shows a command and its real answer
	echo
	echo "\$ $(typed "$*")"
	LC_ALL=$locale demarc "$@"
}

answered() { # how many uplinks have their switch port
	local host nic count=0
	for host in "${hosts[@]}"; do
		for nic in $UPLINKS; do
			demarc find --json "$host $nic" 2> /dev/null |
				grep -qE '"state": *"current"' && count=$((count + 1))
		done
	done
	echo $count
}

wait_for_answers() {
	local all=$((${#hosts[@]} * 3)) now=0 before=-1
	for _ in $(seq 120); do
		now=$(answered)
		[ ! -t 1 ] || [ "$now" = "$before" ] || printf '\r%-60s%s' \
			"waiting for the switches' frames" "$now of $all uplinks"
		before=$now
		[ "$now" = $all ] && break
		kill -0 "$collector" "$(cat "$LAB_DIR/hv1/agent.pid")" || break
		sleep 0.25
	done
	[ -t 1 ] || step "waiting for the switches' frames"
	[ -t 1 ] || printf '%s' "$now of $all uplinks"
	echo
	# a moment more, until the other protocols arrived, too
	[ "$now" = $all ] && sleep 1.5 && return
	echo "Not every uplink was answered; what the programs said:" >&2
	tail -n 3 "$dir"/collector/log "$LAB_DIR"/hv*/agent.log >&2
	[ -z "$ONCE" ] && [ "$now" -gt 0 ] || exit 1
}

clean_up() {
	trap '' INT TERM
	trap - EXIT
	[ -n "$ONCE" ] || echo
	step "taking everything down"
	[ -z "${waiting:-}" ] || kill "$waiting"
	[ ${#mounted[@]} = 0 ] || umount "${mounted[@]}"
	lab_remove
	if [ -n "${collector:-}" ]; then
		kill "$collector" 2> /dev/null
		gone 50 "$collector" || kill -KILL "$collector"
	fi
	rm -rf "$dir"
	done_step "nothing is left behind"
}

# ---- the demo ---------------------------------------------------------------------

tests/setup.sh build demo font || exit 1
if [ -z "${DEMO_BUILT:-}" ]; then
	step "building"
	if ! said=$("${MAKE:-make}" -s -j"$(nproc)" BUILD="$BUILD" all 2>&1); then
		printf '\n%s\n' "$said"
		exit 1
	fi
	done_step
fi
if [ "$(id -u)" != 0 ]; then
	command -v sudo > /dev/null || replay "that needs root, and there is no sudo"
	sudo -v || replay "that needs root, and sudo did not let you"
	exec sudo env BUILD="$BUILD" DEMO_BUILT=yes "$0" $ONCE
fi
LAB=demo-$$
ip netns add $LAB-probe 2> /dev/null ||
	replay "this machine allows no network namespaces"
ip netns del $LAB-probe

dir=$(mktemp -d "${TMPDIR:-/tmp}/demarc-demo.XXXXXX") || exit 1
chmod 755 "$dir"
LAB_DIR=$dir/lab
export LAB LAB_DIR
# The programs' own copy, so that agents that gave up root can start them too.
mkdir "$dir/bin"
cp "$BUILD"/demarc{,-agent,-deliver,-collector} "$dir/bin/"
[ ! -x "$BUILD/demarc-picture" ] || cp "$BUILD/demarc-picture" "$dir/bin/"
programs=$dir/bin
# shellcheck source=tests/lab/lib.sh
. tests/lab/lib.sh
trap clean_up EXIT
trap 'exit 0' INT # the usual way out
trap 'exit 143' TERM # 0, too, once the answer was given

step "starting a collector"
start_collector
done_step "http://127.0.0.1:$port"
step "building a data centre of namespaces (lldpd, ladvd, OVS)"
tests/lab/lab.sh up > "$dir/lab.log" 2>&1 || { cat "$dir/lab.log"; exit 1; }
mapfile -t hosts < <(nodes | grep '^hv')
done_step "${#hosts[@]} hosts, 3 switches"
step "putting containers behind bridges and Open vSwitch"
fill_hosts > "$dir/fill.log" 2>&1 || { cat "$dir/fill.log"; exit 1; }
done_step "db on hv1, web on hv2"
step "starting an agent on each host"
for host in "${hosts[@]}"; do start_agent "$host"; done
done_step
wait_for_answers
echo "$((SECONDS - STARTED)) s from the start to the answer."

show find hv2 ens1f0
show find b8:ce:f6:00:01:03
show find web
show draw web
show switches
[ -z "$ONCE" ] || exit 0
trap 'exit 0' TERM

cat <<END

The same in a browser:  http://127.0.0.1:$port/

To try, in another terminal:
  $(typed switch leaf1a)
  $(typed find 10.99.0.3)
  $(typed path web)
  $(typed draw hv2 -o hv2.svg)
  $(typed host hv2)
  $(typed vswitch hv2 br-ex)
  $(typed vlan 10)
What the agent of a host hears:
  sudo ip netns exec $LAB-hv2 $BUILD/demarc-agent show --config $dir/agent-hv2/agent.conf
Pull a cable, ask again, plug it in again:
  sudo ip -n $LAB-leaf1a link set Eth1-2 down
  $(typed find hv2)
  sudo ip -n $LAB-leaf1a link set Eth1-2 up

Ctrl-C ends it and leaves nothing behind.
END
sleep infinity &
waiting=$!
wait $waiting
