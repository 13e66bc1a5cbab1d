#include "collector/rules/fix_tables.h"

/* What the kernel is told is gone with the next start. */
#define LASTING "\n# to keep it: the same in the host's network configuration"

/* The mode of a bond can be changed only while it has no legs. */
#define BOND_MODE(mode)                                                        \
	"# cuts {bond} for some seconds\n"                                     \
	"legs=$(cat /sys/class/net/{bond}/bonding/slaves)\n"                   \
	"ip link set {bond} down\n"                                            \
	"for leg in $legs; do ip link set $leg down; "                         \
	"ip link set $leg nomaster; done\n"                                    \
	"ip link set {bond} type bond mode " mode "\n"                         \
	"for leg in $legs; do ip link set $leg master {bond}; done\n"          \
	"ip link set {bond} up" LASTING

const char *const fixes_linux[FIX_ACTIONS] = {
	[FIX_SHOW_NIC] = "ethtool {nic}\nip -d link show {nic}",
	[FIX_NIC_UP] = ("ip link set {nic} up" LASTING),
	[FIX_NIC_NEGOTIATES] = ("ethtool -s {nic} autoneg on" LASTING),
	[FIX_GROUP_VLAN] = ("bridge vlan show dev {vnic}\n"
			    "bridge vlan add dev {vnic} vid {vlan} pvid "
			    "untagged" LASTING),
	[FIX_UPLINK_VLAN] = ("bridge vlan add dev {nic} vid {vlan}" LASTING),
	[FIX_ADD_UPLINK] = ("ip link set {nic} master {vswitch}" LASTING),
	[FIX_PREFER_UPLINK] = ("ip link set {bond} type bond active_slave "
			       "{nic}" LASTING),
	[FIX_BOND_LACP] = BOND_MODE("802.3ad"),
	[FIX_BOND_PLAIN] = BOND_MODE("active-backup"),
	[FIX_MTU] = ("ip link set {nic} mtu {mtu}" LASTING),
	[FIX_CONNECT_VNIC] = "ip link set {vnic} up",
	[FIX_VF] = ("ip link set {nic} vf {vf} vlan {vlan}\n"
		    "ip link set {nic} vf {vf} trust {trust}" LASTING),
	[FIX_FIRMWARE_LLDP] = ("ethtool --set-priv-flags {nic} {flag}" LASTING),
	[FIX_RESTART_AGENT] = "systemctl restart demarc-agent",
};

/* Open vSwitch keeps what it is told. */
const char *const fixes_openvswitch[FIX_ACTIONS] = {
	[FIX_GROUP_VLAN] = "ovs-vsctl set port {vnic} tag={vlan}",
	[FIX_UPLINK_VLAN] = "ovs-vsctl add port {nic} trunks {vlan}",
	[FIX_ADD_UPLINK] = "ovs-vsctl add-port {vswitch} {nic}",
	[FIX_PREFER_UPLINK] = "ovs-appctl bond/set-active-slave {bond} {nic}",
	[FIX_BOND_LACP] = ("ovs-vsctl set port {bond} bond_mode=balance-tcp "
			   "lacp=active"),
	[FIX_BOND_PLAIN] = ("ovs-vsctl set port {bond} lacp=off "
			    "bond_mode=active-backup"),
	[FIX_MTU] = "ovs-vsctl set interface {nic} mtu_request={mtu}",
};

const char *const fixes_libvirt[FIX_ACTIONS] = {
	[FIX_CONNECT_VNIC] =
	    ("virsh domif-setlink {machine} {mac} up\n"
	     "virsh domif-setlink {machine} {mac} up --config"),
	[FIX_GROUP_VLAN] = ("virsh edit {machine}\n"
			    "# the VLAN or the network of the interface {mac}"),
};

/* Standard switches: on the host itself. */
const char *const fixes_esxi[FIX_ACTIONS] = {
	[FIX_SHOW_NIC] = "esxcli network nic get -n {nic}",
	[FIX_NIC_UP] = "esxcli network nic up -n {nic}",
	[FIX_NIC_NEGOTIATES] = "esxcli network nic set -n {nic} --auto",
	[FIX_GROUP_VLAN] = ("esxcli network vswitch standard portgroup set "
			    "-p {group} -v {vlan}"),
	[FIX_ADD_UPLINK] = ("esxcli network vswitch standard uplink add "
			    "-u {nic} -v {vswitch}"),
	[FIX_PREFER_UPLINK] = ("esxcli network vswitch standard portgroup "
			       "policy failover set -p {group} -a {nic}"),
	[FIX_MTU] = ("esxcli network vswitch standard set -v {vswitch} "
		     "-m {mtu}"),
	[FIX_LISTEN] = ("esxcli network vswitch standard set -v {vswitch} "
			"-c both"),
	[FIX_CONNECT_VNIC] = ("Get-VM {machine} | Get-NetworkAdapter | "
			      "Where-Object MacAddress -eq {mac} | "
			      "Set-NetworkAdapter -Connected $true "
			      "-StartConnected $true"),
	[FIX_RESTART_AGENT] = "systemctl restart demarc-vsphere",
};

/* Distributed switches: in the vCenter. */
const char *const fixes_vcenter[FIX_ACTIONS] = {
	[FIX_GROUP_VLAN] = ("Get-VDPortgroup {group} | Set-VDVlanConfiguration "
			    "-VlanId {vlan}"),
	[FIX_PREFER_UPLINK] = ("Get-VDPortgroup {group} | "
			       "Get-VDUplinkTeamingPolicy | "
			       "Set-VDUplinkTeamingPolicy -ActiveUplinkPort "
			       "<uplink>"),
	[FIX_MTU] = "Get-VDSwitch {vswitch} | Set-VDSwitch -Mtu {mtu}",
	[FIX_LISTEN] = ("Get-VDSwitch {vswitch} | Set-VDSwitch "
			"-LinkDiscoveryProtocol LLDP "
			"-LinkDiscoveryProtocolOperation Both"),
	[FIX_CONNECT_VNIC] = ("Get-VM {machine} | Get-NetworkAdapter | "
			      "Where-Object MacAddress -eq {mac} | "
			      "Set-NetworkAdapter -Connected $true "
			      "-StartConnected $true"),
	[FIX_RESTART_AGENT] = "systemctl restart demarc-vsphere",
};
