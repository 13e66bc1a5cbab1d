#include "collector/api.h"

#include <check.h>
#include <string.h>

#include "base/json_read.h"
#include "collector/store.h"
#include "tests/support/database.h"
#include "tests/support/inside.h"
#include "tests/support/suite.h"

static struct store *store;
static struct api *api;

static int64_t now = 1000;

static int64_t
told_time(void)
{
	return now;
}

/* The one argument of a question. */
static const char *
argument(const struct request *r, const char *name)
{
	const char *question = r->context;

	if (strcmp(name, "q") != 0 && strcmp(name, "of") != 0)
		return NULL;
	return question && question[0] != '\0' ? question : NULL;
}

static void
post(const char *body)
{
	struct request request = { .method = "POST",
		.path = "/api/v1/reports",
		.content_type = "application/json",
		.body = body,
		.body_size = strlen(body),
		.argument = argument };
	struct reply reply;

	reply_init(&reply);
	api_answer(api, &request, &reply);
	ck_assert_msg(reply.status == 204, "%s", buffer_string(&reply.body));
	reply_done(&reply);
}

/* A NIC that hears this port of leaf1a. */
#define NIC(name, mac, port)                                                   \
	"{\"name\":\"" name "\",\"mac\":\"" mac "\",\"up\":true,"              \
	"\"carrier\":true,\"neighbors\":[{\"protocol\":\"lldp\","              \
	"\"source_mac\":\"a0:36:9f:00:00:0" port "\","                         \
	"\"scope\":\"nearest-bridge\",\"ttl_s\":120,\"chassis_id\":"           \
	"{\"type\":\"mac\",\"value\":\"a0:36:9f:00:00:00\"},\"port_id\":"      \
	"{\"type\":\"interface_name\",\"value\":\"Ethernet1/" port "\"},"      \
	"\"system_name\":\"leaf1a\",\"vlans\":[{\"id\":10,\"name\":"           \
	"\"web\"}],\"first_heard\":900,\"last_heard\":990,"                    \
	"\"expires\":1110,\"pvid\":1}]}"

static const char nics[] = "\"nics\":[" NIC("ens1f0", "b8:ce:f6:00:01:00",
    "1") "," NIC("ens1f1", "b8:ce:f6:00:01:01", "2") "]";

static const char inside[] =
    "\"vswitches\":[{\"name\":\"br-int\",\"kind\":\"openvswitch\",\"patches\":"
    "[{\"name\":\"int-br-ex\",\"peer_vswitch\":\"br-ex\"}]},"
    "{\"name\":\"br-ex\",\"kind\":\"openvswitch\",\"uplinks\":[" INSIDE_BOND(
	"") "],\"patches\":[{\"name\":\"ex\",\"peer_vswitch\":\"br-int\"}]}],"
	    "\"port_groups\":[{\"vswitch\":\"br-int\",\"name\":\"tag 10\","
	    "\"vlan\":10},{\"vswitch\":\"br-int\",\"name\":\"tag 20\","
	    "\"vlan\":20}],\"workloads\":[" INSIDE_VM("web 01",
		"{\"name\":\"vnet0\",\"mac\":\"52:54:00:00:00:01\","
		"\"vswitch\":\"br-int\",\"port_group\":\"tag 10\","
		"\"connected\":true}") ","
				       "{\"id\":\"3f4a5b6c7d8e9fa0b1c2\","
				       "\"kind\":\"container\",\"name\":\"db\","
				       "\"vnics\":[{\"name\":\"veth7\"}]}]";

static void
serve_nics(const char *some_nics)
{
	char error[STORE_ERROR_SIZE];
	char *text = inside_report(1, some_nics, inside);

	now = 1000;
	ck_assert_int_eq(
	    store_open(database_of_test(), &store, error), STATUS_OK);
	ck_assert_int_eq(api_new(store, NULL, told_time, &api), STATUS_OK);
	post(text);
	free(text);
}

static void
serve(void)
{
	serve_nics(nics);
}

