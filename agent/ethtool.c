#include "agent/ethtool.h"

#include <linux/ethtool.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/cursor.h"
#include "base/text.h"

enum {
	FLAGS_MOST = 32,          /* ETHTOOL_GPFLAGS gives 32 bits */
	FEATURE_WORDS = 4,        /* Linux 6 has 64 features */
	MASK_WORDS_MOST = 3 * 127 /* link_mode_masks_nwords is an __s8 */
};

/* 'command' points to one of the structs of linux/ethtool.h. */
static bool
ask(const char *nic, void *command)
{
	struct ifreq request;
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	bool ok;

	if (fd < 0)
		return false;
	memset(&request, 0, sizeof(request));
	text_copy(request.ifr_name, sizeof(request.ifr_name), nic);
	request.ifr_data = command;
	ok = ioctl(fd, SIOCETHTOOL, &request) == 0;
	close(fd);
	return ok;
}

/* A driver's text: fixed room, maybe without a NUL, maybe "N/A". */
static void
take_text(char *out, size_t capacity, const char *in, size_t size)
{
	bool cut;
	size_t length =
	    text_clean(out, capacity - 1, in, strnlen(in, size), &cut);

	out[length] = '\0';
	if (strcmp(out, "N/A") == 0)
		out[0] = '\0';
}

static void
read_driver(const char *nic, struct nic_facts *out)
{
	struct ethtool_drvinfo info = { .cmd = ETHTOOL_GDRVINFO };

	if (!ask(nic, &info))
		return;
	take_text(
	    out->driver, sizeof(out->driver), info.driver, sizeof(info.driver));
	take_text(out->firmware, sizeof(out->firmware), info.fw_version,
	    sizeof(info.fw_version));
	take_text(
	    out->bus, sizeof(out->bus), info.bus_info, sizeof(info.bus_info));
}

/* The first request only asks how many words the masks have: the kernel
 * answers with that number made negative. */
static void
read_speed(const char *nic, struct nic_facts *out)
{
	size_t size = sizeof(struct ethtool_link_settings) +
		      MASK_WORDS_MOST * sizeof(uint32_t);
	struct ethtool_link_settings *s = calloc(1, size);
	bool ok;

	if (!s)
		return;
	s->cmd = ETHTOOL_GLINKSETTINGS;
	ok = ask(nic, s) && s->link_mode_masks_nwords < 0;
	if (ok) {
		int8_t words = (int8_t)-s->link_mode_masks_nwords;

		memset(s, 0, size);
		s->cmd = ETHTOOL_GLINKSETTINGS;
		s->link_mode_masks_nwords = words;
		ok = ask(nic, s);
	}
	if (ok && s->speed != (uint32_t)SPEED_UNKNOWN)
		out->speed_mbps = s->speed;
	out->has_duplex = ok && s->duplex != DUPLEX_UNKNOWN;
	/* linux/ethtool.h has macros with the names and values of ours. */
	if (out->has_duplex)
		out->duplex =
		    s->duplex == DUPLEX_FULL ? DUPLEX_FULL : DUPLEX_HALF;
	free(s);
}

void
ethtool_read(const char *nic, struct nic_facts *out)
{
	memset(out, 0, sizeof(*out));
	read_driver(nic, out);
	read_speed(nic, out);
}

static uint32_t
count_strings(const char *nic, uint32_t set, uint32_t most)
{
	struct ethtool_sset_info *info =
	    calloc(1, sizeof(*info) + sizeof(uint32_t));
	uint32_t count = 0;

	if (!info)
		return 0;
	info->cmd = ETHTOOL_GSSET_INFO;
	info->sset_mask = UINT64_C(1) << set;
	if (ask(nic, info) && info->sset_mask != 0)
		count = info->data[0];
	free(info);
	return count < most ? count : most;
}

/* The driver's or the kernel's names of a set; NULL when it has none.  Free
 * with free(). */
static struct ethtool_gstrings *
read_names(const char *nic, uint32_t set, uint32_t most)
{
	uint32_t count = count_strings(nic, set, most);
	struct ethtool_gstrings *names;

	if (count == 0)
		return NULL;
	names = calloc(1, sizeof(*names) + (size_t)count * ETH_GSTRING_LEN);
	if (!names)
		return NULL;
	names->cmd = ETHTOOL_GSTRINGS;
	names->string_set = set;
	names->len = count;
	if (ask(nic, names) && names->len <= count)
		return names;
	free(names);
	return NULL;
}

