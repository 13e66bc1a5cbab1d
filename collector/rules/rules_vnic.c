#include "collector/rules/rules_virtual.h"

#include <string.h>

#include "collector/rules/telling.h"

/* One vNIC of a machine that people run. */
struct vnic_of {
	const struct known_machine *machine;
	const struct known_vnic *vnic;
	const char *about; /* "web-01 vnet3" */
};

/* Has 'judge' judge each vNIC of what runs. */
static void
each_vnic(const struct saying *t,
    void (*judge)(const struct saying *t, const struct vnic_of *v))
{
	const struct known *k = t->k;

	for (size_t i = 0; i < k->machine_count; i++) {
		const struct known_machine *m = &k->machines[i];

		if (!tell_is_machine(m) || strcmp(m->state, "running") != 0 ||
		    !tell_is_current(t, &m->source))
			continue;
		for (uint32_t n = 0; n < m->vnic_count; n++) {
			const struct known_vnic *vnic =
			    &k->vnics[m->first_vnic + n];

			judge(t, &(struct vnic_of){ m, vnic,
				     judgements_text(t->out, "%s %s", m->name,
					 vnic->name) });
		}
	}
}

/* A broken one: about the machine, and where its vNIC hangs. */
static struct judgement *
tell_vnic(const struct saying *t, const struct vnic_of *v)
{
	struct judgement *j = tell(t, RULING_BROKEN, v->about);

	if (!j)
		return NULL;
	judgement_of_machine(t->out, j, v->machine->name);
	judgement_touches(j, v->machine->name);
	if (v->vnic->vswitch < t->k->vswitch_count)
		judgement_of_vswitch(
		    t->out, j, t->k->vswitches[v->vnic->vswitch].name);
	if (v->vnic->group < t->k->group_count)
		judgement_of_group(
		    t->out, j, t->k->groups[v->vnic->group].name);
	return j;
}

static enum platform
platform_of_machine(const struct saying *t, const struct vnic_of *v)
{
	if (strcmp(t->k->platform, "esxi") == 0)
		return PLATFORM_ESXI;
	return strcmp(v->machine->kind, "vm") == 0 ? PLATFORM_LIBVIRT
						   : PLATFORM_LINUX;
}

static void
judge_connected(const struct saying *t, const struct vnic_of *v)
{
	struct fix_words words = fix_nothing();
	struct judgement *j;

	if (v->vnic->connected != TOLD_NO) {
		if (v->vnic->connected == TOLD_YES)
			tell(t, RULING_HOLDS, v->about);
		else
			tell_unknown(t, v->about,
			    "whether the vNIC is connected; its hypervisor "
			    "does not tell");
		return;
	}
	j = tell_vnic(t, v);
	if (!j)
		return;
	words.machine = v->machine->name;
	words.vnic = v->vnic->name;
	words.mac = v->vnic->mac;
	saying_claim(t, j, OWNED_BY_SYSTEMS, &v->machine->source,
	    judgements_text(t->out, "%s runs, its vNIC %s is disconnected",
		v->machine->name, v->vnic->name));
	tell_host_fix(
	    t, j, platform_of_machine(t, v), FIX_CONNECT_VNIC, &words);
	j->sentence = judgements_text(t->out,
	    "%s on %s runs, but its vNIC %s (%s) is disconnected: it has no "
	    "network there, whatever the switch does",
	    v->machine->name, t->k->name, v->vnic->name, v->vnic->mac);
	j->closes = "when the vNIC is connected, or the machine is off";
}

void
rule_vnic_disconnected(
    const struct rule *rule, const struct known *k, struct judgements *out)
{
	each_vnic(&(struct saying){ rule, k, out }, judge_connected);
}

/* The tap of the vNIC, if the kernel says that it is a port of nothing. */
static const struct known_link *
find_loose_tap(const struct saying *t, const struct known_vnic *vnic)
{
	for (size_t i = 0; i < t->k->link_count; i++) {
		const struct known_link *link = &t->k->links[i];

		if (strcmp(link->name, vnic->name) == 0)
			return link->master[0] == '\0' &&
				       tell_is_current(t, &link->source)
				   ? link
				   : NULL;
	}
	return NULL;
}