static void
stop(void)
{
	api_free(api);
	store_close(store);
}

static struct json_value *
ask(const char *path, const char *question, unsigned status)
{
	char copy[128] = "";
	struct request request = { .method = "GET",
		.path = path,
		.body = "",
		.argument = argument,
		.context = copy };
	struct json_value *document = NULL;
	char error[JSON_ERROR_SIZE];
	struct reply reply;

	(void)snprintf(copy, sizeof(copy), "%s", question);
	reply_init(&reply);
	api_answer(api, &request, &reply);
	ck_assert_msg(reply.status == status, "%s: %u %s", path, reply.status,
	    buffer_string(&reply.body));
	ck_assert_int_eq(json_parse(buffer_string(&reply.body), reply.body.size,
			     &document, error),
	    STATUS_OK);
	reply_done(&reply);
	return document;
}

/* Checks that the first hit is of this kind and leads to this answer. */
static void
check_hit(const char *question, const char *kind, const char *answer)
{
	struct json_value *v = ask("/api/v1/find", question, 200);
	const struct json_value *hit = json_first(json_get(v, "hits"));
	const char *own = json_get_string(hit, "answer");

	ck_assert_msg(hit != NULL, "%s finds nothing", question);
	ck_assert_str_eq(json_get_string(hit, "kind"), kind);
	ck_assert_str_eq(own ? own : json_get_string(hit, "reason"), answer);
	json_free(v);
}

#define BOTH "Eth1/1 on leaf1a, Eth1/2 on leaf1a"

START_TEST(whatever_is_inside_is_found_with_its_switch_ports)
{
	serve();
	check_hit("52:54:00:00:00:01", "vnic", BOTH);
	check_hit("web 01", "vm", BOTH);
	check_hit("hv1 web 01", "vm", BOTH);
	check_hit("id-web 01", "vm", BOTH);
	check_hit("hv1 vnet0", "vnic", BOTH);
	check_hit("br-int", "vswitch", BOTH);
	check_hit("hv1 br-int tag 10", "port_group", BOTH);
	check_hit("bond0", "link", BOTH);
	check_hit("3f4a5b6c7d8e", "vm",
	    "the host does not tell which virtual switch this vNIC is on");
	stop();
}
END_TEST

/* Legs of the question; all of them have this virtual switch first. */
static void
check_path(const char *question, size_t legs, const char *vswitch)
{
	struct json_value *v = ask("/api/v1/path", question, 200);
	const struct json_value *list = json_get(v, "legs");

	ck_assert_msg(json_count(list) == legs, "%s: %zu legs", question,
	    json_count(list));
	for (list = json_first(list); list; list = json_next(list))
		ck_assert_str_eq(
		    json_get_string(
			json_first(json_get(list, "vswitch")), "name"),
		    vswitch);
	json_free(v);
}

START_TEST(a_path_begins_at_any_hop)
{
	serve();
	check_path("web 01", 2, "br-int");
	check_path("5254.0000.0001", 2, "br-int");
	check_path("hv1 vnet0", 2, "br-int");
	check_path("hv1 br-int tag 10", 2, "br-int");
	check_path("br-int", 2, "br-int");
	check_path("br-ex", 2, "br-ex");
	check_path("hv1 bond0", 2, "br-ex");
	check_path("hv1 ens1f1", 1, "br-ex");
	check_path("leaf1a Eth1/2", 1, "br-ex");
	check_path("hv1", 2, "br-ex");
	stop();
}
END_TEST

/* What a path that is not known is refused with. */
static void
check_no_path(const char *question, const char *detail)
{
	struct json_value *v = ask("/api/v1/path", question, 404);

	ck_assert_str_eq(json_get_string(v, "detail"), detail);
	json_free(v);
}

