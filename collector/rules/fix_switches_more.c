#include "collector/rules/fix_tables.h"

/* NVUE; who writes ifupdown2's file by hand finds the word for it. */
const char *const fixes_cumulus[FIX_ACTIONS] = {
	[FIX_SHOW_PORT] = "nv show interface {port}\n"
			  "bridge vlan show dev {port}",
	[FIX_ALLOW_VLAN] = "nv set interface {port} bridge domain br_default "
			   "vlan {vlan}\n"
			   "nv config apply\n"
			   "# without NVUE: add {vlan} to bridge-vids of "
			   "{port} in /etc/network/interfaces, then "
			   "ifreload -a",
	[FIX_NATIVE_VLAN] = "nv set interface {port} bridge domain br_default "
			    "untagged {vlan}\n"
			    "nv config apply\n"
			    "# without NVUE: bridge-pvid {vlan} of {port} in "
			    "/etc/network/interfaces, then ifreload -a",
	[FIX_ACCESS_VLAN] = "nv set interface {port} bridge domain br_default "
			    "access {vlan}\n"
			    "nv config apply\n"
			    "# without NVUE: bridge-access {vlan} of {port} in "
			    "/etc/network/interfaces, then ifreload -a",
	[FIX_JOIN_CHANNEL] = "nv set interface bond{channel} bond member "
			     "{port}\n"
			     "nv set interface bond{channel} bond mode lacp\n"
			     "nv config apply",
	[FIX_LEAVE_CHANNEL] = "nv unset interface bond{channel} bond member "
			      "{port}\n"
			      "nv config apply",
	[FIX_PORT_MTU] = "nv set interface {port} link mtu {mtu}\n"
			 "nv config apply",
	[FIX_PORT_NEGOTIATES] = "nv set interface {port} link auto-negotiate "
				"on\n"
				"nv config apply",
	[FIX_SEND_LLDP] = "sudo systemctl enable --now lldpd.service",
	[FIX_NAME_VLANS] = "nv set service lldp dot1-tlv on\n"
			   "nv config apply",
};

const char *const fixes_sonic[FIX_ACTIONS] = {
	[FIX_SHOW_PORT] = "show interfaces status {port}\n"
			  "show vlan config",
	[FIX_ALLOW_VLAN] = "sudo config vlan member add {vlan} {port}\n"
			   "sudo config save -y",
	[FIX_NATIVE_VLAN] = "sudo config vlan member add -u {vlan} {port}\n"
			    "sudo config save -y",
	[FIX_ACCESS_VLAN] = "sudo config vlan member add -u {vlan} {port}\n"
			    "sudo config save -y",
	[FIX_JOIN_CHANNEL] = "sudo config portchannel member add "
			     "PortChannel{channel} {port}\n"
			     "sudo config save -y",
	[FIX_LEAVE_CHANNEL] = "sudo config portchannel member del "
			      "PortChannel{channel} {port}\n"
			      "sudo config save -y",
	[FIX_PORT_MTU] = "sudo config interface mtu {port} {mtu}\n"
			 "sudo config save -y",
	[FIX_PORT_NEGOTIATES] = "sudo config interface autoneg {port} "
				"enabled\n"
				"sudo config save -y",
	[FIX_SEND_LLDP] = "sudo config feature state lldp enabled\n"
			  "sudo config save -y",
};

const char *const fixes_comware[FIX_ACTIONS] = {
	[FIX_SHOW_PORT] = "display interface {port}",
	[FIX_ALLOW_VLAN] = "system-view\ninterface {port}\n"
			   " port trunk permit vlan {vlan}\nreturn",
	[FIX_NATIVE_VLAN] = "system-view\ninterface {port}\n"
			    " port trunk pvid vlan {vlan}\nreturn",
	[FIX_ACCESS_VLAN] = "system-view\ninterface {port}\n"
			    " port link-type access\n"
			    " port access vlan {vlan}\nreturn",
	[FIX_JOIN_CHANNEL] = "system-view\n"
			     "interface bridge-aggregation {channel}\n"
			     " link-aggregation mode dynamic\n"
			     "interface {port}\n"
			     " port link-aggregation group {channel}\nreturn",
	[FIX_LEAVE_CHANNEL] = "system-view\ninterface {port}\n"
			      " undo port link-aggregation group\nreturn",
	/* Of the whole frame. */
	[FIX_PORT_MTU] = "system-view\ninterface {port}\n"
			 " jumboframe enable {mtu+22}\nreturn",
	[FIX_PORT_NEGOTIATES] = "system-view\ninterface {port}\n"
				" speed auto\n duplex auto\nreturn",
	[FIX_SEND_LLDP] = "system-view\nlldp global enable\n"
			  "interface {port}\n lldp enable\n"
			  " lldp admin-status txrx\nreturn",
	[FIX_NAME_VLANS] = "system-view\ninterface {port}\n"
			   " lldp tlv-enable dot1-tlv vlan-name {vlan}\n"
			   "return",
};

