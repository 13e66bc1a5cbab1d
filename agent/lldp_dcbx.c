#include "agent/lldp_organization.h"
#include "report/facts.h"

enum {
	CONTROL = 1,       /* a feature's type */
	CONTROL_SIZE = 10, /* versions, sequence and acknowledged number */
	FEATURE_SIZE = 4   /* what all other features begin with */
};

/* Cuts one feature, with its header of 7 bits of type and 9 of size, off
 * 'features'; a failed window when it is not all there. */
static struct cursor
take_feature(struct cursor *features)
{
	struct cursor rest = *features;
	uint16_t header = cursor_u16(&rest);
	size_t size = header & 0x1ff;

	if (size < (header >> 9 == CONTROL ? CONTROL_SIZE : FEATURE_SIZE))
		return cursor_fail(features);
	return cursor_take(features, 2 + size);
}

static bool
features_are_whole(struct cursor features)
{
	while (features.left > 0)
		(void)take_feature(&features);
	return cursor_ok(&features);
}

/* TLVs within the TLV: control, then each feature. */
static bool
read_features(struct cursor *value, struct neighbor *n, unsigned fact)
{
	if (!features_are_whole(*value))
		return false;
	while (value->left > 0) {
		struct cursor feature = take_feature(value);

		neighbor_add_fact(n, fact, FACT_OCTETS, &feature);
	}
	return true;
}

/* DCB Capability Exchange Protocol Specification 1.00 (Cisco, Intel, Nuova)
 * and Base Specification 1.01 (CEE). */
static const struct lldp_rule rules[] = {
	[1] = { 2, FACT_DCBX_CIN, 0, read_features },
	[2] = { 2, FACT_DCBX_CEE, 0, read_features },
};

const struct lldp_organization lldp_dcbx = {
	.oui = 0x001b21,
	.count = sizeof(rules) / sizeof(*rules),
	.rules = rules,
	.rest = FACT_NONE,
};