START_TEST(a_path_is_never_guessed_by_a_beginning)
{
	char text[sizeof(nics) + 16];
	const char *at = strstr(nics, "Ethernet1/2");
	struct json_value *v;

	ck_assert_ptr_nonnull(at);
	at += strlen("Ethernet1/2");
	(void)snprintf(
	    text, sizeof(text), "%.*s0%s", (int)(at - nics), nics, at);
	serve_nics(text);
	check_path("leaf1a Eth1/20", 1, "br-ex");
	check_path("leaf1a 1/20", 1, "br-ex");
	check_no_path("leaf1a ethernet1/2",
	    "Eth1/2 of leaf1a was not seen: no agent is behind it; find shows "
	    "what comes close");
	check_no_path("eth 1/9 LEAF1A",
	    "Eth1/9 of leaf1a was not seen: no agent is behind it; find shows "
	    "what comes close");
	check_no_path("hv1 ens1",
	    "nothing that has a NIC is called \"hv1 ens1\"; find shows what "
	    "comes close");
	v = ask("/api/v1/find", "leaf1a ethernet1/2", 200);
	ck_assert_int_eq(json_get_number(v, "count", 0), 1);
	ck_assert(!json_get_boolean(v, "named", true));
	json_free(v);
	v = ask("/api/v1/find", "leaf1a eth1/20", 200);
	ck_assert(json_get_boolean(v, "named", false));
	json_free(v);
	stop();
}
END_TEST

START_TEST(a_leg_has_every_hop_and_its_member_state)
{
	struct json_value *v;
	const struct json_value *leg, *hop;

	serve();
	v = ask("/api/v1/path", "web 01", 200);
	leg = json_first(json_get(v, "legs"));
	ck_assert_str_eq(
	    json_get_string(json_get(leg, "workload"), "name"), "web 01");
	ck_assert_str_eq(
	    json_get_string(json_get(leg, "vnic"), "name"), "vnet0");
	ck_assert_int_eq(
	    json_get_number(json_get(leg, "port_group"), "vlan", -1), 10);
	hop = json_next(json_first(json_get(leg, "vswitch")));
	ck_assert_str_eq(json_get_string(hop, "name"), "br-ex");
	hop = json_get(leg, "uplink");
	ck_assert_str_eq(json_get_string(hop, "member_state"), "active");
	hop = json_get(json_next(leg), "uplink");
	ck_assert_str_eq(json_get_string(hop, "member_state"), "standby");
	json_free(v);
	v = ask("/api/v1/path", "db", 200);
	leg = json_first(json_get(v, "legs"));
	ck_assert_ptr_nonnull(json_get_string(json_get(leg, "nic"), "unknown"));
	ck_assert_ptr_nonnull(
	    json_get_string(json_first(json_get(leg, "vswitch")), "unknown"));
	json_free(v);
	stop();
}
END_TEST

/* The claim on a topic of the first leg. */
static const struct json_value *
claim_of(const struct json_value *v, const char *topic)
{
	const struct json_value *c =
	    json_get(json_first(json_get(v, "legs")), "claims");

	for (c = json_first(c); c; c = json_next(c)) {
		if (strcmp(json_get_string(c, "topic"), topic) == 0)
			return c;
	}
	return NULL;
}

START_TEST(the_host_claims_the_vlans_that_its_port_groups_need)
{
	const struct json_value *c;
	struct json_value *v;

	serve();
	v = ask("/api/v1/path", "hv1 ens1f0", 200);
	c = claim_of(v, "vlans");
	ck_assert_str_eq(
	    json_get_string(json_get(c, "host"), "text"), "needs 10, 20");
	/* VLAN 20 is not named; that does not mean that it is not allowed. */
	ck_assert_str_eq(json_get_string(c, "verdict"), "unknown");
	c = claim_of(v, "vlan_untagged");
	ck_assert_str_eq(json_get_string(json_get(c, "host"), "text"),
	    "sends nothing untagged");
	ck_assert_str_eq(json_get_string(c, "verdict"), "unknown");
	json_free(v);
	stop();
}
END_TEST

