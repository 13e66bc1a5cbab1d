#include "collector/rules/diagnosis_leg.h"

#include <string.h>

static bool
names(const char *const *list, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(list[i], name) == 0)
			return true;
	}
	return false;
}

static const char *
group_name(const struct diagnosing *m)
{
	return m->group == KNOWN_NONE ? NULL : m->k->groups[m->group].name;
}

static const char *
nic_name(const struct diagnosing *m)
{
	return m->nic == KNOWN_NONE ? NULL : m->k->nics[m->nic].name;
}

/* Is the leg on, or below, one of these vSwitches?  By a patch port the port
 * group may be on another one than the uplink. */
static bool
is_on(const struct diagnosing *m, const struct judged_things *t)
{
	const struct known *k = m->k;
	uint32_t of_group =
	    m->group == KNOWN_NONE ? KNOWN_NONE : k->groups[m->group].vswitch;

	if (m->vswitch == KNOWN_NONE && of_group == KNOWN_NONE)
		return m->machine == KNOWN_NONE;
	return (m->vswitch != KNOWN_NONE &&
		   names(t->vswitches, t->vswitch_count,
		       k->vswitches[m->vswitch].name)) ||
	       (of_group != KNOWN_NONE && names(t->vswitches, t->vswitch_count,
					      k->vswitches[of_group].name));
}

/* Does the judgement speak of this leg?  What it does not narrow down is of
 * every leg of the host; a leg without a port group is of all of them. */
static bool
speaks_of(const struct diagnosing *m, const struct judgement *j)
{
	const struct judged_things *t = &j->things;
	const char *nic = nic_name(m), *group = group_name(m);

	if (j->nic[0] != '\0'
		? !nic || strcmp(nic, j->nic) != 0
		: t->nic_count > 0 &&
		      (!nic || !names(t->nics, t->nic_count, nic)))
		return false;
	if (t->group_count > 0 && group &&
	    !names(t->groups, t->group_count, group))
		return false;
	if (t->group_count > 0 && !group && m->machine != KNOWN_NONE)
		return false;
	if (t->machine_count > 0 &&
	    (m->machine == KNOWN_NONE || !names(t->machines, t->machine_count,
					     m->k->machines[m->machine].name)))
		return false;
	return t->vswitch_count == 0 || is_on(m, t);
}

/* The higher, the more it hurts. */
static unsigned
weight(const struct judgement *j)
{
	if (j->ruling == RULING_BROKEN && j->severity > SEVERITY_REMARK)
		return 4 + (unsigned)j->severity;
	if (j->ruling == RULING_UNKNOWN)
		return 2;
	return j->ruling == RULING_BROKEN ? 1 : 0;
}

/* Puts one more into its place among those of the hop. */
static void
add_say(
    const struct judgements *judged, uint32_t *says, size_t count, uint32_t say)
{
	unsigned mine = weight(&judged->items[say]);

	for (; count > 0 && weight(&judged->items[says[count - 1]]) < mine;
	     count--)
		says[count] = says[count - 1];
	says[count] = say;
}

static enum ruling
ruling_of(const struct judgements *judged, const struct diagnosed_hop *hop)
{
	unsigned worst =
	    hop->say_count > 0 ? weight(&judged->items[hop->says[0]]) : 0;

	if (worst >= 4)
		return RULING_BROKEN;
	return worst == 2 || hop->name[0] == '\0' ? RULING_UNKNOWN
						  : RULING_HOLDS;
}

static struct diagnosed_hop *
add_hop(const struct diagnosing *m, struct diagnosed_leg *leg,
    enum rule_hop hop, const char *name)
{
	struct diagnosed_hop *h = &leg->hops[leg->hop_count];
	uint32_t *says;
	size_t count = 0;

	for (size_t i = 0; i < m->judged->count; i++)
		count += m->judged->items[i].rule->hop == hop;
	says = arena_array(&m->out->arena, count + 1, sizeof(*says));
	if (!says)
		return NULL;
	leg->hop_count++;
	*h = (struct diagnosed_hop){
		.hop = hop, .name = name, .sentence = "", .says = says
	};
	for (uint32_t i = 0; i < m->judged->count; i++) {
		const struct judgement *j = &m->judged->items[i];

		if (j->rule->hop == hop && speaks_of(m, j))
			add_say(m->judged, says, h->say_count++, i);
	}
	h->ruling = ruling_of(m->judged, h);
	return h;
}

/* ---- hop by hop -------------------------------------------------------- */

