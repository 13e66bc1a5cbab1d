#include "tests/support/scopes.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
	NOW = 1795269737,
	NICS_MOST = 8,
	VSWITCHES_MOST = 3,
	GROUPS_MOST = 5,
	MACHINES_MOST = 40,
	CLAIMS_MOST = 6, /* of one NIC */
	FINDINGS_MOST = 6,
	LONG_NAME = 10240
};

struct maker {
	struct scene *scene;
	uint64_t state;
};

static uint32_t
below(struct maker *m, uint32_t limit)
{
	uint64_t z = m->state += 0x9e3779b97f4a7c15;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return limit ? (uint32_t)((z ^ (z >> 31)) % limit) : 0;
}

static const char *
text(struct maker *m, const char *format, ...)
{
	char out[128];
	const char *kept;
	va_list args;

	va_start(args, format);
	vsnprintf(out, sizeof(out), format, args);
	va_end(args);
	kept = arena_text(&m->scene->arena, out);
	return kept ? kept : "";
}

/* Now and then none, or one that fits nowhere. */
static const char *
name(struct maker *m, const char *usual)
{
	char *out;

	switch (below(m, 40)) {
	case 0:
		return "";
	case 1:
		out = arena_take(&m->scene->arena, LONG_NAME + 1);
		return out ? memset(out, 'W', LONG_NAME) : "";
	case 2:
		return "\xe6\x97\xa5\xe6\x9c\xac-<b>&\"]]>--";
	case 3:
		return text(m, "%s.prod.rack-17.example.com", usual);
	default:
		return usual;
	}
}

#define ROOM(m, array, count)                                                  \
	((m)->scene->array = arena_array(                                      \
	     &(m)->scene->arena, (count), sizeof(*(m)->scene->array)))

static void
make_room(struct maker *m, unsigned hosts)
{
	size_t nics = (size_t)hosts * NICS_MOST, vs = hosts * VSWITCHES_MOST;

	ROOM(m, switches, hosts + 2);
	ROOM(m, trunks, 2 * ((size_t)hosts + 2));
	ROOM(m, ports, nics + 1);
	ROOM(m, hosts, hosts + 1);
	ROOM(m, nics, nics + 1);
	ROOM(m, claims, nics * CLAIMS_MOST + 1);
	ROOM(m, bonds, hosts + 1);
	ROOM(m, vswitches, vs + 1);
	ROOM(m, groups, vs * GROUPS_MOST + 1);
	ROOM(m, machines, (size_t)hosts * MACHINES_MOST + 1);
	ROOM(m, vnics, (size_t)hosts * MACHINES_MOST * 2 + 1);
	ROOM(m, findings, FINDINGS_MOST);
}

static void
add_switches(struct maker *m, unsigned hosts)
{
	struct scene *s = m->scene;
	uint32_t count = hosts ? 1 + below(m, 2 + hosts / 6) : below(m, 3);

	for (uint32_t i = 0; i < count; i++) {
		s->switches[i] = (struct scene_switch){ text(m, "switch:%u", i),
			name(m, text(m, "sw-%02u-%c", i / 2, 'a' + i % 2)), "",
			below(m, 4) ? "Nexus 5548UP, NX-OS 7.3" : "" };
		s->trunks[s->trunk_count++] =
		    (struct scene_trunk){ text(m, "trunk:out:%u", i), i,
			    SCENE_NONE, "Po10", "", name(m, "core-1") };
		if (i % 2)
			s->trunks[s->trunk_count++] =
			    (struct scene_trunk){ text(m, "trunk:%u", i), i - 1,
				    i, "Po1", "31-32", "" };
	}
	s->switch_count = count;
}

static void
add_claims(struct maker *m, struct scene_nic *nic)
{
	struct scene *s = m->scene;

	nic->first_claim = (uint32_t)s->claim_count;
	nic->claim_count = below(m, CLAIMS_MOST);
	for (uint32_t i = 0; i < nic->claim_count; i++)
		s->claims[s->claim_count++] =
		    (struct scene_claim){ .side = (enum claim_side)below(m, 2),
			    .about = (enum claim_about)below(m, 5),
			    .vlans = below(m, 5)
					 ? "10,20,120-125"
					 : "1,3,5,7,9,11,13,15,17,19,21",
			    .vlan = 1 + below(m, 4094),
			    .text = name(m, "PG-WEB"),
			    .source = "CDP",
			    .last_heard = NOW - 23,
			    .stale = below(m, 9) == 0,
			    .matters = below(m, 3) == 0 };
}

