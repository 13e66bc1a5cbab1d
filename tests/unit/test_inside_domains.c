#include "agent/inside.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/json_read.h"
#include "tests/support/suite.h"

#define U(n) "00000000-0000-0000-0000-0000000000" n

/* A host that a test builds link by link. */
static struct links links;
static struct nics nics;
static struct bridge_vlans vlans;
static struct ovs ovs;
static struct processes processes;
static struct domains domains;
static const struct sriov sriov;
static const struct fdb fdb;
static const struct teams teams;
static struct virtual seen;

static void
put_link(uint32_t index, const char *name, const char *kind, uint32_t master)
{
	struct link l = { .index = index,
		.up = true,
		.carrier = true,
		.master = master,
		.lower_namespace = -1 };

	snprintf(l.name, sizeof(l.name), "%s", name);
	snprintf(l.kind, sizeof(l.kind), "%s", kind);
	ck_assert_int_eq(links_take(&links, &l), STATUS_OK);
	if (kind[0] == '\0')
		ck_assert_ptr_nonnull(nics_add(&nics, &l));
}

static struct json_value *
parse(const char *text)
{
	struct json_value *v = NULL;
	char error[JSON_ERROR_SIZE];

	ck_assert_msg(json_parse(text, strlen(text), &v, error) == STATUS_OK,
	    "%s: %s", error, text);
	return v;
}

/* "@11" is the UUID that ends in 11. */
static void
put_rows(const char *rows)
{
	CLEANUP(json_cleanup) struct json_value *v = NULL;
	CLEANUP(buffer_done) struct buffer text = { .limit = 4096 };

	for (; *rows; rows++) {
		if (*rows == '@')
			buffer_text(&text, U(""));
		else
			buffer_char(&text, *rows);
	}
	v = parse(buffer_string(&text));
	ck_assert_int_eq(ovs_take(&ovs, v), STATUS_OK);
}

static void
put_machine(const char *uuid, const char *state, const char *nics_said)
{
	char text[4096];
	struct json_value *v;

	snprintf(text, sizeof(text),
	    "{\"domain\":{\"uuid\":\"%s\",\"name\":\"vm-%s\",\"state\":\"%s\","
	    "\"nics\":[%s]}}",
	    uuid, uuid, state, nics_said);
	v = parse(text);
	ck_assert_int_eq(domains_take(&domains, v), DOMAINS_MORE);
	json_free(v);
}

static void
look(void)
{
	struct inside in = { .links = &links,
		.nics = &nics,
		.vlans = &vlans,
		.ovs = &ovs,
		.processes = &processes,
		.sriov = &sriov,
		.fdb = &fdb,
		.teams = &teams,
		.domains = &domains };

	domains.complete = true;
	virtual_init(&seen);
	inside_describe(&in, &seen);
	virtual_sort(&seen);
}

static void
forget(void)
{
	virtual_done(&seen);
	links_done(&links);
	nics_done(&nics);
	bridge_vlans_done(&vlans);
	ovs_done(&ovs);
	processes_done(&processes);
	domains_done(&domains);
}

/* "workload state vnic type vswitch/group" and what else there is. */
static void
expect(uint32_t place, const char *wanted)
{
	static const char *const states[] = { "unknown", "running", "paused",
		"suspended", "off" };
	const struct vnic *n = virtual_vnic(&seen, place);
	const struct workload *w;
	const struct vswitch *s;
	const struct port_group *g;
	char group[PORT_GROUP_NAME_SIZE], said[1024];

	ck_assert_ptr_nonnull(n);
	w = virtual_workload(&seen, n->workload);
	s = virtual_vswitch(&seen, n->vswitch);
	g = virtual_port_group(&seen, n->port_group);
	snprintf(said, sizeof(said), "%s %s %s %s %s/%s%s%s%s%s%s", w->id,
	    states[w->state], n->name, n->type, s ? s->name : "-",
	    g ? virtual_port_group_name(g, group) : "-",
	    n->connected ? "" : " not connected", n->network[0] ? " in " : "",
	    n->network, n->nic[0] ? " of " : "", n->nic);
	ck_assert_str_eq(said, wanted);
}

