#include "collector/rules/fix_tables.h"

/* Cisco, Arista and Dell OS10: one configuration mode, ports in it. */
#define ON_PORT "configure terminal\ninterface {port}\n"
#define END "\nend"

/* Of a system that is not known, or is not configured by typing: what is to be
 * done, in words. */
const char *const fixes_in_words[FIX_ACTIONS] = {
	[FIX_ALLOW_VLAN] = "let VLAN {vlan} through, tagged, on {port}",
	[FIX_NATIVE_VLAN] = ("make VLAN {vlan} that of untagged frames on "
			     "{port}"),
	[FIX_ACCESS_VLAN] = "make {port} an access port of VLAN {vlan}",
	[FIX_JOIN_CHANNEL] = "take {port} into an LACP channel, mode active",
	[FIX_LEAVE_CHANNEL] = "take {port} out of its channel",
	[FIX_PORT_MTU] = "let frames of {mtu} octets of payload pass on {port}",
	[FIX_PORT_NEGOTIATES] = "let {port} negotiate speed and duplex",
	[FIX_SEND_LLDP] = "let {port} send LLDP",
};

const char *const fixes_ios[FIX_ACTIONS] = {
	[FIX_SHOW_PORT] = "show interfaces {port} switchport\n"
			  "show interfaces {port} trunk",
	[FIX_ALLOW_VLAN] =
	    ON_PORT " switchport trunk allowed vlan add {vlan}" END,
	[FIX_NATIVE_VLAN] = ON_PORT " switchport trunk native vlan {vlan}" END,
	[FIX_ACCESS_VLAN] = ON_PORT " switchport mode access\n"
				    " switchport access vlan {vlan}" END,
	[FIX_JOIN_CHANNEL] = ON_PORT " channel-group {channel} mode active" END,
	[FIX_LEAVE_CHANNEL] = ON_PORT " no channel-group" END,
	/* Most Catalysts have one MTU for all their ports. */
	[FIX_PORT_MTU] = "configure terminal\nsystem mtu {mtu}" END,
	[FIX_PORT_NEGOTIATES] = ON_PORT " speed auto\n duplex auto" END,
	[FIX_SEND_LLDP] = "configure terminal\nlldp run\ninterface {port}\n"
			  " lldp transmit" END,
	[FIX_SEND_CDP] = "configure terminal\ncdp run\ninterface {port}\n"
			 " cdp enable" END,
};

const char *const fixes_nxos[FIX_ACTIONS] = {
	[FIX_SHOW_PORT] = "show interface {port} switchport\n"
			  "show interface {port} trunk",
	[FIX_ALLOW_VLAN] =
	    ON_PORT " switchport trunk allowed vlan add {vlan}" END,
	[FIX_NATIVE_VLAN] = ON_PORT " switchport trunk native vlan {vlan}" END,
	[FIX_ACCESS_VLAN] = ON_PORT " switchport mode access\n"
				    " switchport access vlan {vlan}" END,
	[FIX_JOIN_CHANNEL] = "configure terminal\nfeature lacp\n"
			     "interface {port}\n"
			     " channel-group {channel} mode active" END,
	[FIX_LEAVE_CHANNEL] = ON_PORT " no channel-group" END,
	[FIX_PORT_MTU] = ON_PORT " mtu {mtu}" END,
	[FIX_PORT_NEGOTIATES] =
	    ON_PORT " speed auto\n duplex auto\n negotiate auto" END,
	[FIX_SEND_LLDP] = "configure terminal\nfeature lldp\n"
			  "interface {port}\n lldp transmit" END,
	[FIX_SEND_CDP] = "configure terminal\ncdp enable\n"
			 "interface {port}\n cdp enable" END,
};

const char *const fixes_eos[FIX_ACTIONS] = {
	[FIX_SHOW_PORT] = "show interfaces {port} switchport\n"
			  "show interfaces {port} trunk",
	[FIX_ALLOW_VLAN] =
	    ON_PORT " switchport trunk allowed vlan add {vlan}" END,
	[FIX_NATIVE_VLAN] = ON_PORT " switchport trunk native vlan {vlan}" END,
	[FIX_ACCESS_VLAN] = ON_PORT " switchport mode access\n"
				    " switchport access vlan {vlan}" END,
	[FIX_JOIN_CHANNEL] = ON_PORT " channel-group {channel} mode active" END,
	[FIX_LEAVE_CHANNEL] = ON_PORT " no channel-group" END,
	[FIX_PORT_MTU] = ON_PORT " l2 mtu {mtu}" END,
	[FIX_PORT_NEGOTIATES] = ON_PORT " speed auto" END,
	[FIX_SEND_LLDP] = "configure terminal\nlldp run\ninterface {port}\n"
			  " lldp transmit" END,
	[FIX_NAME_VLANS] = "configure terminal\n"
			   "lldp tlv transmit vlan-name" END,
};

