#include "cli/commands.h"

#include <stdlib.h>
#include <string.h>

enum { WIDTH = 26, VLAN_LEAST = 1, VLAN_MOST = 4094 };

static const struct command commands[] = {
	{ "find", "QUERY...", "/api/v1/find?q=", true, answer_find,
	    "where is it, which switch port does it use?",
	    "QUERY is a MAC address in any notation, an IP address, a host, a\n"
	    "VM, container, port group, virtual switch or VLAN, a\n"
	    "NIC (\"hv1 ens1f0\"), a switch, one of its ports (\"leaf1a "
	    "e1/1\")\n"
	    "or a part of a name.  Several words are one question.\n" },
	{ "path", "QUERY...", "/api/v1/path?of=", true, answer_path,
	    "the chain to the switch; what both sides say",
	    "QUERY is a VM or container, a vNIC, a port group, a virtual\n"
	    "switch, a NIC (\"hv1 ens1f0\"), a MAC address, a switch port\n"
	    "(\"leaf1a Eth1/1\") or a host (one leg for each of its NICs).\n" },
	{ "diagnose", "QUERY...", "/api/v1/diagnose?of=", true, answer_diagnose,
	    "which hop of its way is the first that is broken",
	    "QUERY is a VM or container, a vNIC, a NIC (\"hv1 ens1f0\") or "
	    "a host.\n" },
	{ "impact", "QUERY...", "/api/v1/impact?of=", true, answer_impact,
	    "who loses what without it",
	    "QUERY is a NIC (\"hv1 ens1f0\"), a switch port (\"leaf1a "
	    "Eth1/1\") or a\nswitch: what would be cut if its cable were "
	    "pulled, or it were reloaded.\n" },
	{ "hosts", "", "/api/v1/hosts", false, answer_hosts,
	    "all hosts that have reported", "" },
	{ "host", "NAME", "/api/v1/hosts/", true, answer_host,
	    "its NICs, who they hear, what is inside it",
	    "NAME is the host's name or its id.\n" },
	{ "vms", "", "/api/v1/vms", false, answer_vms,
	    "all VMs and containers, their switch ports", "" },
	{ "vm", "NAME", "/api/v1/vms/", true, answer_vm,
	    "one of them, and its path to the switches",
	    "NAME is the name of a VM, container or namespace, its id or its "
	    "UUID.\n" },
	{ "vswitches", "", "/api/v1/vswitches", false, answer_vswitches,
	    "all virtual switches and their uplinks", "" },
	{ "vswitch", "NAME", "/api/v1/vswitches/", true, answer_vswitch,
	    "one: its hosts, NICs and port groups",
	    "NAME is \"HOST NAME\", the UUID of a distributed switch, or a "
	    "name that only\none has.\n" },
	{ "vlans", "", "/api/v1/vlans", false, answer_vlans,
	    "who needs which VLAN, who tells and hears it", "" },
	{ "vlan", "NUMBER", "/api/v1/vlans/", true, answer_vlan,
	    "one: who needs it, which NICs carry it",
	    "\"Unknown\" is not \"no\": a switch may allow a VLAN that it does "
	    "not tell.\n" },
	{ "switches", "", "/api/v1/switches", false, answer_switches,
	    "all switches that were heard", "" },
	{ "switch", "NAME", "/api/v1/switches/", true, answer_switch,
	    "which host is behind which of its ports",
	    "NAME is the switch's name, short name or id.\n" },
	{ "changes", "", "/api/v1/changes?", false, answer_changes,
	    "what changed, the latest first (--since -1h)",
	    "--since and --until say of which time (the last day), --host and\n"
	    "--kind of whom: host, nic, link, neighbor, vswitch, port_group,\n"
	    "workload, heard_vlan or silence.\n" },
	{ "diff", "FROM [TO]", "/api/v1/diff?", true, answer_diff,
	    "what is different between two moments",
	    "FROM and TO (now) are moments: -2h, 14:05, \"2026-11-22 14:05\" "
	    "or\n"
	    "2026-11-22T14:05:00Z.  What came and went between is not "
	    "told.\n" },
	{ "findings", "", "/api/v1/findings", false, answer_findings,
	    "what does not fit, whose it is, since when",
	    "--owner network or systems, --severity, --rule, --verdict and "
	    "--host say\nwhich.  findings ID is finding ID, findings ack ID "
	    "NOTE is ack ID NOTE.\n" },
	{ "finding", "ID", "/api/v1/findings/", true, answer_finding,
	    "one: what both sides say, what to type", "" },
	{ "ack", "ID NOTE...", "/api/v1/findings/", true, answer_finding,
	    "say that you know of a finding, and why",
	    "For tokens of the role network, systems or admin.\n" },
	{ "draw", "SCOPE... [-o FILE]", "/api/v1/draw.", true, NULL,
	    "a whiteboard: of a path, hosts, a switch",
	    "SCOPE is a VM or NIC (its way is drawn), hosts, switches or VLANs "
	    "with\ncommas between: \"leaf1a,leaf1b\", \"host:hv1,host:hv2\"."
	    "  The name of\nFILE says the format: .svg .png .pdf .drawio "
	    ".excalidraw .dot .mmd\n.graphml .vsdx .txt; without it the "
	    "drawing is text.\n" },
};
enum { COMMANDS = sizeof(commands) / sizeof(commands[0]) };

const struct command *
commands_find(const char *name)
{
	for (size_t i = 0; i < COMMANDS; i++) {
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	}
	return NULL;
}

const struct command *
commands_list_of(const struct command *command)
{
	for (size_t i = 0; i < COMMANDS; i++) {
		size_t size = strlen(commands[i].path);

		if (strncmp(command->path, commands[i].path, size) == 0 &&
		    strcmp(command->path + size, "/") == 0)
			return &commands[i];
	}
	return NULL;
}

void
commands_print(FILE *out)
{
	for (size_t i = 0; i < COMMANDS; i++) {
		int written = fprintf(out, "  demarc %s %s", commands[i].name,
		    commands[i].arguments);

		fprintf(out, "%*s%s\n", written < WIDTH ? WIDTH - written : 1,
		    "", commands[i].summary);
	}
}

void
commands_print_names(FILE *out)
{
	for (size_t i = 0; i < COMMANDS; i++)
		fprintf(out, "%s, ", commands[i].name);
}

bool
commands_is_of_time(const struct command *command)
{
	return command->answer == answer_changes ||
	       command->answer == answer_diff;
}

const struct command *
commands_meant(const struct command *command, char ***words)
{
	if (command->answer != answer_findings || !**words)
		return command;
	if (strcmp(**words, "ack") != 0)
		return commands_find("finding");
	(*words)++;
	return commands_find("ack");
}

bool
commands_is_ack(const struct command *command)
{
	return strcmp(command->name, "ack") == 0;
}

long
commands_vlan(char **words)
{
	const char *text;
	long number;

	while (words[1])
		words++;
	text = strrchr(words[0], ' ');
	text = text ? text + 1 : words[0];
	number = strtol(text, NULL, 10);
	if (text[strspn(text, "0123456789")] != '\0' || number < VLAN_LEAST ||
	    number > VLAN_MOST)
		return 0;
	return number;
}
