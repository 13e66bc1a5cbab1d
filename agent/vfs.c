#include "agent/vfs.h"

#include <libmnl/libmnl.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <stddef.h>
#include <string.h>

#include "report/vlans.h"

/* Every fact begins with the number of the function that it is of. */
enum { NUMBER_SIZE = sizeof(uint32_t), FACT_WORDS = 2 };

/* One function while it is being read. */
struct reading {
	struct vf vf;
	uint32_t number;
	bool has_number, mixed; /* facts of different functions in one */
};

static void
note_number(struct reading *r, uint32_t number)
{
	if (r->has_number && r->number != number)
		r->mixed = true;
	r->number = number;
	r->has_number = true;
}

static void
read_mac(const struct nlattr *attribute, struct reading *r)
{
	static const uint8_t zeros[MAC_SIZE];
	struct ifla_vf_mac fact;

	if (mnl_attr_get_payload_len(attribute) < sizeof(fact))
		return;
	memcpy(&fact, mnl_attr_get_payload(attribute), sizeof(fact));
	note_number(r, fact.vf);
	memcpy(r->vf.mac, fact.mac, MAC_SIZE);
	/* Zeros: the guest's driver makes up one of its own. */
	r->vf.has_mac = memcmp(fact.mac, zeros, MAC_SIZE) != 0;
}

/* A number and a value; struct ifla_vf_vlan has more behind them. */
static bool
read_pair(
    const struct nlattr *attribute, struct reading *r, uint32_t *out_value)
{
	uint32_t words[FACT_WORDS];

	if (mnl_attr_get_payload_len(attribute) < sizeof(words))
		return false;
	memcpy(words, mnl_attr_get_payload(attribute), sizeof(words));
	note_number(r, words[0]);
	*out_value = words[1];
	return true;
}

/* A driver that does not know it says all ones. */
static bool
read_flag(const struct nlattr *attribute, struct reading *r, bool *out_flag)
{
	uint32_t value;

	if (!read_pair(attribute, r, &value) || value > 1)
		return false;
	*out_flag = value == 1;
	return true;
}

static enum vf_link
link_of(uint32_t state)
{
	switch (state) {
	case IFLA_VF_LINK_STATE_AUTO:
		return VF_LINK_AUTO;
	case IFLA_VF_LINK_STATE_ENABLE:
		return VF_LINK_UP;
	case IFLA_VF_LINK_STATE_DISABLE:
		return VF_LINK_DOWN;
	default:
		return VF_LINK_UNKNOWN;
	}
}

static int
read_fact(const struct nlattr *attribute, void *data)
{
	struct reading *r = data;
	uint32_t value;

	switch (mnl_attr_get_type(attribute)) {
	case IFLA_VF_MAC:
		read_mac(attribute, r);
		break;
	case IFLA_VF_VLAN:
		if (read_pair(attribute, r, &value) && value <= VLAN_MOST)
			r->vf.vlan = (uint16_t)value;
		break;
	case IFLA_VF_TRUST:
		r->vf.has_trust = read_flag(attribute, r, &r->vf.trust);
		break;
	case IFLA_VF_SPOOFCHK:
		r->vf.has_spoof_check =
		    read_flag(attribute, r, &r->vf.spoof_check);
		break;
	case IFLA_VF_LINK_STATE:
		if (read_pair(attribute, r, &value))
			r->vf.link = (uint8_t)link_of(value);
		break;
	default:
		break;
	}
	return MNL_CB_OK;
}

static int
read_function(const struct nlattr *attribute, void *data)
{
	struct vfs *vfs = data;
	struct reading r = { .number = 0 };

	if (mnl_attr_get_type(attribute) != IFLA_VF_INFO)
		return MNL_CB_OK;
	(void)mnl_attr_parse_nested(attribute, read_fact, &r);
	if (!r.has_number || r.mixed || r.number > UINT16_MAX ||
	    vfs_find(vfs, r.number))
		return MNL_CB_OK;
	if (vfs->count == VFS_MOST) {
		vfs->lost++;
		return MNL_CB_OK;
	}
	r.vf.index = (uint16_t)r.number;
	vfs->items[vfs->count++] = r.vf;
	return MNL_CB_OK;
}

static int
read_attribute(const struct nlattr *attribute, void *data)
{
	if (mnl_attr_get_type(attribute) == IFLA_VFINFO_LIST)
		(void)mnl_attr_parse_nested(attribute, read_function, data);
	return MNL_CB_OK;
}

enum status
vfs_read(const struct nlmsghdr *message, struct vfs *out)
{
	const struct ifinfomsg *head;

	if (message->nlmsg_type != RTM_NEWLINK)
		return STATUS_UNKNOWN;
	if (mnl_nlmsg_get_payload_len(message) < sizeof(*head))
		return STATUS_MALFORMED;
	head = mnl_nlmsg_get_payload(message);
	if (head->ifi_family != AF_UNSPEC)
		return STATUS_UNKNOWN;
	if (head->ifi_index <= 0)
		return STATUS_MALFORMED;
	out->link = (uint32_t)head->ifi_index;
	out->count = out->lost = 0;
	if (mnl_attr_parse(message, sizeof(*head), read_attribute, out) < 0)
		return STATUS_MALFORMED;
	return out->count > 0 ? STATUS_OK : STATUS_UNKNOWN;
}

const struct vf *
vfs_find(const struct vfs *vfs, uint32_t index)
{
	for (unsigned i = 0; i < vfs->count; i++) {
		if (vfs->items[i].index == index)
			return &vfs->items[i];
	}
	return NULL;
}
