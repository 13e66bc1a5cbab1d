#include "cli/words.h"

#include <string.h>

#include "base/age.h"
#include "cli/page.h"

struct word {
	const char *in, *out;
};

static const struct word protocols[] = { { "lldp", "LLDP" }, { "cdp", "CDP" },
	{ "edp", "EDP" }, { "fdp", "FDP" }, { "sonmp", "SONMP" },
	{ "lldp, cdp", "LLDP, CDP" }, { 0 } };

static const struct word kinds[] = { { "nic", "NIC" }, { "vlan", "VLAN" },
	{ "openvswitch", "Open vSwitch" }, { "vm", "VM" }, { "vnic", "vNIC" },
	{ "port_group", "port group" }, { "vswitch", "virtual switch" },
	{ "kernel_port", "kernel port" }, { "linux_bridge", "bridge" },
	{ "sriov", "SR-IOV" }, { "standard", "standard vSwitch" },
	{ "distributed", "distributed vSwitch" }, { "opaque", "NSX vSwitch" },
	{ "esxi", "ESXi" }, { "linux", "Linux" }, { "team", "teaming" },
	{ 0 } };

static const struct word sources[] = { { "libvirt", "libvirt" },
	{ "vsphere", "vSphere" }, { "ovs", "Open vSwitch" },
	{ "netns", "/run/netns" }, { "proc", "/proc" },
	{ "kernel", "the kernel" }, { 0 } };

static const struct word ends[] = { { "expired", "expired" },
	{ "goodbye", "the sender said goodbye" },
	{ "link_down", "the link went down" },
	{ "replaced", "another device took its place" },
	{ "nic_removed", "the NIC was removed" }, { 0 } };

bool
words_match(
    const struct json_value *object, const char *member, const char *word)
{
	const char *own = json_get_string(object, member);

	return own && strcmp(own, word) == 0;
}

static const char *
translated(const struct word *words, const char *in, const char *absent)
{
	if (!in)
		return absent;
	for (; words->in; words++) {
		if (strcmp(words->in, in) == 0)
			return words->out;
	}
	return in;
}

const char *
words_protocol(const char *protocol)
{
	return translated(protocols, protocol, "a frame");
}

const char *
words_kind(const char *kind)
{
	return translated(kinds, kind, "link");
}

const char *
words_source(const char *source)
{
	return translated(sources, source, "the host");
}

const char *
words_short_name(const struct json_value *thing)
{
	const char *name = json_get_string(thing, "short_name");

	if (!name)
		name = json_get_string(thing, "name");
	return name ? name : "unnamed";
}

void
words_ago(struct buffer *out, int64_t moment, int64_t now)
{
	char age[AGE_SIZE];

	if (moment <= 0) {
		buffer_text(out, "never");
		return;
	}
	age_text(now - moment, age);
	buffer_printf(out, "%s ago", age);
}

static bool
is_evidence(const struct json_value *heard, const char *state)
{
	const char *own_state = json_get_string(heard, "state");

	if (json_get_boolean(heard, "own", false) ||
	    json_get_boolean(heard, "phantom", false))
		return false;
	return !state || !own_state || strcmp(state, own_state) == 0;
}

void
words_heard(struct buffer *out, const struct json_value *heard,
    const char *state, int64_t now)
{
	const char *between = "";

	for (const struct json_value *h = json_first(heard); h;
	     h = json_next(h)) {
		if (!is_evidence(h, state))
			continue;
		buffer_text(out, between);
		page_clean(out, words_protocol(json_get_string(h, "protocol")));
		buffer_text(out, words_match(h, "source", "vsphere")
				     ? " through vCenter "
				     : " ");
		words_ago(out, json_get_number(h, "last_heard", 0), now);
		between = ", ";
	}
}

const char *
words_end_reason(const char *reason)
{
	return translated(ends, reason, "ended");
}

void
words_end(struct buffer *out, const struct json_value *ended, int64_t now)
{
	int64_t at = json_get_number(ended, "at", 0);
	const char *reason = json_get_string(ended, "reason");

	buffer_text(out, reason ? "ended: " : "");
	page_clean(out, words_end_reason(reason));
	if (at != 0) {
		buffer_char(out, ' ');
		words_ago(out, at, now);
	}
}

void
words_evidence(struct buffer *out, const struct json_value *leg, int64_t now)
{
	const struct json_value *neighbor = json_get(leg, "neighbor");
	const struct json_value *ended = json_get(neighbor, "ended");
	const char *state = json_get_string(neighbor, "state");

	if (state && strcmp(state, "ended") == 0) {
		words_end(out, ended, now);
		buffer_text(out, ", last ");
	} else if (state && strcmp(state, "current") != 0) {
		page_clean(out, state);
		buffer_text(out, ", last ");
	}
	words_heard(out, json_get(leg, "heard"), state, now);
}

void
words_silence(struct buffer *out, const struct json_value *nic,
    const struct json_value *host, int64_t now)
{
	const char *reason = json_get_string(nic, "listening_reason");
	const char *why = json_get_string(nic, "reason");

	if (json_get_boolean(host, "silent", false)) {
		buffer_text(out, "unknown: the host's last report came ");
		words_last_report(out, host, now);
	} else if (!json_get_boolean(nic, "up", true)) {
		buffer_text(out, "the NIC is down");
	} else if (!json_get_boolean(nic, "carrier", true)) {
		buffer_text(out, "no link: the NIC has no carrier");
	} else if (!json_get_boolean(nic, "listening", true)) {
		buffer_text(out, "nobody listens: ");
		page_clean(out, reason ? reason : "no reason given");
	} else {
		page_clean(
		    out, why ? why : "nothing heard that names a switch port");
	}
}

bool
words_is_undecided(const struct json_value *neighbor)
{
	const char *verdict = json_get_string(neighbor, "verdict");

	return verdict && strcmp(verdict, "unknown") == 0 &&
	       json_count(json_get(neighbor, "candidates")) > 1;
}

void
words_port(struct buffer *out, const struct json_value *neighbor)
{
	if (words_is_undecided(neighbor)) {
		buffer_text(out, "unknown: ");
		page_clean(out, json_get_string(neighbor, "reason"));
		return;
	}
	page_clean(out, words_short_name(json_get(neighbor, "port")));
	buffer_text(out, " on ");
	page_clean(out, words_short_name(json_get(neighbor, "switch")));
}