static uint32_t
add_port(struct maker *m)
{
	struct scene *s = m->scene;
	uint32_t at = (uint32_t)s->port_count++;

	s->ports[at] = (struct scene_port){ text(m, "port:%u", at),
		name(m, text(m, "Eth1/%u", at)),
		below(m, (uint32_t)s->switch_count), at,
		at % 5 < 3 ? "aggregate 369098763" : "" };
	return at;
}

static void
add_nics(struct maker *m, uint32_t host)
{
	static const enum cable_state states[] = { CABLE_SURE, CABLE_SURE,
		CABLE_ONE_SIDED, CABLE_STALE, CABLE_NONE, CABLE_DOWN };
	struct scene *s = m->scene;
	uint32_t count = below(m, below(m, 3) ? 5 : NICS_MOST + 1);
	uint32_t bond = SCENE_NONE;

	if (below(m, 3) == 0) {
		bond = (uint32_t)s->bond_count++;
		s->bonds[bond] = (struct scene_bond){ text(m, "bond:%u", host),
			name(m, "bond0"), "802.3ad", host };
	}
	for (uint32_t i = 0; i < count; i++) {
		struct scene_nic *n = &s->nics[s->nic_count++];
		uint32_t state = below(m, 6);

		*n = (struct scene_nic){ text(m, "nic:%u:%u", host, i),
			name(m, text(m, "vmnic%u", i)), "00:25:b5:00:07:3f",
			host, i, i < 2 ? bond : SCENE_NONE, SCENE_NONE,
			states[state], "heard by CDP 23 s ago", "10G full", 0,
			0, true };
		if (state < 4 && s->switch_count)
			n->port = add_port(m);
		add_claims(m, n);
	}
}

static void
add_vswitch(struct maker *m, uint32_t host, uint32_t first_nic)
{
	struct scene *s = m->scene;
	uint32_t at = (uint32_t)s->vswitch_count++, groups;
	uint32_t nics = (uint32_t)s->nic_count - first_nic;
	uint32_t *uplinks = arena_array(&s->arena, nics + 1, sizeof(uint32_t));
	size_t count = 0;

	for (uint32_t i = 0; uplinks && i < nics; i++)
		if (below(m, 2))
			uplinks[count++] = first_nic + i;
	s->vswitches[at] = (struct scene_vswitch){ text(m, "vswitch:%u", at),
		name(m, text(m, "br%u", at)), "", "Open vSwitch", host, uplinks,
		count, NULL, 0 };
	groups = below(m, GROUPS_MOST + 1);
	for (uint32_t g = 0; g < groups; g++, s->group_count++)
		s->groups[s->group_count] =
		    (struct scene_group){ text(m, "group:%zu", s->group_count),
			    name(m, text(m, "PG-%u", g)), "",
			    text(m, "VLAN %u", 10 * g), at };
}

static void
add_machine(struct maker *m, uint32_t host, struct scene_vnic at)
{
	struct scene *s = m->scene;
	uint32_t machine = (uint32_t)s->machine_count++;
	uint32_t vnics = below(m, 8) ? 1 : 2;

	s->machines[machine] =
	    (struct scene_machine){ text(m, "vm:%u", machine),
		    name(m, text(m, "app-%02u", machine % 100)), "",
		    (enum machine_kind)below(m, 3), "running", host };
	for (uint32_t i = 0; i < vnics; i++, s->vnic_count++) {
		struct scene_vnic *v = &s->vnics[s->vnic_count];

		*v = at;
		v->id = text(m, "vnic:%u:%u", machine, i);
		v->name = text(m, "vNIC %u", i + 1);
		v->mac = "00:50:56:9a:1c:0e";
		v->machine = machine;
		if (at.group != SCENE_NONE)
			v->group +=
			    below(m, (uint32_t)s->group_count - at.group);
	}
}

