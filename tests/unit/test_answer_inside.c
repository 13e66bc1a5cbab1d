#include "agent/answer_inside.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#include "tests/support/suite.h"

static struct virtual v;
static struct buffer text = { .limit = 1 << 20 };

static uint32_t
put_vswitch(const char *name, enum vswitch_kind kind)
{
	struct vswitch one = { .kind = kind };

	snprintf(one.name, sizeof(one.name), "%s", name);
	return virtual_add_vswitch(&v, &one);
}

static void
put_vnic(uint32_t vswitch, uint16_t vlan, const char *who, const char *name)
{
	struct port_group group = { .vswitch = vswitch,
		.policy = { .mode = vlan ? VLAN_ACCESS : VLAN_UNTAGGED,
		    .vlan = vlan } };
	struct workload w = { .kind = WORKLOAD_VM };
	struct vnic n = { .vswitch = vswitch,
		.port_group = virtual_add_port_group(&v, &group),
		.has_connected = true,
		.connected = true,
		.has_mac = vlan != 0,
		.mac = { 0x52, 0x54, 0, 0, 0, 1 } };

	snprintf(w.id, sizeof(w.id), "%s", who);
	snprintf(n.name, sizeof(n.name), "%s", name);
	n.workload = virtual_add_workload(&v, &w);
	(void)virtual_add_vnic(&v, &n);
}

static void
expect(size_t width, const char *wanted)
{
	buffer_clear(&text);
	answer_inside_write(&v, width, &text);
	ck_assert_str_eq(buffer_string(&text), wanted);
}

static void
end(void)
{
	virtual_done(&v);
	buffer_done(&text);
}

START_TEST(a_host_with_nothing_inside_says_nothing)
{
	virtual_init(&v);
	expect(80, "");
	end();
}
END_TEST

START_TEST(each_vswitch_shows_its_ways_out_and_who_hangs_there)
{
	struct uplink u = { .name = "bond0",
		.kind = UPLINK_BOND,
		.mode = "802.3ad",
		.lacp = LACP_NEGOTIATED,
		.has_partner = true,
		.partner_mac = { 2, 0x1c, 0x73, 0xff, 0, 1 },
		.member_count = 2,
		.members = {
		    { "ens1f0", MEMBER_ACTIVE }, { "ens1f1", MEMBER_DOWN } } };
	struct patch patch = { .name = "to-int" };

	virtual_init(&v);
	u.vswitch = patch.vswitch = put_vswitch("br-ex", VSWITCH_OVS);
	patch.peer = put_vswitch("br-int", VSWITCH_OVS);
	(void)virtual_add_uplink(&v, &u);
	(void)virtual_add_patch(&v, &patch);
	put_vnic(1, 140, "db01", "vnet3");
	put_vnic(1, 0, "web", "vnet1");
	put_vnic(1, 140, "db02", "vnet4");
	expect(78,
	    "\n"
	    "br-ex: Open vSwitch\n"
	    "  uplink bond0: 802.3ad, LACP with 02:1c:73:ff:00:01, ens1f0 "
	    "active,\n"
	    "    ens1f1 down\n"
	    "  patch to-int: to br-int\n"
	    "\n"
	    "br-int: Open vSwitch\n"
	    "  no uplink\n"
	    "  PORT GROUP  WORKLOAD  KIND  VNIC   MAC                STATE\n"
	    "  tag 140     db01      VM    vnet3  52:54:00:00:00:01  "
	    "connected\n"
	    "  tag 140     db02      VM    vnet4  52:54:00:00:00:01  "
	    "connected\n"
	    "  untagged    web       VM    vnet1  -                  "
	    "connected\n");
	end();
}
END_TEST

START_TEST(a_long_list_is_cut_and_says_so)
{
	char name[16];

	virtual_init(&v);
	(void)put_vswitch("br0", VSWITCH_BRIDGE);
	for (int i = 0; i < 503; i++) {
		snprintf(name, sizeof(name), "vnet%d", i);
		put_vnic(0, 0, "db01", name);
	}
	buffer_clear(&text);
	answer_inside_write(&v, 80, &text);
	ck_assert_ptr_nonnull(
	    strstr(buffer_string(&text), "\n  and 3 more; --json has all\n"));
	ck_assert_ptr_nonnull(strstr(buffer_string(&text), " vnet499 "));
	ck_assert_ptr_null(strstr(buffer_string(&text), " vnet500 "));
	end();
}
END_TEST

SUITE("answer_inside", a_host_with_nothing_inside_says_nothing,
    each_vswitch_shows_its_ways_out_and_who_hangs_there,
    a_long_list_is_cut_and_says_so)