START_TEST(sides_that_are_not_current_agree_no_more)
{
	const struct json_value *c;
	struct json_value *v;

	serve();
	now = 1200; /* the host is silent, the neighbor expired */
	v = ask("/api/v1/path", "hv1 ens1f0", 200);
	c = claim_of(v, "cable");
	ck_assert_str_eq(json_get_string(c, "verdict"), "unknown");
	ck_assert_str_eq(json_get_string(c, "was"), "yes");
	json_free(v);
	stop();
}
END_TEST

START_TEST(a_tag_is_expected_where_the_switch_has_none)
{
	char text[sizeof(nics) + 1];
	const char *at = strstr(nics, "\"pvid\":1}");
	const struct json_value *c, *e;
	struct json_value *v;

	ck_assert_ptr_nonnull(at);
	(void)snprintf(text, sizeof(text), "%.*s\"pvid\":10}%s",
	    (int)(at - nics), nics, at + strlen("\"pvid\":1}"));
	serve_nics(text);
	v = ask("/api/v1/path", "web 01", 200);
	c = json_first(json_get(json_first(json_get(v, "legs")), "carries"));
	ck_assert_str_eq(json_get_string(c, "verdict"), "unknown");
	ck_assert_str_eq(json_get_string(c, "text"),
	    "the switch has VLAN 10 for untagged frames, but the host expects "
	    "a tag");
	e = json_first(json_get(c, "evidence"));
	ck_assert_str_eq(json_get_string(e, "text"), "names VLAN 10, web");
	ck_assert_str_eq(
	    json_get_string(claim_of(v, "vlans"), "verdict"), "unknown");
	json_free(v);
	stop();
}
END_TEST

START_TEST(lists_count_what_is_inside)
{
	const struct json_value *one;
	struct json_value *v;

	serve();
	v = ask("/api/v1/vms", "", 200);
	ck_assert_int_eq(json_get_number(v, "count", -1), 2);
	one = json_next(json_first(json_get(v, "vms")));
	ck_assert_str_eq(json_get_string(one, "name"), "web 01");
	ck_assert_uint_eq(json_count(json_get(one, "switches")), 2);
	json_free(v);
	v = ask("/api/v1/vms/web 01", "", 200);
	ck_assert_uint_eq(json_count(json_get(v, "legs")), 2);
	json_free(v);
	json_free(ask("/api/v1/vms/nobody", "", 404));
	v = ask("/api/v1/vswitches", "", 200);
	one = json_next(json_first(json_get(v, "vswitches")));
	ck_assert_str_eq(json_get_string(one, "name"), "br-int");
	ck_assert_int_eq(json_get_number(one, "vnics", -1), 1);
	json_free(v);
	v = ask("/api/v1/vlans", "", 200);
	ck_assert_int_eq(json_get_number(v, "count", -1), 3);
	one = json_next(json_first(json_get(v, "vlans")));
	ck_assert_int_eq(json_get_number(one, "id", -1), 10);
	ck_assert_int_eq(json_get_number(one, "needed_by", -1), 1);
	ck_assert_int_eq(json_get_number(one, "told_on_ports", -1), 2);
	json_free(v);
	stop();
}
END_TEST

/* Takes the report as that of another host. */
static void
post_other(const char *id, const char *name)
{
	char *text = inside_report(1, nics, inside), *at;

	at = strstr(text, "\"host\":{\"id\":\"");
	ck_assert_ptr_nonnull(at);
	memcpy(at + strlen("\"host\":{\"id\":\""), id, strlen(id));
	at = strstr(text, "\"hv1\"");
	ck_assert_ptr_nonnull(at);
	memcpy(at + 1, name, strlen(name));
	post(text);
	free(text);
}

