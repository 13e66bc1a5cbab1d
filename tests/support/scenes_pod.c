#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "tests/support/scenes.h"

enum {
	NOW = 1795269737,
	HOSTS = 16,
	HALF = HOSTS / 2, /* behind one pair of switches */
	FIRST = 21,       /* esx-21 */
	LEGS = 2,
	GROUPS = 4,
	KERNEL_PORTS = 2,
	VMS_MOST = 15,
	PORTS_MOST = HOSTS * LEGS,
	MACHINES_MOST = HOSTS * (KERNEL_PORTS + VMS_MOST),
	/* The hosts that differ. */
	LACKS_120 = 4, /* esx-25 */
	SILENT = 8,    /* esx-29 */
	ONE_SWITCH = 10,
	MISCABLED = 13,
	TEXT_SIZE = 96
};

static const int vms[HOSTS] = { 12, 9, 14, 11, 8, 13, 10, 12, 7, 15, 11, 9, 12,
	0, 10, 13 };

static const char *
text(struct scene *s, const char *format, ...)
{
	char out[TEXT_SIZE];
	const char *kept;
	va_list args;

	va_start(args, format);
	vsnprintf(out, sizeof(out), format, args);
	va_end(args);
	kept = arena_text(&s->arena, out);
	return kept ? kept : "";
}

static void
add_switches(struct scene *s)
{
	static const char *const names[] = { "sw-d01-a", "sw-d01-b", "sw-d02-a",
		"sw-d02-b" };
	uint32_t n;

	s->switches = arena_array(&s->arena, 4, sizeof(*s->switches));
	s->trunks = arena_array(&s->arena, 6, sizeof(*s->trunks));
	if (!s->switches || !s->trunks)
		return;
	for (n = 0; n < 4; n++) {
		s->switches[n] =
		    (struct scene_switch){ text(s, "switch:%s", names[n]),
			    names[n], "",
			    n < 2 ? "Nexus 5548UP" : "Catalyst 4500-X" };
		s->trunks[n] =
		    (struct scene_trunk){ text(s, "trunk:%s/Po10", names[n]), n,
			    SCENE_NONE, "Po10", "",
			    n % 2 ? "core-2" : "core-1" };
	}
	for (n = 0; n < 2; n++)
		s->trunks[4 + n] =
		    (struct scene_trunk){ text(s, "trunk:%s/Po1", names[n * 2]),
			    n * 2, n * 2 + 1, "Po1", "31-32", "" };
	s->switch_count = 4;
	s->trunk_count = 6;
}

/* The switch and number of the port that a leg is plugged into. */
static void
plug(uint32_t host, uint32_t leg, uint32_t *device, int *number)
{
	*device = host / HALF * 2 + leg;
	*number = (int)(host % HALF) + 1;
	if (host == ONE_SWITCH && leg == 0) {
		*device += 1;
		*number = 17;
	} else if (host == MISCABLED && leg == 1) {
		*device = 1;
		*number = 16;
	}
}

static uint32_t
add_port(struct scene *s, uint32_t host, uint32_t leg)
{
	uint32_t at = (uint32_t)s->port_count++;
	struct scene_port *p = &s->ports[at];
	int number = 0;

	plug(host, leg, &p->device, &number);
	p->name = text(s, p->device < 2 ? "Eth1/%d" : "Te1/%d", number);
	p->id = text(s, "port:%s/%s", s->switches[p->device].name, p->name);
	p->order = (uint32_t)number;
	p->aggregate = "";
	return at;
}

