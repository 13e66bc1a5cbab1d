#!/bin/bash
# lab.sh - a small data centre in network namespaces, made of real parts.
#
#                    leaf1a            leaf1b            oob1
#                 lldpd: LLDP,      lldpd: LLDP,     ladvd: LLDP, CDP,
#                  CDP version 2   MED, CDP version 1   EDP, FDP, NDP
#                      |                 |               |
#        hvN         ens1f0            ens1f1           eno1
#
# Host N hangs on port Eth1-N of both leafs and on port gi0-N of the management
# switch.  Hosts 1, 2, 3 ... are of these kinds in turn:
#
#   bridge     each uplink in a Linux bridge of its own, a VM's tap in each
#   ovs-slb    Open vSwitch (userspace), both uplinks in a balance-slb bond
#   ovs-lacp   the same with LACP; the two leafs answer as one MLAG system
#   plain      bare uplinks
#   bond       bond0 (802.3ad) of both, in a bridge; where the kernel has bonds
#
# Usage: lab.sh up | down | status | verify | exec NODE COMMAND...
#        lab.sh hosts            prints "number kind" lines
#        lab.sh node NODE...     only makes bare nodes, for other tests
# Environment: LAB      a name, so that labs stand side by side (default dlab)
#              LAB_DIR  where its files are (default /run/$LAB)
#              KINDS    the kinds of host (default: all that the kernel can do)
#              TX       seconds between lldpd's frames (default 1)
#              OOB_TX   seconds between ladvd's (default 5)
# Needs root and: iproute2 util-linux lldpd ladvd openvswitch-switch tshark
set -u
export LC_ALL=C PATH=/usr/sbin:/usr/bin:/sbin:/bin
LAB=${LAB:-dlab}
LAB_DIR=${LAB_DIR:-/run/$LAB}
TX=${TX:-1}
OOB_TX=${OOB_TX:-5}
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/lab/lib.sh
. "$here/lib.sh"

hosts() { # "number kind" lines
	nl -w 1 -s ' ' "$LAB_DIR/kinds"
}

kinds() { # what this kernel can do
	printf '%s\n' bridge ovs-slb ovs-lacp plain
	if ip netns add "$LAB-probe" &&
		ip -n "$LAB-probe" link add b0 type bond 2> /dev/null; then
		echo bond
	fi
	ip netns del "$LAB-probe"
}

# ---- wires and hosts -------------------------------------------------------

wire() { # host-number
	local h m
	h=$(namespace "hv$1") m=$(printf '%02x' "$1")
	ip -batch - <<-END || die "no wires for hv$1"
		link add eno1 netns $h type veth peer gi0-$1 netns $(namespace oob1)
		link add ens1f0 netns $h type veth peer Eth1-$1 netns $(namespace leaf1a)
		link add ens1f1 netns $h type veth peer Eth1-$1 netns $(namespace leaf1b)
	END
	switch_port oob1 "gi0-$1" "00:1d:aa:00:00:$m"
	switch_port leaf1a "Eth1-$1" "00:de:fb:01:0a:$m"
	switch_port leaf1b "Eth1-$1" "00:1c:73:01:0b:$m"
	ip -n "$h" -batch - <<-END || die "no NICs for hv$1"
		link set eno1 address 18:66:da:00:00:$m
		link set ens1f0 address b8:ce:f6:00:00:$m
		link set ens1f1 address b8:ce:f6:00:01:$m
		link set eno1 up
		link set ens1f0 up
		link set ens1f1 up
		addr add 10.99.0.$1/24 dev eno1
		tuntap add vnet0 mode tap
		link set vnet0 address fe:54:00:01:00:$m up
	END
}

switch_port() { # node port mac
	ip -n "$(namespace "$1")" link set "$2" address "$3" up
}

host_bridge() { # number
	ip -n "$(namespace "hv$1")" -batch - <<-END
		link add br0 type bridge
		link add br1 type bridge
		link set br0 up
		link set br1 up
		link set ens1f0 master br0
		link set ens1f1 master br1
		link set vnet0 master br0
	END
}

host_bond() { # number
	ip -n "$(namespace "hv$1")" -batch - <<-END
		link set ens1f0 down
		link set ens1f1 down
		link add bond0 type bond mode 802.3ad miimon 100 lacp_rate fast
		link set ens1f0 master bond0
		link set ens1f1 master bond0
		link set bond0 up
		link add br0 type bridge
		link set br0 up
		link set bond0 master br0
		link set vnet0 master br0
	END
}

