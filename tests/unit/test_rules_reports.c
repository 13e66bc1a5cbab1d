/* From the report of a Linux host to what the rules of bonds, rates and the
 * virtual side say of it; and with each claim left out. */
#include "tests/support/suite.h"
#include "tests/support/telling.h"

/* What differs from a healthy host: LACP over two switches that are one by
 * MLAG, long frames throughout, one machine. */
struct world {
	const char *rule, *about;  /* that is broken; NULL: none is */
	const char *second_nic;    /* facts of eno2, but for its master */
	int second_mac;            /* of its switch */
	const char *second_port;   /* what its port says; ends with a comma */
	const char *bridge, *vnic; /* facts */
};

#define IN_CHANNEL                                                             \
	",\"mtu\":9000,\"speed_mbps\":10000,\"duplex\":\"full\","              \
	"\"lacp\":{\"aggregator\":1,\"actor\":61,\"partner\":61}"
#define ALONE                                                                  \
	",\"mtu\":9000,\"speed_mbps\":10000,\"duplex\":\"full\","              \
	"\"lacp\":{\"aggregator\":2,\"actor\":69,\"partner\":0}"
#define STRANGER                                                               \
	",\"mtu\":9000,\"speed_mbps\":10000,\"duplex\":\"full\","              \
	"\"lacp\":{\"aggregator\":2,\"actor\":61,\"partner\":61}"
#define SLOW                                                                   \
	",\"mtu\":9000,\"speed_mbps\":1000,\"duplex\":\"full\","               \
	"\"lacp\":{\"aggregator\":1,\"actor\":61,\"partner\":61}"
#define CHANNEL                                                                \
	"\"aggregation\":{\"capable\":true,\"enabled\":true},"                 \
	"\"max_frame\":9216,"
#define NO_CHANNEL                                                             \
	"\"aggregation\":{\"capable\":true,\"enabled\":false},"                \
	"\"max_frame\":9216,"
#define SHORT_FRAMES                                                           \
	"\"aggregation\":{\"capable\":true,\"enabled\":true},"                 \
	"\"max_frame\":1522,"
#define LONG ",\"mtu\":9000"
#define CONNECTED ",\"connected\":true"

static const struct world worlds[] = {
	{ NULL, NULL, IN_CHANNEL, 2, CHANNEL, LONG, CONNECTED },
	{ NULL, NULL, IN_CHANNEL, 2, "", ",\"mtu\":1500", "" },
	{ "lacp-one-sided", "bond0", ALONE, 2, NO_CHANNEL, LONG, CONNECTED },
	{ "lacp-partners", "bond0", STRANGER, 2, CHANNEL, LONG, CONNECTED },
	{ "slow-leg", "bond0 eno2", SLOW, 2, CHANNEL, LONG, CONNECTED },
	{ "mtu-switch", "eno2", IN_CHANNEL, 2, SHORT_FRAMES, LONG, CONNECTED },
	{ "mtu-inside", "vnet0 br0", IN_CHANNEL, 2, CHANNEL, ",\"mtu\":1500",
	    CONNECTED },
	{ "vnic-disconnected", "web-01 vnet0", IN_CHANNEL, 2, CHANNEL, LONG,
	    ",\"connected\":false" },
};

enum { WORLDS = sizeof(worlds) / sizeof(worlds[0]) };

static void
tell_leg(
    struct telling *t, int leg, const char *facts, int mac, const char *more)
{
	char name[8], all[512];

	(void)snprintf(name, sizeof(name), "eno%d", leg);
	(void)snprintf(all, sizeof(all),
	    ",\"carrier\":true,\"master\":\"bond0\",\"bond_state\":\"active\""
	    "%s",
	    facts);
	tell_nic(t, name, all);
	tell_claim(t,
	    "{\"protocol\":\"lldp\",\"source_mac\":\"02:00:00:00:%02x:%02x\","
	    "\"scope\":\"nearest-bridge\",\"ttl_s\":120,\"chassis_id\":"
	    "{\"type\":\"mac\",\"value\":\"02:00:00:00:%02x:00\"},"
	    "\"port_id\":{\"type\":\"interface_name\","
	    "\"value\":\"Ethernet1/%d\"},\"system_name\":\"leaf%d\",%s"
	    "\"first_heard\":900,\"last_heard\":990,\"expires\":1110}",
	    (unsigned)mac, (unsigned)leg, (unsigned)mac, leg, mac, more);
}