const char *const fixes_junos[FIX_ACTIONS] = {
	[FIX_SHOW_PORT] = "show ethernet-switching interface {port}\n"
			  "show configuration interfaces {port}",
	[FIX_ALLOW_VLAN] = "configure\n"
			   "set interfaces {port} unit 0 family "
			   "ethernet-switching vlan members {vlan}\n"
			   "commit and-quit",
	[FIX_NATIVE_VLAN] = "configure\n"
			    "set interfaces {port} native-vlan-id {vlan}\n"
			    "commit and-quit",
	[FIX_ACCESS_VLAN] = "configure\n"
			    "delete interfaces {port} unit 0 family "
			    "ethernet-switching\n"
			    "set interfaces {port} unit 0 family "
			    "ethernet-switching interface-mode access vlan "
			    "members {vlan}\n"
			    "commit and-quit",
	[FIX_JOIN_CHANNEL] = "configure\n"
			     "delete interfaces {port} unit 0\n"
			     "set interfaces {port} ether-options 802.3ad "
			     "ae{channel}\n"
			     "set interfaces ae{channel} "
			     "aggregated-ether-options lacp active\n"
			     "commit and-quit",
	[FIX_LEAVE_CHANNEL] = "configure\n"
			      "delete interfaces {port} ether-options "
			      "802.3ad\n"
			      "commit and-quit",
	/* Junos counts the header and one tag, not the checksum. */
	[FIX_PORT_MTU] = "configure\n"
			 "set interfaces {port} mtu {mtu+18}\n"
			 "commit and-quit",
	[FIX_PORT_NEGOTIATES] = "configure\n"
				"delete interfaces {port} speed\n"
				"delete interfaces {port} link-mode\n"
				"set interfaces {port} ether-options "
				"auto-negotiation\n"
				"commit and-quit",
	[FIX_SEND_LLDP] = "configure\n"
			  "set protocols lldp interface {port}\n"
			  "commit and-quit",
};

/* Dell OS9: VLANs have ports, not ports VLANs. */
const char *const fixes_os9[FIX_ACTIONS] = {
	[FIX_SHOW_PORT] = "show interfaces {port}\n"
			  "show interfaces switchport {port}",
	[FIX_ALLOW_VLAN] = "configure\ninterface vlan {vlan}\n"
			   " tagged {port}" END,
	[FIX_NATIVE_VLAN] = "configure\ninterface vlan {vlan}\n"
			    " untagged {port}" END,
	[FIX_ACCESS_VLAN] = "configure\ninterface vlan {vlan}\n"
			    " untagged {port}" END,
	[FIX_JOIN_CHANNEL] = "configure\ninterface {port}\n"
			     " port-channel-protocol LACP\n"
			     "  port-channel {channel} mode active" END,
	[FIX_LEAVE_CHANNEL] = "configure\ninterface {port}\n"
			      " no port-channel-protocol LACP" END,
	/* With header, tag and checksum. */
	[FIX_PORT_MTU] = "configure\ninterface {port}\n mtu {mtu+22}" END,
	[FIX_PORT_NEGOTIATES] = "configure\ninterface {port}\n"
				" negotiation auto" END,
	[FIX_SEND_LLDP] = "configure\nprotocol lldp\n no disable\n"
			  "interface {port}\n protocol lldp\n"
			  "  no disable" END,
};

const char *const fixes_os10[FIX_ACTIONS] = {
	[FIX_SHOW_PORT] = "show interface {port}\n"
			  "show running-configuration interface {port}",
	/* It adds to the list. */
	[FIX_ALLOW_VLAN] = ON_PORT " switchport mode trunk\n"
				   " switchport trunk allowed vlan {vlan}" END,
	[FIX_NATIVE_VLAN] = ON_PORT " switchport access vlan {vlan}" END,
	[FIX_ACCESS_VLAN] = ON_PORT " switchport mode access\n"
				    " switchport access vlan {vlan}" END,
	[FIX_JOIN_CHANNEL] = ON_PORT " channel-group {channel} mode active" END,
	[FIX_LEAVE_CHANNEL] = ON_PORT " no channel-group" END,
	[FIX_PORT_MTU] = ON_PORT " mtu {mtu+32}" END,
	[FIX_PORT_NEGOTIATES] = ON_PORT " speed auto\n negotiation auto" END,
	[FIX_SEND_LLDP] = "configure terminal\nlldp enable\n"
			  "interface {port}\n lldp transmit" END,
	[FIX_NAME_VLANS] =
	    ON_PORT " lldp vlan-name-tlv allowed vlan {vlan}" END,
};