static void
add_host(struct maker *m, uint32_t host)
{
	struct scene *s = m->scene;
	uint32_t first_nic = (uint32_t)s->nic_count;
	uint32_t first_group = (uint32_t)s->group_count;
	uint32_t vswitches = below(m, VSWITCHES_MOST + 1);
	uint32_t machines = below(m, below(m, 4) ? 8 : MACHINES_MOST);
	struct scene_vnic at = { .group = SCENE_NONE, .vswitch = SCENE_NONE };

	s->hosts[host] = (struct scene_host){ text(m, "host:%u", host),
		name(m, text(m, "esx-%02u", host)), "",
		name(m, "VMware ESXi 8.0, bay 7"), below(m, 9) == 0, NOW - 9,
		false };
	s->host_count++;
	add_nics(m, host);
	for (uint32_t i = 0; i < vswitches; i++)
		add_vswitch(m, host, first_nic);
	if (s->group_count > first_group)
		at.group = first_group;
	else if (vswitches)
		at.vswitch = (uint32_t)s->vswitch_count - 1;
	for (uint32_t i = 0; i < machines; i++)
		add_machine(m, host, at);
}

static void
add_findings(struct maker *m)
{
	static const char *lines[] = { "PG-WEB needs VLAN 120",
		"Te1/8 does not carry it, and its neighbour does" };
	struct scene *s = m->scene;
	uint32_t count = s->nic_count ? below(m, FINDINGS_MOST) : 0;

	for (uint32_t i = 0; i < count; i++) {
		struct scene_finding *f = &s->findings[s->finding_count++];
		uint32_t *one = arena_array(&s->arena, 1, sizeof(*one));

		*f = (struct scene_finding){ text(m, "finding:%u", i),
			name(m, "web-01 is dead on vmnic3"), lines, below(m, 3),
			below(m, 2) ? "move the cable" : "",
			(enum scene_owner)below(m, 3), below(m, 5),
			below(m, 5) == 0, NULL, NULL, NULL, 0, 0, 0 };
		if (!one)
			return;
		if (s->port_count && below(m, 3) == 0) {
			*one = below(m, (uint32_t)s->port_count);
			f->ports = one;
			f->port_count = 1;
		} else {
			*one = below(m, (uint32_t)s->nic_count);
			f->nics = one;
			f->nic_count = 1;
		}
	}
}

void
scopes_make(struct scene *s, uint64_t seed, unsigned hosts)
{
	struct maker m = { .scene = s, .state = seed };

	scene_init(s);
	make_room(&m, hosts);
	if (s->arena.failed)
		return;
	s->id = "scope";
	s->title = name(&m, "Rack C07");
	s->question = below(&m, 2) ? "Why does web-01 lose the network?" : "";
	s->remark = name(&m, "seen: CDP 7, hosts 3/3");
	s->now = NOW;
	add_switches(&m, hosts);
	for (uint32_t h = 0; h < hosts; h++)
		add_host(&m, h);
	add_findings(&m);
	if (s->machine_count && s->nic_count) {
		s->marked_machine = below(&m, (uint32_t)s->machine_count);
		s->marked_nic = below(&m, (uint32_t)s->nic_count);
	}
}

/* ---- another order
 * ------------------------------------------------------------ */

/* Where each of 'count' things goes. */
static uint32_t *
new_places(struct maker *m, size_t count)
{
	uint32_t *to = arena_array(&m->scene->arena, count + 1, sizeof(*to));

	for (uint32_t i = 0; to && i < count; i++) {
		uint32_t k = below(m, i + 1);

		to[i] = to[k];
		to[k] = i;
	}
	return to;
}

static uint32_t
moved(const uint32_t *to, uint32_t at)
{
	return at == SCENE_NONE ? at : to[at];
}

static const uint32_t *
all_moved(struct maker *m, const uint32_t *to, const uint32_t *list, size_t n)
{
	uint32_t *out = arena_array(&m->scene->arena, n + 1, sizeof(*out));

	for (size_t i = 0; out && i < n; i++)
		out[i] = moved(to, list[i]);
	return out;
}

/* Where each thing of a scene goes. */
struct moves {
	uint32_t *switches, *ports, *trunks, *hosts, *nics, *bonds, *vswitches;
	uint32_t *groups, *machines, *vnics, *findings;
};