static void
expect_count(uint32_t workloads, uint32_t vnics)
{
	ck_assert_uint_eq(seen.workloads.count, workloads);
	ck_assert_uint_eq(seen.vnics.count, vnics);
}

START_TEST(a_tap_is_named_by_its_machine)
{
	put_link(2, "ens0", "", 5);
	put_link(5, "br0", "bridge", 0);
	put_link(7, "vnet0", "tun", 5);
	put_link(8, "vnet1", "tun", 5);
	put_link(9, "vnet2", "tun", 5);
	put_machine("a", "running",
	    "{\"type\":\"network\",\"target\":\"vnet0\",\"source\":\"br0\","
	    "\"network\":\"lan\",\"mac\":\"525400000001\"}");
	put_machine("b", "paused",
	    "{\"type\":\"bridge\",\"target\":\"vnet1\",\"source\":\"br9\","
	    "\"link_down\":true}");
	look();
	expect_count(3, 3);
	expect(0, "a running vnet0 tap br0/untagged in lan");
	expect(1, "b paused vnet1 tap br0/untagged not connected");
	expect(2, "port:vnet2 unknown vnet2 tap br0/untagged");
	ck_assert_uint_eq(virtual_vnic(&seen, 0)->mac[5], 1);
	ck_assert_str_eq(virtual_workload(&seen, 0)->name, "vm-a");
	ck_assert_int_eq(virtual_workload(&seen, 0)->source, SOURCE_LIBVIRT);
	ck_assert_int_eq(virtual_workload(&seen, 2)->source, SOURCE_KERNEL);
	forget();
}
END_TEST

/* libvirt's document is what was asked for, the kernel knows what is. */
START_TEST(a_tap_that_was_taken_from_its_bridge_is_on_none)
{
	put_link(5, "br0", "bridge", 0);
	put_link(7, "vnet0", "tun", 0);
	put_machine("a", "running",
	    "{\"type\":\"bridge\",\"target\":\"vnet0\",\"source\":\"br0\"}");
	look();
	expect_count(1, 1);
	expect(0, "a running vnet0 tap -/-");
	forget();
}
END_TEST

START_TEST(a_machine_that_is_off_is_where_it_would_be)
{
	put_link(5, "br0", "bridge", 0);
	put_link(7, "vnet0", "tun", 5);
	put_rows("{\"Bridge\":{\"@01\":{\"new\":{\"name\":\"ovs0\"}}}}");
	put_machine("a", "off",
	    "{\"type\":\"network\",\"source\":\"br0\",\"network\":\"lan\","
	    "\"target\":\"vnet0\"},"
	    "{\"type\":\"bridge\",\"source\":\"ovs0\",\"vlan\":20,"
	    "\"open_vswitch\":true},"
	    "{\"type\":\"bridge\",\"source\":\"ovs0\",\"open_vswitch\":true},"
	    "{\"type\":\"network\",\"source\":\"ovs0\",\"network\":\"x\"},"
	    "{\"type\":\"bridge\",\"source\":\"gone\"}");
	put_machine("b", "suspended", "");
	look();
	expect_count(3, 6);
	expect(0, "port:vnet0 unknown vnet0 tap br0/untagged");
	expect(1, "a off net1 tap ovs0/tag 20 not connected");
	expect(2, "a off net2 tap ovs0/trunk all not connected");
	expect(3, "a off net3 tap ovs0/- not connected in x");
	expect(4, "a off net4 tap -/- not connected");
	expect(5, "a off vnet0 tap br0/untagged not connected in lan");
	forget();
}
END_TEST