static void
name_at(const struct ethtool_gstrings *names, uint32_t at,
    char out[static ETH_GSTRING_LEN])
{
	struct cursor all =
	    cursor_over(names->data, (size_t)names->len * ETH_GSTRING_LEN);

	cursor_skip(&all, (size_t)at * ETH_GSTRING_LEN);
	take_text(
	    out, ETH_GSTRING_LEN, (const char *)all.next, ETH_GSTRING_LEN);
}

/* The flags by which drivers name the agent.  ice had other names before
 * Linux 5.4; they mean the same. */
static const struct flag_rule {
	const char *driver, *flag;
	bool set_means_off;
} flag_rules[] = {
	{ "i40e", "disable-fw-lldp", true },
	{ "ice", "fw-lldp-agent", false },
	{ "ice", "enable-fw-lldp", false },
	{ "ice", "disable-fw-lldp", true },
};

static const struct flag_rule *
find_rule(const char *driver, const char *flag)
{
	size_t count = sizeof(flag_rules) / sizeof(flag_rules[0]);

	for (size_t i = 0; i < count; i++) {
		if (strcmp(flag_rules[i].driver, driver) == 0 &&
		    (!flag || strcmp(flag_rules[i].flag, flag) == 0))
			return &flag_rules[i];
	}
	return NULL;
}

/* Does 'name', set or not, tell the state of the agent? */
static void
judge_flag(
    const char *driver, const char *name, bool set, struct firmware_agent *out)
{
	const struct flag_rule *rule = find_rule(driver, name);

	if (!rule)
		return;
	out->state =
	    set == rule->set_means_off ? FIRMWARE_LLDP_OFF : FIRMWARE_LLDP_ON;
	out->set_off = rule->set_means_off ? "on" : "off";
	text_copy(out->flag, sizeof(out->flag), rule->flag);
}

/* Looks for the flag among the driver's names of flags. */
static void
judge_flags(const char *nic, const char *driver, struct firmware_agent *out)
{
	struct ethtool_gstrings *names =
	    read_names(nic, ETH_SS_PRIV_FLAGS, FLAGS_MOST);
	struct ethtool_value flags = { .cmd = ETHTOOL_GPFLAGS };

	if (!names)
		return;
	for (uint32_t i = 0; ask(nic, &flags) && i < names->len; i++) {
		char name[ETH_GSTRING_LEN];

		name_at(names, i, name);
		judge_flag(driver, name, (flags.data >> i & 1) != 0, out);
	}
	free(names);
}

void
ethtool_firmware_lldp(const char *nic, struct firmware_agent *out)
{
	struct nic_facts facts = { 0 };

	*out = (struct firmware_agent){ .set_off = "" };
	read_driver(nic, &facts);
	if (!find_rule(facts.driver, NULL))
		return;
	out->state = FIRMWARE_LLDP_UNKNOWN;
	judge_flags(nic, facts.driver, out);
}

void
ethtool_read_firmware(const char *nic, struct nic_facts *facts)
{
	struct firmware_agent agent;

	ethtool_firmware_lldp(nic, &agent);
	facts->firmware_lldp = agent.state == FIRMWARE_LLDP_ON;
	text_copy(facts->firmware_flag, sizeof(facts->firmware_flag),
	    agent.state == FIRMWARE_LLDP_UNKNOWN ? "" : agent.flag);
}

/* Is feature number 'at' of the kernel's list active? */
static bool
feature_is_active(const char *nic, uint32_t at)
{
	size_t size = sizeof(struct ethtool_gfeatures) +
		      FEATURE_WORDS * sizeof(struct ethtool_get_features_block);
	struct ethtool_gfeatures *features = calloc(1, size);
	bool active = false;

	if (!features)
		return false;
	features->cmd = ETHTOOL_GFEATURES;
	features->size = FEATURE_WORDS;
	if (at / 32 < FEATURE_WORDS && ask(nic, features))
		active = features->features[at / 32].active >> at % 32 & 1;
	free(features);
	return active;
}

bool
ethtool_filters_vlans(const char *nic)
{
	struct ethtool_gstrings *names =
	    read_names(nic, ETH_SS_FEATURES, FEATURE_WORDS * 32);
	bool filters = false;

	for (uint32_t i = 0; names && i < names->len; i++) {
		char name[ETH_GSTRING_LEN];

		name_at(names, i, name);
		if (strcmp(name, "rx-vlan-filter") == 0)
			filters = feature_is_active(nic, i);
	}
	free(names);
	return filters;
}