static const char *
off_text(const char *state)
{
	static const char *const texts[][2] = {
		{ "off", "it is off" },
		{ "paused", "it is paused: it takes part in nothing" },
		{ "suspended", "it is suspended: it takes part in nothing" },
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		if (strcmp(state, texts[i][0]) == 0)
			return texts[i][1];
	}
	return "";
}

static void
add_machine(const struct diagnosing *m, struct diagnosed_leg *leg)
{
	const struct known_machine *machine;
	struct diagnosed_hop *hop;

	if (m->machine == KNOWN_NONE)
		return;
	machine = &m->k->machines[m->machine];
	hop = add_hop(m, leg, HOP_WORKLOAD, machine->name);
	if (!hop)
		return;
	hop->sentence = off_text(machine->state);
	if (hop->sentence[0] != '\0')
		hop->ruling = RULING_BROKEN;
	if (m->vnic != KNOWN_NONE)
		(void)add_hop(m, leg, HOP_VNIC, m->k->vnics[m->vnic].name);
	else
		(void)add_hop(m, leg, HOP_VNIC, "");
}

/* From the port group to the uplink, as far as there are such: a macvtap or a
 * VF hangs on its NIC. */
static void
add_inside(const struct diagnosing *m, struct diagnosed_leg *leg, bool ends)
{
	const struct known *k = m->k;
	uint32_t vswitch = m->vswitch;

	if (vswitch == KNOWN_NONE && m->group != KNOWN_NONE)
		vswitch = k->groups[m->group].vswitch;
	if (m->group != KNOWN_NONE)
		(void)add_hop(m, leg, HOP_GROUP, group_name(m));
	if (vswitch != KNOWN_NONE)
		(void)add_hop(m, leg, HOP_VSWITCH, k->vswitches[vswitch].name);
	else if (ends)
		(void)add_hop(m, leg, HOP_VSWITCH, "");
	if (m->vswitch != KNOWN_NONE && m->uplink != KNOWN_NONE)
		(void)add_hop(m, leg, HOP_UPLINK,
		    k->vswitches[m->vswitch].uplinks[m->uplink].name);
}

static void
add_outside(const struct diagnosing *m, struct diagnosed_leg *leg)
{
	const struct known *k = m->k;
	const struct known_nic *nic;
	bool known;

	if (m->nic == KNOWN_NONE)
		return;
	nic = &k->nics[m->nic];
	known = nic->port != KNOWN_NONE;
	(void)add_hop(m, leg, HOP_NIC, nic->name);
	(void)add_hop(m, leg, HOP_CABLE, known ? nic->name : "");
	(void)add_hop(m, leg, HOP_PORT, known ? k->ports[nic->port].text : "");
	(void)add_hop(m, leg, HOP_SWITCH,
	    known ? k->switches[k->ports[nic->port].on].name : "");
}

unsigned
diagnosis_weight(const struct judgements *judged, const struct diagnosed_hop *h)
{
	return h->sentence[0] != '\0' ? DIAGNOSIS_STOPS
				      : weight(&judged->items[h->says[0]]);
}

/* Of the hops that are broken the one with the worst severity, and of those
 * the nearest to the machine. */
static uint32_t
find_broken(const struct judgements *judged, const struct diagnosed_leg *leg)
{
	uint32_t worst = KNOWN_NONE;
	unsigned most = 0;

	for (uint32_t i = 0; i < leg->hop_count; i++) {
		const struct diagnosed_hop *h = &leg->hops[i];
		unsigned mine;

		if (h->ruling != RULING_BROKEN)
			continue;
		mine = diagnosis_weight(judged, h);
		if (mine > most) {
			most = mine;
			worst = i;
		}
	}
	return worst;
}

void
diagnosis_fill(
    const struct diagnosing *m, struct diagnosed_leg *leg, const char *gap)
{
	struct diagnosed_hop *last;

	(void)add_hop(m, leg, HOP_HOST, m->k->name);
	add_machine(m, leg);
	add_inside(m, leg, m->machine != KNOWN_NONE && m->nic == KNOWN_NONE);
	add_outside(m, leg);
	last = leg->hop_count > 0 ? &leg->hops[leg->hop_count - 1] : NULL;
	if (last && gap[0] != '\0' && last->ruling != RULING_BROKEN) {
		last->sentence = gap;
		last->ruling = RULING_UNKNOWN;
	}
	leg->broken = find_broken(m->judged, leg);
}