const char *const fixes_aos_cx[FIX_ACTIONS] = {
	[FIX_SHOW_PORT] = "show interface {number}\n"
			  "show vlan port {number}",
	[FIX_ALLOW_VLAN] = "configure terminal\ninterface {number}\n"
			   " vlan trunk allowed {vlan}\nend",
	[FIX_NATIVE_VLAN] = "configure terminal\ninterface {number}\n"
			    " vlan trunk native {vlan}\nend",
	[FIX_ACCESS_VLAN] = "configure terminal\ninterface {number}\n"
			    " vlan access {vlan}\nend",
	[FIX_JOIN_CHANNEL] = "configure terminal\ninterface lag {channel}\n"
			     " lacp mode active\ninterface {number}\n"
			     " lag {channel}\nend",
	[FIX_LEAVE_CHANNEL] = "configure terminal\ninterface {number}\n"
			      " no lag {channel}\nend",
	[FIX_PORT_MTU] = "configure terminal\ninterface {number}\n"
			 " mtu {mtu}\nend",
	[FIX_PORT_NEGOTIATES] = "configure terminal\ninterface {number}\n"
				" speed auto\nend",
	[FIX_SEND_LLDP] = "configure terminal\nlldp\ninterface {number}\n"
			  " lldp transmit\nend",
};

const char *const fixes_provision[FIX_ACTIONS] = {
	[FIX_SHOW_PORT] = "show vlans ports {port} detail\n"
			  "show interfaces brief {port}",
	[FIX_ALLOW_VLAN] = "configure\nvlan {vlan} tagged {port}",
	[FIX_NATIVE_VLAN] = "configure\nvlan {vlan} untagged {port}",
	[FIX_ACCESS_VLAN] = "configure\nvlan {vlan} untagged {port}",
	[FIX_JOIN_CHANNEL] = "configure\ntrunk {port} trk{channel} lacp",
	[FIX_LEAVE_CHANNEL] = "configure\nno trunk {port}",
	/* Jumbo frames are a property of the VLAN. */
	[FIX_PORT_MTU] = "configure\nvlan {vlan} jumbo",
	[FIX_PORT_NEGOTIATES] = "configure\n"
				"interface {port} speed-duplex auto",
	[FIX_SEND_LLDP] = "configure\nlldp run\n"
			  "lldp admin-status {port} tx_rx",
};

const char *const fixes_exos[FIX_ACTIONS] = {
	[FIX_SHOW_PORT] = "show ports {port} information detail",
	[FIX_ALLOW_VLAN] = "configure vlan {vlan} add ports {port} tagged",
	[FIX_NATIVE_VLAN] = "configure vlan {vlan} add ports {port} untagged",
	[FIX_ACCESS_VLAN] = "configure vlan {vlan} add ports {port} untagged",
	[FIX_JOIN_CHANNEL] = "configure sharing {channel} add ports {port}",
	[FIX_LEAVE_CHANNEL] = "configure sharing {channel} delete ports "
			      "{port}",
	[FIX_PORT_MTU] = "configure jumbo-frame-size {mtu+22}\n"
			 "enable jumbo-frame ports {port}",
	[FIX_PORT_NEGOTIATES] = "configure ports {port} auto on",
	[FIX_SEND_LLDP] = "enable lldp ports {port}",
	[FIX_SEND_CDP] = "enable cdp ports {port}",
	[FIX_NAME_VLANS] = "configure lldp ports {port} advertise "
			   "vendor-specific dot1 vlan-name",
};

const char *const fixes_fastiron[FIX_ACTIONS] = {
	[FIX_SHOW_PORT] = "show interfaces ethernet {number}\n"
			  "show vlan ethernet {number}",
	[FIX_ALLOW_VLAN] = "configure terminal\nvlan {vlan}\n"
			   " tagged ethernet {number}\nend",
	[FIX_NATIVE_VLAN] = "configure terminal\n"
			    "interface ethernet {number}\n"
			    " dual-mode {vlan}\nend",
	[FIX_ACCESS_VLAN] = "configure terminal\nvlan {vlan}\n"
			    " untagged ethernet {number}\nend",
	[FIX_PORT_MTU] = "configure terminal\njumbo\nend\nwrite memory\n"
			 "! jumbo frames pass after the next reload",
	[FIX_PORT_NEGOTIATES] = "configure terminal\n"
				"interface ethernet {number}\n"
				" speed-duplex auto\nend",
	[FIX_SEND_LLDP] = "configure terminal\nlldp run\n"
			  "lldp enable transmit ports ethernet {number}\nend",
	[FIX_NAME_VLANS] = "configure terminal\n"
			   "lldp advertise vlan-name vlan {vlan} ports "
			   "ethernet {number}\nend",
};

const char *const fixes_routeros[FIX_ACTIONS] = {
	[FIX_SHOW_PORT] = "/interface ethernet monitor {port} once\n"
			  "/interface bridge vlan print",
	[FIX_ALLOW_VLAN] = "/interface bridge vlan add bridge=<bridge> "
			   "vlan-ids={vlan} tagged={port}",
	[FIX_NATIVE_VLAN] = "/interface bridge port set [find "
			    "interface={port}] pvid={vlan}",
	[FIX_ACCESS_VLAN] = "/interface bridge port set [find "
			    "interface={port}] pvid={vlan}",
	/* With the tag, without the header. */
	[FIX_PORT_MTU] = "/interface ethernet set {port} l2mtu={mtu+4}",
	[FIX_PORT_NEGOTIATES] = "/interface ethernet set {port} "
				"auto-negotiation=yes",
	[FIX_SEND_LLDP] = "/ip neighbor discovery-settings set "
			  "discover-interface-list=all protocol=cdp,lldp",
	[FIX_SEND_CDP] = "/ip neighbor discovery-settings set "
			 "discover-interface-list=all protocol=cdp,lldp",
	[FIX_NAME_VLANS] = "/ip neighbor discovery-settings set "
			   "lldp-vlan-info=yes",
};