static void
add_claims(struct scene *s, uint32_t host, uint32_t leg, struct scene_nic *nic)
{
	struct scene_claim *c = &s->claims[s->claim_count];
	bool lacks = host == LACKS_120 && leg == 1;

	nic->first_claim = (uint32_t)s->claim_count;
	nic->claim_count = 3;
	s->claim_count += 3;
	c[0] = (struct scene_claim){ CLAIM_NETWORK, ABOUT_CARRIES,
		lacks ? "10,20,130" : "10,20,120,130", -1, "", "CDP", NOW - 23,
		false, lacks };
	c[1] = (struct scene_claim){ CLAIM_NETWORK, ABOUT_NATIVE, "", 1, "",
		"CDP", NOW - 23, false, false };
	c[2] = (struct scene_claim){ CLAIM_SYSTEMS, ABOUT_NEEDS,
		"10,20,120,130", -1, "", "", -1, false, lacks };
}

static void
add_nics(struct scene *s, uint32_t host)
{
	for (uint32_t leg = 0; leg < LEGS; leg++) {
		struct scene_nic *nic = &s->nics[s->nic_count++];
		bool stale = host == SILENT && leg == 0;

		nic->name = text(s, "vmnic%u", leg);
		nic->id = text(s, "nic:%s/%s", s->hosts[host].name, nic->name);
		nic->mac = text(s, "00:25:b5:00:%02x:%x0", host, leg);
		nic->host = host;
		nic->order = leg;
		nic->bond = SCENE_NONE;
		nic->port = add_port(s, host, leg);
		nic->state = stale ? CABLE_STALE : CABLE_SURE;
		nic->state_text = stale ? "no CDP for 6 minutes"
					: "heard by CDP since Nov 03 08:12 UTC";
		nic->speed = "10G full";
		nic->used = true;
		add_claims(s, host, leg, nic);
	}
}

static void
add_machine(struct scene *s, uint32_t host, enum machine_kind kind,
    const char *name, uint32_t group)
{
	uint32_t at = (uint32_t)s->machine_count++;

	s->vnic_count++;
	s->machines[at] = (struct scene_machine){
		text(s, "vm:%s/%s", s->hosts[host].name, name), name, "", kind,
		kind == MACHINE_KERNEL ? "" : "running", host
	};
	s->vnics[at] = (struct scene_vnic){ text(s, "vnic:%s/%s",
						s->hosts[host].name, name),
		"vNIC 1", text(s, "00:50:56:9a:%02x:%02x", host, at % 256), at,
		group, host, false };
}

static void
add_inside(struct scene *s, uint32_t host)
{
	static const char *const names[GROUPS] = { "Mgmt", "vMotion", "PG-WEB",
		"PG-DB" };
	static const int vlans[GROUPS] = { 10, 20, 120, 130 };
	const char *of = s->hosts[host].name;
	uint32_t *nics = arena_array(&s->arena, LEGS, sizeof(*nics));
	uint32_t first = (uint32_t)s->group_count;

	if (!nics)
		return;
	nics[0] = host * LEGS;
	nics[1] = host * LEGS + 1;
	s->vswitches[s->vswitch_count++] =
	    (struct scene_vswitch){ text(s, "vswitch:%s/dvs-prod", of),
		    "dvs-prod", "", "distributed vSwitch", host, nics, LEGS,
		    NULL, 0 };
	for (int n = 0; n < GROUPS; n++)
		s->groups[s->group_count++] =
		    (struct scene_group){ text(s, "group:%s/%s", of, names[n]),
			    names[n], "", text(s, "VLAN %d", vlans[n]), host };
	add_machine(s, host, MACHINE_KERNEL, "vmk0", first);
	add_machine(s, host, MACHINE_KERNEL, "vmk1", first + 1);
	for (int n = 0; n < vms[host]; n++)
		add_machine(s, host, MACHINE_VM,
		    text(s, "app-%02u-%02d", host, n),
		    first + 2 + (uint32_t)n % 2);
}

static void
add_finding(
    struct scene *s, struct scene_finding f, const char *line, uint32_t nic)
{
	const char **lines = arena_array(&s->arena, 1, sizeof(*lines));
	uint32_t *nics = arena_array(&s->arena, LEGS, sizeof(*nics));