host_ovs() { # number bond-options...
	local number=$1
	shift
	ovs_start "hv$number"
	ovs "hv$number" \
		-- add-br br-ex -- set bridge br-ex datapath_type=netdev \
		-- add-br br-int -- set bridge br-int datapath_type=netdev \
		-- add-bond br-ex bond0 ens1f0 ens1f1 -- set port bond0 "$@" \
		-- add-port br-int vnet0 tag=10
}

host() { # number kind
	case $2 in
	bridge) host_bridge "$1" ;;
	ovs-slb) host_ovs "$1" bond_mode=balance-slb ;;
	ovs-lacp) host_ovs "$1" bond_mode=balance-tcp lacp=active \
		other_config:lacp-time=fast ;;
	plain) ;;
	bond) host_bond "$1" ;;
	*) die "no kind of host \"$2\": bridge ovs-slb ovs-lacp plain bond" ;;
	esac || die "hv$1 ($2) failed; see $LAB_DIR/hv$1"
}

# ---- Open vSwitch in a node ------------------------------------------------

ovs_start() { # node
	local dir=$LAB_DIR/$1/run/openvswitch try
	mkdir -p "$dir"
	ovsdb-tool create "$dir/conf.db" /usr/share/openvswitch/vswitch.ovsschema
	start "$1" ovsdb ovsdb-server /run/openvswitch/conf.db \
		--remote=punix:/run/openvswitch/db.sock \
		--unixctl=/run/openvswitch/ovsdb.ctl
	for try in $(seq 50); do
		[ ! -S "$dir/db.sock" ] || break
		sleep 0.1
	done
	[ "$try" -lt 50 ] || die "ovsdb-server of $1 did not start"
	ovs "$1" --no-wait init
	start "$1" vswitchd ovs-vswitchd unix:/run/openvswitch/db.sock \
		--unixctl=/run/openvswitch/vswitchd.ctl
}

ovs() { # node ovs-vsctl's arguments...; its socket is reachable from outside
	local node=$1
	shift
	ovs-vsctl --timeout=30 \
		--db="unix:$LAB_DIR/$node/run/openvswitch/db.sock" "$@"
}

# To hosts that bond with LACP the two leafs are one system, as an MLAG or vPC
# pair is: the same system id and key, different port ids.
leaf_lacp() { # node first-port-id
	local number kind
	set -- "$1" "$2" -- add-br mlag0 -- set bridge mlag0 datapath_type=netdev
	while read -r number kind; do
		case $kind in ovs-lacp | bond) ;; *) continue ;; esac
		set -- "$@" -- add-port mlag0 "Eth1-$number" \
			-- set port "Eth1-$number" lacp=active \
			other_config:lacp-system-id=02:1c:73:ff:00:01 \
			other_config:lacp-time=fast \
			-- set interface "Eth1-$number" \
			"other_config:lacp-aggregation-key=$((number + 100))" \
			"other_config:lacp-port-id=$((number + $2))"
	done < <(hosts)
	ovs_start "$1"
	ovs "$1" "${@:3}" || die "Open vSwitch of $1 failed"
}

# ---- the switches' daemons ---------------------------------------------------

# A Nexus: interface names as port ids, VLANs and a frame size, CDP version 2.
nexus() { # node
	local software='Cisco Nexus Operating System (NX-OS) Software, Version 9.3(8)'
	cat > "$LAB_DIR/$1/run/lldpd.conf" <<-END
		configure system hostname "$1.dc1.example.net"
		configure system description "$software"
		configure system platform "N9K-C93180YC-EX"
		configure system capabilities enabled bridge,router
		configure lldp portidsubtype ifname
		configure lldp tx-interval $TX
		configure lldp tx-hold 20
		configure lldp custom-tlv oui 00,80,c2 subtype 1 oui-info 00,0a
		configure lldp custom-tlv add oui 00,80,c2 subtype 3 oui-info 00,0a,04,70,72,6f,64
		configure lldp custom-tlv add oui 00,12,0f subtype 4 oui-info 23,fe
		$(hosts | while read -r number _; do
			echo "configure ports Eth1-$number lldp" \
				"portdescription \"Ethernet1/$number\""
		done)
	END
	start "$1" lldpd lldpd -d -l -ccccc -I 'Eth*' -C Eth1-1 \
		-m 198.51.100.1 -O /run/lldpd.conf
}