static void
tell_world(struct telling *t, const struct world *w)
{
	telling_again(t);
	tell_host(t, "hv1", ",\"platform\":\"linux\"");
	tell_leg(t, 1, IN_CHANNEL, 1, CHANNEL);
	tell_leg(t, 2, w->second_nic, w->second_mac, w->second_port);
	tell_list(t, "links");
	tell_claim(t, "{\"name\":\"bond0\",\"kind\":\"bond\",\"mtu\":9000,"
		      "\"bond_mode\":\"802.3ad\",\"master\":\"br0\"}");
	tell_claim(t, "{\"name\":\"br0\",\"kind\":\"bridge\"%s}", w->bridge);
	tell_claim(t,
	    "{\"name\":\"vnet0\",\"kind\":\"tun\",\"mtu\":%d,"
	    "\"master\":\"br0\"}",
	    strcmp(w->vnic, "") == 0 ? 1500 : 9000);
	tell_list(t, "vswitches");
	tell_claim(t,
	    "{\"name\":\"br0\",\"kind\":\"linux_bridge\",\"uplinks\":["
	    "{\"name\":\"bond0\",\"kind\":\"bond\",\"mode\":\"802.3ad\","
	    "\"lacp\":\"negotiated\",\"members\":["
	    "{\"nic\":\"eno1\",\"state\":\"active\"},"
	    "{\"nic\":\"eno2\",\"state\":\"active\"}]}]}");
	tell_list(t, "port_groups");
	tell_claim(
	    t, "{\"vswitch\":\"br0\",\"name\":\"tag 120\",\"vlan\":120}");
	tell_list(t, "workloads");
	tell_claim(t,
	    "{\"id\":\"1\",\"kind\":\"vm\",\"name\":\"web-01\","
	    "\"state\":\"running\",\"vnics\":[{\"name\":\"vnet0\","
	    "\"mac\":\"52:54:00:00:00:01\",\"type\":\"tap\","
	    "\"vswitch\":\"br0\",\"port_group\":\"tag 120\"%s}]}",
	    w->vnic);
	tell_end(t);
	telling_judge(t);
}

START_TEST(a_report_with_a_fault_is_told_and_a_healthy_one_is_not)
{
	const struct world *w = &worlds[_i];
	const struct telling_verdict *v;
	struct telling t;

	asking_begin();
	telling_begin(&t);
	tell_world(&t, w);
	for (size_t i = 0; i < t.verdict_count && !w->rule; i++)
		ck_assert_msg(t.verdicts[i].ruling != RULING_BROKEN, "%s",
		    t.verdicts[i].sentence);
	if (w->rule) {
		v = telling_of(&t, w->rule, "hv1", w->about);
		ck_assert_msg(v && v->ruling == RULING_BROKEN, "%s %s", w->rule,
		    v ? v->sentence : "not told");
	}
	telling_done(&t);
	asking_end();
}
END_TEST

START_TEST(a_report_that_tells_less_makes_no_rule_surer)
{
	const struct world *w = &worlds[_i];
	struct telling whole, less;

	asking_begin();
	telling_begin(&whole);
	telling_begin(&less);
	tell_world(&whole, w);
	less.number = whole.number;
	for (size_t i = 0; i < whole.claims; i++) {
		memset(less.without, 0, sizeof(less.without));
		less.without[i] = true;
		tell_world(&less, w);
		telling_hold_against(&whole, &less, (int)i);
	}
	telling_done(&whole);
	telling_done(&less);
	asking_end();
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("rules from reports");
	TCase *tcase = tcase_create("rules from reports");
	SRunner *runner;
	int failed;

	tcase_set_timeout(tcase, SUITE_TIMEOUT_S);
	tcase_add_loop_test(tcase,
	    a_report_with_a_fault_is_told_and_a_healthy_one_is_not, 0, WORLDS);
	tcase_add_loop_test(
	    tcase, a_report_that_tells_less_makes_no_rule_surer, 0, WORLDS);
	suite_add_tcase(suite, tcase);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? 1 : 0;
}
