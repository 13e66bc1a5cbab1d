#include "collector/walk.h"

#include <check.h>
#include <string.h>
#include <time.h>

#include "base/buffer.h"
#include "collector/needs.h"
#include "tests/support/suite.h"
#include "tests/support/walked.h"

/* "vmnic0 active, vmnic1 standby": the legs of the walk. */
static const char *
legs(void)
{
	static char line[512];
	size_t length = 0;

	line[0] = '\0';
	for (size_t i = 0; i < walk.count; i++) {
		const struct walk_leg *leg = &walk.legs[i];
		char why[WALK_TEXT_SIZE];

		length += (size_t)snprintf(line + length, sizeof(line) - length,
		    "%s%s %s", i ? ", " : "",
		    leg->gap ? "?" : leg->host->nics[leg->nic].name,
		    leg->gap ? walk_gap_text(leg, why)
			     : inside_member_word(leg->member_state));
	}
	walk_done(&walk);
	return line;
}

#define NICS                                                                   \
	"\"nics\":[{\"name\":\"vmnic0\"},{\"name\":\"vmnic1\"},"               \
	"{\"name\":\"vmnic2\"},{\"name\":\"vmnic3\"}]"

/* Two NICs of a team, and a LAG of two. */
#define SWITCH                                                                 \
	"\"vswitches\":[{\"name\":\"vSwitch0\",\"kind\":\"standard\","         \
	"\"uplinks\":[{\"name\":\"uplinks\",\"kind\":\"team\","                \
	"\"mode\":\"loadbalance_srcid\",\"members\":["                         \
	"{\"nic\":\"vmnic0\",\"state\":\"active\"},"                           \
	"{\"nic\":\"vmnic1\",\"state\":\"standby\"}]},"                        \
	"{\"name\":\"lag1\",\"kind\":\"bond\",\"lacp\":\"negotiated\","        \
	"\"members\":[{\"nic\":\"vmnic2\",\"state\":\"active\"},"              \
	"{\"nic\":\"vmnic3\",\"state\":\"down\"}]}]}]"
#define GROUPS                                                                 \
	"\"port_groups\":["                                                    \
	"{\"vswitch\":\"vSwitch0\",\"name\":\"net\""                           \
	",\"vlan\":140,\"team\":{\"active\":[\"vmnic1\"],"                     \
	"\"unused\":[\"vmnic0\",\"lag1\"]}}"                                   \
	",{\"vswitch\":\"vSwitch0\",\"name\":\"on the LAG\""                   \
	",\"vlan\":20,\"team\":{\"active\":[\"lag1\"],"                        \
	"\"unused\":[\"vmnic0\",\"vmnic1\"]}}"                                 \
	",{\"vswitch\":\"vSwitch0\",\"name\":\"nowhere\""                      \
	",\"team\":{\"unused\":[\"vmnic0\",\"vmnic1\",\"lag1\"]}}"             \
	",{\"vswitch\":\"vSwitch0\",\"name\":\"as the switch\""                \
	",\"vlan\":30}"                                                        \
	",{\"vswitch\":\"vSwitch0\",\"name\":\"half told\""                    \
	",\"team\":{\"active\":[\"vmnic3\"],"                                  \
	"\"standby\":[\"vmnic0\"],\"unused\":[\"vmnic2\"]}}"                   \
	",{\"vswitch\":\"vSwitch0\",\"name\":\"private\""                      \
	",\"pvlan\":{\"primary\":100,\"secondary\":101}}"                      \
	"]"
#define VNIC                                                                   \
	"{\"name\":\"eth0\",\"vswitch\":\"vSwitch0\","                         \
	"\"port_group\":\"net\"}"

static const char inside[] =
    SWITCH "," GROUPS ",\"workloads\":[" INSIDE_VM("web", VNIC) "]";

