#include "collector/verdict_text.h"

#include <stdio.h>

const char *
verdict_state_name(enum claim_state state)
{
	static const char *const names[] = { "current", "stale", "ended" };

	return names[state];
}

const char *
verdict_nic_state(const struct seen_nic *nic)
{
	if (nic->claim != TOPOLOGY_NONE)
		return verdict_state_name(nic->state);
	if (nic->nic->listening == SAID_NO)
		return "unknown";
	return nic->reason == REASON_SILENT ? "silent" : "unknown";
}

const char *
verdict_note_text(enum note note)
{
	static const char *const texts[] = {
		[NOTE_NONE] = "",
		[NOTE_NEIGHBOR] = "this is the neighbor",
		[NOTE_CANDIDATE] = "one of several that may be the neighbor",
		[NOTE_OWN] = "sent by this host itself",
		[NOTE_TUNNELLED] = "tunnelled (L2PT): it names a remote device",
		[NOTE_FARTHER] = "sent to a wider scope; another device is "
				 "nearer",
		[NOTE_NOT_BY_LLDP] = "flooded by a bridge: LLDP on this NIC "
				     "names another port",
		[NOTE_PROVEN_ELSEWHERE] =
		    "flooded by a bridge: LLDP shows this port's cable on "
		    "another NIC",
		[NOTE_BESIDE] = "forwards for nobody: stands beside the switch",
		[NOTE_FELL_SILENT] = "fell silent when another was first heard",
		[NOTE_PAST] = "of the past: something newer is known",
	};

	return texts[note];
}

/* Why, where no number belongs into the sentence. */
static const char *
plain_reason(const struct seen_nic *nic)
{
	bool no_carrier = nic->nic->carrier == SAID_NO;

	switch (nic->reason) {
	case REASON_SILENT:
		if (nic->nic->listening == SAID_NO)
			return "the agent does not listen on this NIC";
		return no_carrier ? "the NIC has no carrier"
				  : "no neighbor is heard on this NIC now";
	case REASON_BOTH:
		return "LLDP and another protocol name the same port";
	case REASON_LLDP:
		return "LLDP names one port, and LLDP does not pass a bridge";
	case REASON_ONLY_PASSED:
		return "only frames were heard that a neighbor did not send";
	case REASON_STALE:
		if (nic->host->disconnected)
			return "the vCenter that tells of this host has no "
			       "connection to it";
		return no_carrier ? "last heard before the NIC lost its carrier"
				  : "last heard longer ago than its time to "
				    "live, or the "
				    "host no longer reports";
	default:
		return "";
	}
}

const char *
verdict_reason_text(const struct topology *t, const struct seen_nic *nic,
    char out[static VERDICT_TEXT_SIZE])
{
	const struct seen_claim *c =
	    nic->claim != TOPOLOGY_NONE ? &t->claims[nic->claim] : NULL;
	const char *protocol = c ? c->said->protocol : "";
	size_t size = VERDICT_TEXT_SIZE;

	if (nic->reason == REASON_ONE_PROTOCOL)
		(void)snprintf(out, size,
		    "only one port is heard, by %s alone; a bridge between "
		    "that floods it would stay unseen",
		    protocol);
	else if (nic->reason == REASON_SEVERAL)
		(void)snprintf(out, size,
		    "%u devices are heard on this NIC, so it is not a direct "
		    "link to one",
		    nic->rivals);
	else if (nic->reason == REASON_SEVERAL_PORTS)
		(void)snprintf(out, size,
		    "%u ports of one device are heard on this NIC",
		    nic->rivals);
	else if (nic->reason == REASON_SHARED)
		(void)snprintf(out, size,
		    "other hosts hear the same port by %s: something between "
		    "floods it",
		    protocol);
	else if (nic->reason == REASON_ENDED)
		(void)snprintf(out, size,
		    "this was the neighbor until it ended: %s",
		    c ? c->said->ended_reason : "");
	else
		(void)snprintf(out, size, "%s", plain_reason(nic));
	return out;
}