/* A tap without a name of where it is to be may be routed by the host. */
static void
judge_place(const struct saying *t, const struct vnic_of *v)
{
	const struct known_vnic *vnic = v->vnic;
	const struct known_link *tap = find_loose_tap(t, vnic);
	const char *name =
	    vnic->network[0] ? vnic->network : vnic->vswitch_name;
	struct fix_words words = fix_nothing();
	struct judgement *j;

	if (vnic->vswitch != KNOWN_NONE) {
		tell(t, RULING_HOLDS, v->about);
		return;
	}
	if (!tap || strcmp(vnic->type, "tap") != 0 || name[0] == '\0') {
		tell_unknown(t, v->about, "where the vNIC is to be");
		return;
	}
	j = tell_vnic(t, v);
	if (!j)
		return;
	saying_claim(t, j, OWNED_BY_SYSTEMS, &v->machine->source,
	    judgements_text(t->out, "%s of %s is to be in %s", vnic->name,
		v->machine->name, name));
	saying_claim(t, j, OWNED_BY_SYSTEMS, &tap->source,
	    judgements_text(t->out, "%s is a port of no bridge", vnic->name));
	words.nic = vnic->name;
	words.vswitch = vnic->vswitch_name;
	tell_host_fix(t, j, PLATFORM_LINUX, FIX_ADD_UPLINK, &words);
	j->sentence = judgements_text(t->out,
	    "vNIC %s of %s on %s is to be in %s, but is a port of no bridge: "
	    "it hangs in the air",
	    vnic->name, v->machine->name, t->k->name, name);
	j->closes = "when the vNIC is a port of a bridge";
}

void
rule_vnic_nowhere(
    const struct rule *rule, const struct known *k, struct judgements *out)
{
	each_vnic(&(struct saying){ rule, k, out }, judge_place);
}

/* MACs that several machines share by design: VRRP for IPv4 and IPv6, HSRP. */
static bool
is_shared_by_design(const char *mac)
{
	static const char *const begins[] = { "00:00:5e:00:01:",
		"00:00:5e:00:02:", "00:00:0c:07:ac:", "00:00:0c:9f:f" };

	for (size_t i = 0; i < sizeof(begins) / sizeof(*begins); i++) {
		if (strncmp(mac, begins[i], strlen(begins[i])) == 0)
			return true;
	}
	return false;
}

/* Does the vNIC reach the wire?  What stays in its host may be there twice, as
 * the containers of every host with Docker's own bridge are. */
static bool
leaves_the_host(const struct known *k, const struct known_vnic *vnic)
{
	if (vnic->nic != KNOWN_NONE)
		return true;
	for (size_t i = 0; i < k->way_count; i++) {
		if (vnic->group != KNOWN_NONE &&
		    k->ways[i].group == vnic->group &&
		    k->ways[i].nic != KNOWN_NONE)
			return true;
	}
	return false;
}

/* The same machine is on two hosts while it moves from one to the other, and
 * may have one MAC on two vNICs that it bonds itself. */
static const struct known_twin *
find_twin(const struct vnic_of *v)
{
	for (size_t i = 0; i < v->vnic->twin_count; i++) {
		const struct known_twin *twin = &v->vnic->twins[i];

		if (twin->source.current &&
		    strcmp(twin->state, "running") == 0 &&
		    strcmp(twin->machine, v->machine->name) != 0)
			return twin;
	}
	return NULL;
}

static void
judge_mac(const struct saying *t, const struct vnic_of *v)
{
	const struct known_twin *twin = find_twin(v);
	struct judgement *j;

	if (v->vnic->mac[0] == '\0' || is_shared_by_design(v->vnic->mac) ||
	    v->vnic->connected == TOLD_NO)
		return;
	/* Who has not been heard of yet may have it, too: it never holds. */
	if (!twin || !leaves_the_host(t->k, v->vnic))
		return;
	j = tell_vnic(t, v);
	if (!j)
		return;
	saying_claim(t, j, OWNED_BY_SYSTEMS, &v->machine->source,
	    judgements_text(t->out, "%s has %s on %s", v->machine->name,
		v->vnic->mac, v->vnic->name));
	saying_claim(t, j, OWNED_BY_SYSTEMS, &twin->source,
	    judgements_text(t->out, "%s on %s has it on %s", twin->machine,
		twin->host, twin->vnic));
	judgement_touches(j, twin->machine);
	j->sentence = judgements_text(t->out,
	    "%s on %s and %s on %s run with the same MAC %s: switches send "
	    "the frames of both now here, now there",
	    v->machine->name, t->k->name, twin->machine, twin->host,
	    v->vnic->mac);
	j->closes = "when one of the two has another MAC, or is off";
}

void
rule_mac_twice(
    const struct rule *rule, const struct known *k, struct judgements *out)
{
	each_vnic(&(struct saying){ rule, k, out }, judge_mac);
}