START_TEST(a_port_group_leaves_by_the_uplinks_of_its_own_team)
{
	const struct model_host *h = host_with(NICS, inside);

	walk_from_group(&walk, h, 0);
	ck_assert_str_eq(legs(), "vmnic1 active");
	walk_from_workload(&walk, h, 0);
	ck_assert(walk.legs[0].by_group);
	ck_assert_str_eq(legs(), "vmnic1 active");
	/* What LACP says of a leg of an active LAG stays. */
	walk_from_group(&walk, h, 1);
	ck_assert_str_eq(legs(), "vmnic2 active, vmnic3 down");
	walk_from_group(&walk, h, 2);
	ck_assert_str_eq(legs(), "? the port group nowhere uses none of the "
				 "uplinks of vSwitch0");
	walk_from_group(&walk, h, 3);
	ck_assert(!walk.legs[0].by_group);
	ck_assert_str_eq(legs(),
	    "vmnic0 active, vmnic1 standby, vmnic2 active, vmnic3 down");
	/* What the team does not name is not known; what is down is down. */
	walk_from_group(&walk, h, 4);
	ck_assert_str_eq(legs(), "vmnic0 standby, vmnic1 unknown, vmnic3 down");
	/* The page of the switch shows them all. */
	walk_from_vswitch(&walk, h, 0);
	ck_assert_str_eq(legs(),
	    "vmnic0 active, vmnic1 standby, vmnic2 active, vmnic3 down");
	end();
}
END_TEST

START_TEST(a_nic_needs_the_vlans_of_the_port_groups_that_may_use_it)
{
	const struct model_host *h = host_with(NICS, inside);
	struct needs needs;

	needs_of_nic(h, 0, &needs);
	ck_assert(!needs.vlans[140]);
	ck_assert(!needs.vlans[20]);
	ck_assert(needs.vlans[30]);
	ck_assert(needs.vlans[100]);
	ck_assert(needs.vlans[101]);
	needs_of_nic(h, 1, &needs);
	ck_assert(needs.vlans[140]);
	needs_of_nic(h, 2, &needs);
	ck_assert(needs.vlans[20]);
	ck_assert(!needs.vlans[140]);
	end();
}
END_TEST

START_TEST(a_vf_of_a_nic_leaves_by_it)
{
	const struct model_host *h = host_with(NICS,
	    "\"workloads\":[" INSIDE_VM("fast",
		"{\"name\":\"hostdev0\",\"type\":\"vf\",\"nic\":\"vmnic2\","
		"\"vf\":3}") "]");

	walk_from_workload(&walk, h, 0);
	ck_assert_uint_eq(walk.count, 1);
	ck_assert_int_eq(walk.legs[0].gap, GAP_NONE);
	ck_assert_uint_eq(walk.legs[0].nic, 2);
	ck_assert_int_eq(walk.legs[0].vnic->vf, 3);
	end();
}
END_TEST

/* Each of 256 switches has 512 patch ports, and none has a way out. */
static void
write_mesh(struct buffer *text)
{
	buffer_text(text, "\"vswitches\":[");
	for (int i = 0; i < 256; i++) {
		buffer_printf(text,
		    "%s{\"name\":\"s%d\",\"kind\":\"openvswitch\","
		    "\"patches\":[",
		    i ? "," : "", i);
		for (int k = 0; k < 512; k++)
			buffer_printf(text,
			    "%s{\"name\":\"%d\",\"peer_vswitch\":\"s%d\"}",
			    k ? "," : "", k, (i + k) % 256);
		buffer_text(text, "]}");
	}
	buffer_text(text, "],\"workloads\":[");
	for (int i = 0; i < 8192; i++)
		buffer_printf(text,
		    "%s{\"id\":\"%d\",\"kind\":\"vm\",\"vnics\":[{\"name\":"
		    "\"v\",\"vswitch\":\"s%d\"}]}",
		    i ? "," : "", i, i % 256);
	buffer_text(text, "]");
}

START_TEST(a_mesh_of_patch_ports_is_cut_aloud)
{
	const struct model_host *h;
	struct buffer text;
	size_t walked = 0;

	buffer_init(&text, 16 << 20);
	write_mesh(&text);
	h = host_with(NICS, buffer_string(&text));
	buffer_done(&text);
	ck_assert_uint_eq(model_inside(h)->workload_count, 8192);
	for (uint32_t i = 0; i < 8192; i++) {
		walk_again(&walk);
		walk_from_workload(&walk, h, i);
		walked += !walk.cut;
	}
	ck_assert(walk.cut);
	ck_assert_uint_gt(walked, 100);
	/* The last one began before the limit was reached. */
	ck_assert_uint_lt(walk.steps, WALK_STEPS_MOST + 512 * 256 + 1024);
	end();
}
END_TEST

SUITE("team", a_port_group_leaves_by_the_uplinks_of_its_own_team,
    a_nic_needs_the_vlans_of_the_port_groups_that_may_use_it,
    a_vf_of_a_nic_leaves_by_it, a_mesh_of_patch_ports_is_cut_aloud)