	if (!lines || !nics)
		return;
	lines[0] = line;
	/* It is about this NIC, or about all of its host from this one on. */
	f.nic_count = f.nic_count ? f.nic_count : 1;
	for (uint32_t i = 0; i < f.nic_count; i++)
		nics[i] = nic + i;
	f.lines = lines;
	f.line_count = 1;
	f.nics = nics;
	s->findings[s->finding_count++] = f;
}

static void
add_findings(struct scene *s)
{
	add_finding(s,
	    (struct scene_finding){ .id = "finding:vlan:esx-25/vmnic1",
		.heading = "VLAN 120 missing on sw-d01-b Eth1/5",
		.command = "on Eth1/5, switchport trunk allowed vlan add 120",
		.owner = OWNER_NETWORK,
		.severity = 4 },
	    "3 VMs of esx-25 are cut off when on vmnic1", LACKS_120 * LEGS + 1);
	add_finding(s,
	    (struct scene_finding){ .id = "finding:legs:esx-31",
		.heading = "esx-31: both uplinks on sw-d02-b",
		.command = "move the cable of vmnic0 to sw-d02-a Te1/3",
		.owner = OWNER_SYSTEMS,
		.severity = 3,
		.nic_count = LEGS },
	    "Te1/3 and Te1/17; sw-d02-a Te1/3 is empty", ONE_SWITCH * LEGS);
	add_finding(s,
	    (struct scene_finding){ .id = "finding:cable:esx-34/vmnic1",
		.heading = "esx-34 vmnic1 is cabled to the other rack",
		.command = "re-plug, then clear Eth1/16",
		.owner = OWNER_BOTH,
		.severity = 2 },
	    "sw-d01-b Eth1/16, expected sw-d02-b Te1/6", MISCABLED * LEGS + 1);
	add_finding(s,
	    (struct scene_finding){ .id = "finding:silent:esx-29/vmnic0",
		.heading = "esx-29 vmnic0: no CDP for 6 minutes",
		.command = "",
		.owner = OWNER_BOTH,
		.severity = 1,
		.quiet = true },
	    "last seen sw-d02-a Te1/1; drawn dotted", SILENT * LEGS);
}

static bool
make_room(struct scene *s)
{
	struct arena *a = &s->arena;

	s->hosts = arena_array(a, HOSTS, sizeof(*s->hosts));
	s->ports = arena_array(a, PORTS_MOST, sizeof(*s->ports));
	s->nics = arena_array(a, HOSTS * LEGS, sizeof(*s->nics));
	s->claims = arena_array(a, HOSTS * LEGS * 3, sizeof(*s->claims));
	s->vswitches = arena_array(a, HOSTS, sizeof(*s->vswitches));
	s->groups = arena_array(a, HOSTS * GROUPS, sizeof(*s->groups));
	s->machines = arena_array(a, MACHINES_MOST, sizeof(*s->machines));
	s->vnics = arena_array(a, MACHINES_MOST, sizeof(*s->vnics));
	s->findings = arena_array(a, 4, sizeof(*s->findings));
	return !a->failed;
}

void
scenes_pod(struct scene *s)
{
	scene_init(s);
	s->id = "pod:D01+D02";
	s->title = "Pod D01 + D02";
	s->question = "";
	s->remark = "seen: CDP 31/32, hosts 16/16";
	s->revision = 4711;
	s->now = NOW;
	add_switches(s);
	if (!make_room(s))
		return;
	for (uint32_t n = 0; n < HOSTS; n++) {
		s->hosts[n].name = text(s, "esx-%u", FIRST + n);
		s->hosts[n].id = text(s, "host:%s", s->hosts[n].name);
		s->hosts[n].href = "";
		s->hosts[n].about = "VMware ESXi 8.0";
		s->hosts[n].seen_at = NOW - 9;
		s->host_count++;
		add_nics(s, n);
		add_inside(s, n);
	}
	add_findings(s);
}
