#include "agent/survey.h"

#include <linux/if_arp.h>
#include <string.h>

#include "agent/ethtool.h"
#include "agent/host_facts.h"
#include "agent/netlink.h"

static void
take(void *owner, const struct nlmsghdr *message)
{
	struct survey *survey = owner;
	struct link link;

	if (link_read(message, &link) != STATUS_OK)
		return;
	if (!link.physical && link.kind[0] == '\0')
		link.physical = host_facts_has_device(link.name);
	/* Beyond its limit there is nothing that one could name. */
	(void)!links_take(&survey->links, &link);
}

enum status
survey_init(struct survey *survey)
{
	enum status status;

	links_init(&survey->links);
	status = netlink_dump(NETLINK_LINKS, take, survey);
	/* Links that come and go while we look: those that stay are here. */
	return status == STATUS_BUSY ? STATUS_OK : status;
}

void
survey_done(struct survey *survey)
{
	links_done(&survey->links);
}

/* Members hear; a bond, a bridge or a VLAN hears none or a mixture. */
static bool
has_members(const struct link *link)
{
	static const char *const kinds[] = { "bond", "bridge", "vlan", "team",
		"openvswitch" };

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (strcmp(link->kind, kinds[i]) == 0)
			return true;
	}
	return false;
}

static void
list_members(
    const struct survey *survey, const struct link *of, struct buffer *out)
{
	unsigned count = 0;

	for (size_t i = 0; i < survey->links.count; i++) {
		const struct link *l = &survey->links.items[i];

		if (l->master != of->index && l->index != of->lower)
			continue;
		buffer_printf(out, "%s %s", count++ ? "," : "", l->name);
	}
	if (count == 0)
		buffer_text(out, " it has none");
	buffer_char(out, '\n');
}

/* Physical NICs; on a machine without any, what else there is. */
static void
list_nics(const struct survey *survey, struct buffer *out)
{
	unsigned count = 0;

	for (int pass = 0; pass < 2 && count == 0; pass++) {
		for (size_t i = 0; i < survey->links.count; i++) {
			const struct link *l = &survey->links.items[i];

			if (pass == 0 ? !link_is_nic(l)
				      : l->hardware != ARPHRD_ETHER)
				continue;
			buffer_printf(
			    out, "%s %s", count++ ? "," : "", l->name);
		}
	}
	if (count == 0)
		buffer_text(out, " there are none");
	buffer_char(out, '\n');
}

const struct link *
survey_find(
    const struct survey *survey, const char *name, struct buffer *out_why)
{
	const struct link *link = links_find_name(&survey->links, name);

	if (!link) {
		buffer_printf(
		    out_why, "there is no NIC \"%.64s\"; the NICs are:", name);
		list_nics(survey, out_why);
		return NULL;
	}
	if (link->hardware != ARPHRD_ETHER) {
		buffer_printf(
		    out_why, "%s is not Ethernet; the NICs are:", link->name);
		list_nics(survey, out_why);
		return NULL;
	}
	if (has_members(link)) {
		buffer_printf(out_why,
		    "%s is a %s and hangs on no switch itself; ask for what "
		    "it stands on:",
		    link->name, link->kind);
		list_members(survey, link, out_why);
		return NULL;
	}
	return link;
}

void
survey_examine(const struct survey *survey, const struct link *link,
    struct nic_evidence *out)
{
	*out = (struct nic_evidence){ .link = link };
	if (link->master != 0)
		out->master = links_find(&survey->links, link->master);
	ethtool_read(link->name, &out->facts);
	ethtool_firmware_lldp(link->name, &out->firmware);
	out->filters_vlans = ethtool_filters_vlans(link->name);
}