START_TEST(a_port_of_open_vswitch_is_found_by_its_id_or_address)
{
	put_rows(
	    "{\"Bridge\":{\"@01\":{\"new\":{\"name\":\"ovs0\",\"ports\":["
	    "\"set\","
	    "[[\"uuid\",\"@11\"],[\"uuid\",\"@12\"],[\"uuid\",\"@13\"]]]}}}}");
	put_rows("{\"Port\":{\"@11\":{\"new\":{\"name\":\"p1\",\"tag\":20,"
		 "\"interfaces\":[\"uuid\","
		 "\"@21\"]}},\"@12\":{\"new\":{\"name\":\"p2\",\"tag\":20,"
		 "\"interfaces\":[\"uuid\","
		 "\"@22\"]}},\"@13\":{\"new\":{\"name\":\"vhu3\",\"tag\":30,"
		 "\"interfaces\":[\"uuid\",\"@23\"]}}}}");
	put_rows(
	    "{\"Interface\":{\"@21\":{\"new\":{\"name\":\"p1\",\"external_"
	    "ids\":[\"map\","
	    "[[\"iface-id\",\"@77\"]]]}},\"@22\":{\"new\":{\"name\":\"p2\","
	    "\"external_ids\":[\"map\",[[\"attached-mac\",\"52:54:00:00:00:"
	    "02\"]]]}},"
	    "\"@23\":{\"new\":{\"name\":\"vhu3\",\"type\":"
	    "\"dpdkvhostuserclient\","
	    "\"link_state\":\"up\"}}}}");
	put_machine("a", "running",
	    "{\"type\":\"bridge\",\"interface_id\":\"" U(
		"77") "\",\"network\":"
		      "\"lan\",\"port_group\":\"prod\"},"
		      "{\"type\":\"bridge\",\"mac\":\"525400000002\"},"
		      "{\"type\":\"vhostuser\",\"target\":\"vhu3\",\"port_"
		      "group\":"
		      "\"prod\"}");
	look();
	expect_count(1, 3);
	expect(0, "a running p1 tap ovs0/prod not connected in lan");
	expect(1, "a running p2 tap ovs0/tag 20 not connected");
	/* Another "prod" that does something else keeps its derived name. */
	expect(2, "a running vhu3 vhostuser ovs0/tag 30");
	forget();
}
END_TEST

START_TEST(nics_that_no_port_shows_are_told)
{
	put_link(2, "ens0", "", 0);
	put_link(3, "ens1", "", 0);
	put_machine("a", "running",
	    "{\"type\":\"direct\",\"source\":\"ens0\",\"mode\":\"vepa\"},"
	    "{\"type\":\"hostdev\",\"nic\":\"ens1\",\"vf\":3,\"vlan\":42},"
	    "{\"type\":\"hostdev\",\"pci\":\"0000:3b:02.1\"},"
	    "{\"type\":\"vhostuser\",\"target\":\"vhu\"},"
	    "{\"type\":\"user\"},{\"type\":\"mcast\"},"
	    "{\"type\":\"bridge\",\"source\":\"ovs0\",\"open_vswitch\":true,"
	    "\"vlan\":7}");
	put_machine("b", "running",
	    "{\"type\":\"direct\",\"source\":\"ens0\",\"link_down\":true}");
	look();
	expect_count(2, 8);
	expect(0, "a running net0 macvtap macvtap on ens0/untagged of ens0");
	expect(1, "a running net1 vf sriov on ens1/tag 42 of ens1");
	expect(2, "a running net2 hostdev -/- of 0000:3b:02.1");
	expect(3, "a running net4 user -/-");
	expect(4, "a running net5  -/-");
	/* Open vSwitch tells nothing, and libvirt knows the bridge. */
	expect(5, "a running net6 tap ovs0/tag 7");
	expect(6, "a running vhu vhostuser -/-");
	expect(7, "b running net0 macvtap macvtap on ens0/untagged "
		  "not connected of ens0");
	ck_assert_uint_eq(seen.vswitches.count, 3);
	ck_assert_uint_eq(seen.uplinks.count, 2);
	ck_assert_str_eq(virtual_uplink(&seen, 0)->members[0].nic, "ens0");
	ck_assert_str_eq(virtual_vnic(&seen, 0)->mode, "vepa");
	ck_assert_uint_eq(virtual_vnic(&seen, 1)->vf, 3);
	forget();
}
END_TEST

