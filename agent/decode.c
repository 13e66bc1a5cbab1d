#include "agent/decode.h"

#include "agent/cdp.h"
#include "agent/edp.h"
#include "agent/ethernet.h"
#include "agent/fdp.h"
#include "agent/lldp.h"
#include "agent/sonmp.h"

static enum status
decode_packet(struct cursor packet, struct neighbor *out)
{
	switch (out->protocol) {
	case PROTOCOL_LLDP:
		return lldp_decode(packet, out);
	case PROTOCOL_CDP:
		return cdp_decode(packet, out);
	case PROTOCOL_EDP:
		return edp_decode(packet, out);
	case PROTOCOL_FDP:
		return fdp_decode(packet, out);
	case PROTOCOL_SONMP:
		return sonmp_decode(packet, out);
	case PROTOCOL_NONE:
		break;
	}
	return STATUS_UNKNOWN;
}

/* What is wrong with a frame: the first thing that every frame of its protocol
 * must say and this one does not, else what the decoder stumbled over. */
static const char *
reason_of(enum status status, enum protocol protocol, const struct neighbor *n)
{
	bool lldp = protocol == PROTOCOL_LLDP;

	if (status == STATUS_TRUNCATED)
		return "a field reaches beyond the end of the frame";
	if (lldp && n->chassis_id.type == ID_NONE)
		return "the chassis ID is missing or bad";
	if (lldp && n->port_id.type == ID_NONE)
		return "the port ID is missing or bad";
	if (lldp && !(n->has & HAS_TTL))
		return "the TTL is missing or bad";
	if (lldp)
		return "a mandatory TLV is bad, repeated or out of order";
	if (protocol == PROTOCOL_EDP)
		return "its version is not 1, or a TLV lacks its marker";
	if (n->chassis_id.type == ID_NONE)
		return "the device ID is missing or empty";
	return "its version is one that the protocol never had";
}

enum decode_result
decode_frame(enum link_type link, struct cursor frame, struct neighbor *out,
    const char **out_reason)
{
	struct cursor packet = { 0 };
	enum protocol protocol;
	enum status status;

	neighbor_clear(out);
	if (link == LINK_CISCO_HDLC)
		status = hdlc_read(frame, out, &packet);
	else
		status = ethernet_read(frame, out, &packet);
	if (status != STATUS_OK) {
		*out_reason = status == STATUS_TRUNCATED
				  ? "the frame ends within its headers"
				  : "neither LLDP, CDP, EDP, FDP nor SONMP";
		return DECODE_NOT_DISCOVERY;
	}
	protocol = out->protocol;
	status = decode_packet(packet, out);
	if (status == STATUS_UNKNOWN) {
		*out_reason = "EDP that carries another protocol only";
		return DECODE_NOT_DISCOVERY;
	}
	if (status != STATUS_OK) {
		*out_reason = reason_of(status, protocol, out);
		return DECODE_MALFORMED;
	}
	*out_reason = NULL;
	return DECODE_OK;
}

const char *
decode_result_name(enum decode_result result)
{
	static const char *const names[] = {
		[DECODE_OK] = "ok",
		[DECODE_MALFORMED] = "malformed",
		[DECODE_NOT_DISCOVERY] = "not_discovery",
	};

	return names[result];
}