START_TEST(a_name_of_several_is_never_answered_by_one)
{
	struct json_value *v;

	serve();
	post_other("2222", "hv2");
	v = ask("/api/v1/vms/web 01", "", 409);
	ck_assert_str_eq(json_get_string(v, "detail"),
	    "\"web 01\" means 2 alike; ask for one of them: \"hv1 web 01\", "
	    "\"hv2 web 01\"");
	json_free(v);
	v = ask("/api/v1/vms/hv2 web 01", "", 200);
	ck_assert_str_eq(json_get_string(json_get(v, "vm"), "host"), "hv2");
	json_free(v);
	json_free(ask("/api/v1/vms/hv2 id-web 01", "", 200));
	v = ask("/api/v1/vswitches/br-ex", "", 409);
	ck_assert_str_eq(json_get_string(v, "detail"),
	    "\"br-ex\" means 2 alike; ask for one of them: \"hv1 br-ex\", "
	    "\"hv2 br-ex\"");
	json_free(v);
	json_free(ask("/api/v1/vswitches/hv1 br-ex", "", 200));
	check_path("web 01", 4, "br-int"); /* a path shows all of them */
	check_path("id-web 01", 4, "br-int");
	stop();
}
END_TEST

START_TEST(a_vlan_finds_its_port_groups_and_ports)
{
	struct json_value *v;
	bool group = false, vlan = false;

	serve();
	v = ask("/api/v1/find", "vlan 10", 200);
	for (const struct json_value *h = json_first(json_get(v, "hits")); h;
	     h = json_next(h)) {
		const char *kind = json_get_string(h, "kind");

		group |= strcmp(kind, "port_group") == 0;
		vlan |= strcmp(kind, "vlan") == 0;
	}
	ck_assert(group && vlan);
	json_free(v);
	v = ask("/api/v1/find", "vlan 999", 200);
	ck_assert_int_eq(json_get_number(v, "count", -1), 0);
	json_free(v);
	stop();
}
END_TEST

/* How many vNICs would lose all, and how many redundancy, without it. */
static void
check_impact(const char *question, int all, int redundancy)
{
	struct json_value *v = ask("/api/v1/impact", question, 200);
	const struct json_value *lost = json_get(v, "loses_all");
	const struct json_value *kept = json_get(v, "loses_redundancy");

	ck_assert_msg(json_get_number(lost, "count", -1) == all,
	    "%s cuts off others", question);
	ck_assert_msg(json_get_number(kept, "count", -1) == redundancy,
	    "%s takes the redundancy of others", question);
	json_free(v);
}

START_TEST(what_a_cable_takes_with_it_is_told_before_it_is_pulled)
{
	serve();
	check_impact("hv1 ens1f0", 0, 1);
	check_impact("leaf1a eth1/2", 0, 1);
	check_impact("leaf1a", 1, 0);
	json_free(ask("/api/v1/impact", "leaf1a eth1/9", 404));
	json_free(ask("/api/v1/impact", "web 01", 404));
	stop();
}
END_TEST

START_TEST(a_leg_that_is_down_is_no_way_to_fall_back_on)
{
	serve_nics("\"nics\":[" NIC("ens1f0", "b8:ce:f6:00:01:00",
	    "1") ",{"
		 "\"name\":\"ens1f1\",\"mac\":\"b8:ce:f6:00:01:01\",\"up\":"
		 "true,"
		 "\"carrier\":false}]");
	check_impact("hv1 ens1f0", 1, 0);
	check_impact("hv1 ens1f1", 0, 0);
	stop();
}
END_TEST

SUITE("api_inside", what_a_cable_takes_with_it_is_told_before_it_is_pulled,
    a_leg_that_is_down_is_no_way_to_fall_back_on,
    whatever_is_inside_is_found_with_its_switch_ports, a_path_begins_at_any_hop,
    a_path_is_never_guessed_by_a_beginning,
    a_leg_has_every_hop_and_its_member_state,
    the_host_claims_the_vlans_that_its_port_groups_need,
    sides_that_are_not_current_agree_no_more,
    a_tag_is_expected_where_the_switch_has_none, lists_count_what_is_inside,
    a_vlan_finds_its_port_groups_and_ports,
    a_name_of_several_is_never_answered_by_one)