START_TEST(a_machine_of_open_vswitch_has_the_name_that_libvirt_knows)
{
	put_link(7, "vnet0", "tun", 0);
	put_rows("{\"Bridge\":{\"@01\":{\"new\":{\"name\":\"ovs0\",\"ports\":["
		 "\"uuid\","
		 "\"@11\"]}}}}");
	put_rows("{\"Port\":{\"@11\":{\"new\":{\"name\":\"vnet0\","
		 "\"interfaces\":[\"uuid\","
		 "\"@21\"]}}}}");
	put_rows("{\"Interface\":{\"@21\":{\"new\":{\"name\":\"vnet0\","
		 "\"external_ids\":[\"map\","
		 "[[\"vm-id\",\"@99\"]]]}}}}");
	put_machine(U("99"), "paused", "");
	look();
	expect_count(1, 1);
	expect(0, U("99") " paused vnet0 tap ovs0/trunk all");
	ck_assert_str_eq(virtual_workload(&seen, 0)->name, "vm-" U("99"));
	forget();
}
END_TEST

/* Of another user's process no descriptor can be seen: then a tap is known by
 * its address, which two machines may share. */
START_TEST(a_tap_that_only_looks_like_that_of_a_machine_is_not)
{
	const uint8_t guest[MAC_SIZE] = { 0x52, 0x54, 0, 1, 0, 1 };
	struct link *tap;

	put_link(5, "br0", "bridge", 0);
	put_link(7, "vnet0", "tun", 5);
	put_link(8, "vnet1", "tun", 5);
	for (uint32_t index = 7; index <= 8; index++) {
		tap = links.items + (links_find(&links, index) - links.items);
		tap->has_mac = true;
		memcpy(tap->mac, guest, MAC_SIZE);
		tap->mac[0] = 0xfe;
	}
	processes.machines = calloc(1, sizeof(*processes.machines));
	processes.machine_count = processes.machine_capacity = 1;
	snprintf(processes.machines->uuid, UUID_TEXT_SIZE, "%s", U("99"));
	processes.machines->nic_count = 1;
	processes.machines->nics[0].has_mac = true;
	memcpy(processes.machines->nics[0].mac, guest, MAC_SIZE);
	put_machine(U("99"), "running",
	    "{\"type\":\"bridge\",\"target\":\"vnet1\",\"mac\":"
	    "\"525400010001\"}");
	look();
	expect_count(2, 2);
	expect(0, "port:vnet0 unknown vnet0 tap br0/untagged");
	expect(1, U("99") " running vnet1 tap br0/untagged");
	forget();
}
END_TEST

/* Until the kernel was asked, a port without VLANs is not one that is closed.
 */
START_TEST(a_port_whose_vlans_are_not_asked_yet_is_in_no_port_group)
{
	struct link bridge = { .index = 5,
		.up = true,
		.carrier = true,
		.lower_namespace = -1,
		.vlan_filtering = true,
		.name = "br0",
		.kind = "bridge" };

	ck_assert_int_eq(links_take(&links, &bridge), STATUS_OK);
	put_link(2, "ens1", "", 5);
	put_link(7, "vnet0", "tun", 5);
	look();
	ck_assert_uint_eq(seen.port_groups.count, 0);
	ck_assert(!virtual_uplink(&seen, 0)->limited);
	ck_assert_uint_eq(virtual_vnic(&seen, 0)->port_group, VIRTUAL_NONE);
	virtual_done(&seen);
	vlans.whole = true;
	look();
	ck_assert_uint_eq(seen.port_groups.count, 1);
	ck_assert(virtual_uplink(&seen, 0)->limited);
	forget();
}
END_TEST

SUITE("inside_domains",
    a_port_whose_vlans_are_not_asked_yet_is_in_no_port_group,
    a_tap_is_named_by_its_machine,
    a_tap_that_was_taken_from_its_bridge_is_on_none,
    a_machine_that_is_off_is_where_it_would_be,
    a_port_of_open_vswitch_is_found_by_its_id_or_address,
    nics_that_no_port_shows_are_told,
    a_machine_of_open_vswitch_has_the_name_that_libvirt_knows,
    a_tap_that_only_looks_like_that_of_a_machine_is_not)
