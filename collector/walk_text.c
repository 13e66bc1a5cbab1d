#include <stdio.h>

#include "collector/vlans.h"
#include "collector/walk.h"

static const char *
last_switch(const struct walk_leg *leg)
{
	return leg->switch_count > 0
		   ? leg->switches[leg->switch_count - 1]->name
		   : "";
}

/* The gaps at the end of a way. */
static void
say_end(const struct walk_leg *leg, char out[static WALK_TEXT_SIZE])
{
	const char *last = last_switch(leg);
	size_t size = WALK_TEXT_SIZE;

	if (leg->gap == GAP_NO_UPLINK)
		(void)snprintf(out, size,
		    "%.200s has no uplink: it ends in the host", last);
	else if (leg->gap == GAP_UNUSED)
		(void)snprintf(out, size,
		    "the port group %.200s uses none of the uplinks of %.200s",
		    leg->group ? leg->group->name : "?", last);
	else if (leg->gap == GAP_PATCH_UNKNOWN)
		(void)snprintf(out, size,
		    "%.200s leads on over the patch port %.200s, whose other "
		    "end is not reported",
		    last, leg->patch->name);
	else if (leg->gap == GAP_TOO_DEEP)
		(void)snprintf(out, size,
		    "behind %.200s are more virtual switches than are "
		    "followed",
		    last);
	else if (leg->gap == GAP_NO_MEMBER)
		(void)snprintf(out, size,
		    "the uplink %.200s of %.200s has no NIC that is known",
		    leg->uplink->name, last);
	else if (leg->gap == GAP_NIC_UNKNOWN)
		(void)snprintf(out, size,
		    "%.200s leaves by %.200s, which is no NIC that the host "
		    "reports",
		    last, leg->member->name);
}

const char *
walk_gap_text(const struct walk_leg *leg, char out[static WALK_TEXT_SIZE])
{
	const struct inside *in = model_frame(leg->host);
	size_t size = WALK_TEXT_SIZE;

	out[0] = '\0';
	if (leg->gap == GAP_NO_VNIC)
		(void)snprintf(out, size, "the host reports no vNIC of it");
	else if (leg->gap == GAP_NO_WAY)
		(void)snprintf(out, size,
		    "the host does not tell by which NIC this leaves");
	else if (leg->gap == GAP_VSWITCH_UNTOLD)
		(void)snprintf(out, size,
		    "the host does not tell which virtual switch this vNIC "
		    "is on");
	else if (leg->gap == GAP_VSWITCH_UNKNOWN)
		(void)snprintf(out, size,
		    "the virtual switch %.200s is named, but the host does "
		    "not report it",
		    leg->vnic ? leg->vnic->vswitch_name
			      : leg->group->vswitch_name);
	else if (leg->gap == GAP_SEVERAL)
		(void)snprintf(out, size,
		    "%u uplinks of virtual switches share this NIC",
		    in->uses[leg->nic].count);
	else
		say_end(leg, out);
	return out;
}

const char *
walk_block_vlan(
    const struct walk_leg *leg, int64_t vlan, char out[static WALK_TEXT_SIZE])
{
	const struct inside_uplink *u = leg->uplink;

	out[0] = '\0';
	if (!u || u->carries[0] == '\0' || vlan <= 0 || vlan == u->untagged ||
	    vlans_have(u->carries, (int)vlan))
		return out;
	(void)snprintf(out, WALK_TEXT_SIZE,
	    "%.200s does not let VLAN %lld through %.200s", last_switch(leg),
	    (long long)vlan, u->name);
	return out;
}

const char *
walk_block_text(const struct walk_leg *leg, char out[static WALK_TEXT_SIZE])
{
	return walk_block_vlan(leg, leg->group ? leg->group->vlan : -1, out);
}