# An Arista: local port ids, a description for people, LLDP-MED, CDP version 1.
arista() { # node
	local software='Arista Networks EOS version 4.28.3M running on an Arista'
	cat > "$LAB_DIR/$1/run/lldpd.conf" <<-END
		configure system hostname "$1.dc1.example.net"
		configure system description "$software DCS-7050SX3-48YC8"
		configure system platform "DCS-7050SX3-48YC8"
		configure inventory manufacturer "Arista Networks"
		configure inventory model "DCS-7050SX3-48YC8"
		configure inventory hardware-revision "11.03"
		configure inventory firmware-revision "Aboot-norcal7-7.2.0"
		configure inventory software-revision "4.28.3M"
		configure inventory serial-number "JPE00000001"
		configure inventory asset "rack 1"
		configure lldp tx-interval $TX
		configure lldp tx-hold 20
		$(hosts | while read -r number _; do
			echo "configure ports Eth1-$number lldp" \
				"portidsubtype local \"Ethernet$number\""
			echo "configure ports Eth1-$number lldp" \
				"portdescription \"to hv$number ens1f1\""
		done)
	END
	start "$1" lldpd lldpd -d -l -cc -M 4 -I 'Eth*' -C Eth1-1 \
		-m 198.51.100.2 -O /run/lldpd.conf
}

# ladvd sends at its start and then every 30 s, so it is started anew; killed,
# not terminated, for then it would say goodbye.  -t makes it accept a veth.
management() { # node
	mkdir -p "$LAB_DIR/$1/run/ladvd"
	start "$1" ladvd sh -c "cd / && while :; do timeout -s KILL $OOB_TX \
		ladvd -f -t -L -C -E -F -N -l 'row 1 rack 1' > /dev/null 2>&1
		sleep 0.2; done"
}

# ---- what there is to type ---------------------------------------------------

node() { # node...
	mkdir -p "$LAB_DIR" && chmod 755 "$LAB_DIR"
	node_add "$@"
}

up() {
	local command number kind
	for command in ip unshare lldpd ladvd ovs-vswitchd ovsdb-tool; do
		command -v $command > /dev/null ||
			die "no $command here; tests/setup.sh demo installs it"
	done
	[ ! -e "$LAB_DIR" ] || die "$LAB_DIR is there already: take it down first"
	mkdir -p "$LAB_DIR" && chmod 755 "$LAB_DIR"
	# shellcheck disable=SC2086
	printf '%s\n' ${KINDS:-$(kinds)} > "$LAB_DIR/kinds"
	# shellcheck disable=SC2046
	node_add leaf1a leaf1b oob1 $(hosts | sed 's/ .*//; s/^/hv/')
	while read -r number _; do wire "$number"; done < <(hosts)
	if grep -qE 'lacp|bond' "$LAB_DIR/kinds"; then
		leaf_lacp leaf1a 0
		leaf_lacp leaf1b 1000
	fi
	while read -r number kind; do host "$number" "$kind"; done < <(hosts)
	nexus leaf1a
	arista leaf1b
	management oob1
}

down() {
	lab_remove
}

status() {
	local node
	[ -e "$LAB_DIR/kinds" ] || { echo down; return 1; }
	hosts | sed 's/^/hv/'
	for node in $(nodes); do
		echo "$node: $(processes "$node" | wc -l) processes," \
			"links $(ip -n "$(namespace "$node")" -br link |
				sed 's/[@ ].*//' | tr '\n' ' ')"
	done
}

# Listens with tcpdump on every uplink; tshark says what came.
verify() {
	local host nic heard bad=0
	for host in $(nodes | grep ^hv); do
		for nic in eno1 ens1f0 ens1f1; do
			(enter "$host" timeout $((OOB_TX + 2)) tcpdump -Q in -p -n -U -i $nic \
				-w "/run/$nic.pcap" 2> /dev/null) &
		done
	done
	wait
	for host in $(nodes | grep ^hv); do
		for nic in eno1 ens1f0 ens1f1; do
			heard=$(tshark -r "$LAB_DIR/$host/run/$nic.pcap" -n -T fields \
				-e frame.protocols -e lldp.tlv.system.name -e lldp.port.id \
				-e cdp.deviceid -e cdp.portid -Y 'lldp or cdp' 2> /dev/null |
				sort -u | sed 's/eth:[a-z:]*:\([a-z]*\)[a-z:]*/\1/' |
				tr -s '\t\n' ' ')
			echo "$host $nic: $heard"
			case $heard in *cdp*lldp* | *lldp*cdp*) ;; *) bad=1 ;; esac
		done
	done
	[ $bad = 0 ] && echo "verify: every uplink heard LLDP and CDP"
	return $bad
}

case ${1:-} in
up | down | status | verify | hosts) "$1" ;;
node)
	[ $# -ge 2 ] || die "which nodes? lab.sh node hv1 leaf1"
	node "${@:2}"
	;;
exec)
	[ $# -ge 3 ] || die "which node, which command? lab.sh exec hv1 ip link"
	enter "${@:2}"
	;;
*)
	sed -n '2,/^set -u/s/^# \{0,1\}//p' "$0"
	exit 2
	;;
esac