#define MOVE(array, count, to)                                                 \
	for (size_t i = 0; i < s->count; i++)                                  \
	out->array[(to)[i]] = s->array[i]

static void
move_things(struct scene *out, const struct scene *s, const struct moves *to)
{
	MOVE(switches, switch_count, to->switches);
	MOVE(ports, port_count, to->ports);
	MOVE(trunks, trunk_count, to->trunks);
	MOVE(hosts, host_count, to->hosts);
	MOVE(nics, nic_count, to->nics);
	MOVE(bonds, bond_count, to->bonds);
	MOVE(vswitches, vswitch_count, to->vswitches);
	MOVE(groups, group_count, to->groups);
	MOVE(machines, machine_count, to->machines);
	MOVE(vnics, vnic_count, to->vnics);
	MOVE(findings, finding_count, to->findings);
}

/* What names a place names the new one. */
static void
follow_physical(struct scene *s, const struct moves *to)
{
	for (size_t i = 0; i < s->port_count; i++)
		s->ports[i].device = moved(to->switches, s->ports[i].device);
	for (size_t i = 0; i < s->trunk_count; i++) {
		s->trunks[i].a = moved(to->switches, s->trunks[i].a);
		s->trunks[i].b = moved(to->switches, s->trunks[i].b);
	}
	for (size_t i = 0; i < s->nic_count; i++) {
		s->nics[i].host = moved(to->hosts, s->nics[i].host);
		s->nics[i].bond = moved(to->bonds, s->nics[i].bond);
		s->nics[i].port = moved(to->ports, s->nics[i].port);
	}
	for (size_t i = 0; i < s->bond_count; i++)
		s->bonds[i].host = moved(to->hosts, s->bonds[i].host);
}

static void
follow_virtual(struct maker *m, const struct moves *to)
{
	struct scene *s = m->scene;

	for (size_t i = 0; i < s->vswitch_count; i++) {
		struct scene_vswitch *v = &s->vswitches[i];

		v->host = moved(to->hosts, v->host);
		v->nics = all_moved(m, to->nics, v->nics, v->nic_count);
	}
	for (size_t i = 0; i < s->group_count; i++)
		s->groups[i].vswitch =
		    moved(to->vswitches, s->groups[i].vswitch);
	for (size_t i = 0; i < s->machine_count; i++)
		s->machines[i].host = moved(to->hosts, s->machines[i].host);
	for (size_t i = 0; i < s->vnic_count; i++) {
		struct scene_vnic *v = &s->vnics[i];

		v->machine = moved(to->machines, v->machine);
		v->group = moved(to->groups, v->group);
		v->vswitch = moved(to->vswitches, v->vswitch);
	}
	for (size_t i = 0; i < s->finding_count; i++) {
		struct scene_finding *f = &s->findings[i];

		f->nics = all_moved(m, to->nics, f->nics, f->nic_count);
		f->ports = all_moved(m, to->ports, f->ports, f->port_count);
	}
	s->marked_machine = moved(to->machines, s->marked_machine);
	s->marked_nic = moved(to->nics, s->marked_nic);
}

void
scopes_shuffle(struct scene *out, const struct scene *s, uint64_t seed)
{
	struct maker m = { .scene = out, .state = seed };
	struct moves to;

	*out = *s;
	out->arena = (struct arena){ 0 };
	make_room(&m, (unsigned)s->host_count);
	to = (struct moves){ .switches = new_places(&m, s->switch_count),
		.ports = new_places(&m, s->port_count),
		.trunks = new_places(&m, s->trunk_count),
		.hosts = new_places(&m, s->host_count),
		.nics = new_places(&m, s->nic_count),
		.bonds = new_places(&m, s->bond_count),
		.vswitches = new_places(&m, s->vswitch_count),
		.groups = new_places(&m, s->group_count),
		.machines = new_places(&m, s->machine_count),
		.vnics = new_places(&m, s->vnic_count),
		.findings = new_places(&m, s->finding_count) };
	out->claims = s->claims;
	move_things(out, s, &to);
	follow_physical(out, &to);
	follow_virtual(&m, &to);
}
