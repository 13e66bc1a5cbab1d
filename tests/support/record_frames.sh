#!/bin/bash
# record_frames.sh - records what real senders send, for tests/frames.
#
# Usage: record_frames.sh [DIRECTORY]          (as root; default tests/frames/real)
#
# lldpd (LLDP with 802.1, 802.3 and MED, CDP version 1 and 2, EDP, FDP, SONMP)
# and ladvd (the same protocols, written by others) stand at one end of a veth
# pair, tcpdump at the other.  They are ended politely, so that goodbyes are heard.
# Their texts are set here: nothing of this machine gets into a capture, but
# ladvd tells the kernel's version.
set -eu
cd "$(dirname "$0")/../.."
out=${1:-tests/frames/real}
[ "$(id -u)" = 0 ] || { echo "record_frames.sh: namespaces need root" >&2; exit 1; }
mkdir -p "$out"
sender=demarc-record-s$$ listener=demarc-record-l$$
run=$(mktemp -d)
chmod 755 "$run" # lldpd gives its rights up
pids=()

finish() {
	for pid in "${pids[@]}"; do kill "$pid" 2> /dev/null || true; done
	wait 2> /dev/null || true
	ip netns del "$sender" 2> /dev/null || true
	ip netns del "$listener" 2> /dev/null || true
	rm -rf "$run"
}
trap finish EXIT

# A sender sees a /run of its own and another name; exec keeps the pid.
in_sender() {
	exec ip netns exec "$sender" unshare --mount --uts --propagation private \
		sh -c 'mount --bind "$1" /run && hostname switch7 && shift && exec "$@"' \
		sh "$run" "$@"
}

record() { # name
	ip netns exec "$listener" tcpdump -Q in -p -n -U -i nic0 -w "$out/$1.pcap" \
		'ether[12:2] = 0x88cc or ether[12:2] <= 1500' 2> "$run/tcpdump.log" &
	recorder=$!
	pids+=("$recorder")
	until grep -q listening "$run/tcpdump.log"; do sleep 0.1; done
}

stop() { # pid
	kill "$1"
	wait "$1" 2> /dev/null || true
}

ip netns add "$sender"
ip netns add "$listener"
ip link add name Eth1-7 netns "$sender" address 02:de:00:00:00:07 type veth \
	peer name nic0 netns "$listener" address 02:de:00:00:01:07
ip -n "$sender" address add 198.51.100.7/24 dev Eth1-7
ip -n "$sender" address add 2001:db8:51::7/64 dev Eth1-7 nodad
for n in "$sender" "$listener"; do ip netns exec "$n" \
	sysctl -qw net.ipv6.conf.all.router_solicitations=0; done
ip -n "$sender" link set lo up
ip -n "$sender" link set Eth1-7 up
ip -n "$listener" link set nic0 up
mkdir -p "$run/lldpd" "$run/ladvd"
cat > "$run/lldpd.conf" << 'END'
configure system hostname "switch7.example"
configure system description "a real lldpd that stands for a switch"
configure system platform "stand-in"
configure system capabilities enabled bridge,router
configure lldp portidsubtype ifname
configure lldp tx-interval 1
configure lldp custom-tlv oui 00,80,c2 subtype 1 oui-info 00,8c
configure lldp custom-tlv add oui 00,80,c2 subtype 3 oui-info 00,8c,07,76,6d,2d,70,72,6f,64
configure lldp custom-tlv add oui 00,12,0f subtype 4 oui-info 24,00
configure med location elin "+493012345678"
configure med policy application voice tagged vlan 120 priority voice dscp 46
END

record lldpd
in_sender lldpd -d -l -cc -ee -ff -ss -M 3 -I 'Eth*' -C 'Eth1-7' \
	-m 198.51.100.7,2001:db8:51::7 -O /run/lldpd.conf > "$run/lldpd.log" 2>&1 < /dev/null &
lldpd=$!
pids+=("$lldpd")
sleep 1.5
stop "$lldpd"
sleep 0.5
stop "$recorder"

# ladvd forbids itself to write to files: its output goes through a pipe.
record ladvd
in_sender ladvd -f -t -L -C -E -F -N -l 'row 1, rack 7' < /dev/null 2>&1 | cat > "$run/ladvd.log" &
sleep 3
# Only those that have no parent among them: the others end with it, after they
# have said goodbye.
for pid in $(ip netns pids "$sender"); do
	parent=$(awk '/^PPid:/ { print $2 }' "/proc/$pid/status")
	ip netns pids "$sender" | grep -qx "$parent" || kill "$pid"
done
sleep 1
stop "$recorder"
ls -l "$out"
