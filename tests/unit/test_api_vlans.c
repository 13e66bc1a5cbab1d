#include "tests/support/asking.h"
#include "tests/support/suite.h"

static void
begin(void)
{
	asking_begin();
	asking_post_file("tests/reports/esx01.json");
	asking_post_file("tests/reports/hv1.json");
}

/* "140 yes ..., untagged no ...": what the first leg carries. */
static const char *
carries(const char *question)
{
	static char line[1024];
	struct json_value *v = asking("/api/v1/path", question, 200);
	const struct json_value *c =
	    json_get(json_first(json_get(v, "legs")), "carries");
	size_t length = 0;

	line[0] = '\0';
	for (c = json_first(c); c; c = json_next(c))
		length += (size_t)snprintf(line + length, sizeof(line) - length,
		    "%s%lld %s: %s", length ? "; " : "",
		    (long long)json_get_number(c, "vlan", 0),
		    json_get_string(c, "verdict"), json_get_string(c, "text"));
	json_free(v);
	return line;
}

START_TEST(a_leg_carries_what_is_told_or_heard)
{
	begin();
	ck_assert_str_eq(carries("vm-10"),
	    "140 yes: the switch names VLAN 140, prod (LLDP, told by vCenter)");
	ck_assert_str_eq(carries("vm-12"),
	    "150 yes: frames tagged 150 arrive (told by vCenter)");
	ck_assert_str_eq(
	    carries("hv1 br0 tag 20"), "20 yes: frames tagged 20 arrive");
	ck_assert_str_eq(carries("hv1 br0 untagged"),
	    "0 yes: the switch has port VLAN 10 for untagged frames (LLDP)");
	asking_end();
}
END_TEST

START_TEST(what_is_held_back_or_without_carrier_is_not_carried)
{
	begin();
	ck_assert_str_eq(carries("tagged"),
	    "40 no: br0 does not let VLAN 40 through ens1f0");
	ck_assert_str_eq(
	    carries("hv1 br1 tag 10"), "10 no: ens1f1 has no carrier");
	asking_end();
}
END_TEST

START_TEST(what_nobody_tells_is_unknown_and_says_why)
{
	begin();
	ck_assert_str_eq(carries("hv1 br0 tag 30"),
	    "30 unknown: the switch does not name VLAN 30 and no frame of it "
	    "arrived; it may still be let through");
	ck_assert_str_eq(carries("esx01 DSwitch old"),
	    "160 unknown: frames tagged 160 arrive (told by vCenter), but "
	    "that was 8 min ago");
	ck_assert_str_eq(carries("esx01 DSwitch private"),
	    "200 unknown: the switch does not name VLAN 200, which it may "
	    "still let through, and nobody listens for it; 201 unknown: the "
	    "switch does not name VLAN 201, which it may still let through, "
	    "and nobody listens for it");
	/* No port group, no VLAN to ask for. */
	ck_assert_str_eq(carries("hv1 ens1f0"), "");
	ck_assert_str_eq(carries("fast"), "");
	asking_now = 1100; /* told until 1110, heard until 4580 */
	ck_assert_str_eq(
	    carries("hv1 br0 tag 20"), "20 yes: frames tagged 20 arrive");
	asking_now = 1200; /* and the host is silent */
	ck_assert_str_eq(carries("hv1 br0 tag 20"),
	    "20 unknown: frames tagged 20 arrive, but that was 4 min ago");
	ck_assert_str_eq(carries("tagged"),
	    "40 unknown: nothing was heard of the host for 3 min");
	asking_end();
}
END_TEST

/* A host with one NIC, one switch and one port group. */
static void
post_untold(const char *more)
{
	char text[1024];

	(void)snprintf(text, sizeof(text),
	    "{\"version\":1,\"number\":1,\"sent_at\":1000,"
	    "\"digest\":\"0000000000000001\",\"host\":{\"id\":"
	    "\"00000000000000000000000000000007\",\"name\":\"h7\"},"
	    "\"nics\":[{\"name\":\"n0\",\"mac\":\"02:00:00:00:00:07\","
	    "\"neighbors\":[]}],\"links\":[],\"vswitches\":"
	    "[{\"name\":\"s\",\"kind\":"
	    "\"distributed\",\"uplinks\":[{\"name\":\"uplinks\",\"kind\":"
	    "\"team\",\"members\":[{\"nic\":\"n0\"}]}]}],"
	    "\"port_groups\":[{\"vswitch\":\"s\",\"name\":\"odd\"%s}]}",
	    more);
	asking_post(text);
}

START_TEST(a_port_group_of_an_unknown_vlan_is_not_untagged)
{
	asking_begin();
	post_untold("");
	ck_assert_str_eq(carries("h7 s odd"),
	    "0 unknown: no neighbor is known that could tell of untagged "
	    "frames");
	asking_end();
	asking_begin();
	post_untold(",\"unknown_vlan\":true");
	ck_assert_str_eq(carries("h7 s odd"),
	    "0 unknown: nobody tells which VLAN the port group is in");
	asking_end();
}
END_TEST

START_TEST(evidence_tells_who_when_and_which_addresses)
{
	struct json_value *v;
	const struct json_value *e;

	begin();
	v = asking("/api/v1/path", "vm-12", 200);
	e = json_get(json_first(json_get(v, "legs")), "carries");
	e = json_first(json_get(json_first(e), "evidence"));
	ck_assert_str_eq(json_get_string(e, "by"), "wire");
	ck_assert_str_eq(json_get_string(e, "source"), "vsphere");
	ck_assert_int_eq(json_get_number(e, "last_heard", -1), 980);
	ck_assert_str_eq(json_string_of(json_first(json_get(e, "subnets"))),
	    "10.1.150.0/24");
	json_free(v);
	asking_end();
}
END_TEST

START_TEST(a_nic_shows_the_vlans_that_it_heard)
{
	struct json_value *v;
	const struct json_value *heard;

	begin();
	v = asking("/api/v1/path", "esx01 vmnic0", 200);
	heard = json_get(
	    json_get(json_first(json_get(v, "legs")), "nic"), "heard_vlans");
	ck_assert_uint_eq(json_count(heard), 2);
	heard = json_first(heard);
	ck_assert_int_eq(json_get_number(heard, "id", -1), 150);
	ck_assert_str_eq(json_get_string(heard, "state"), "current");
	heard = json_next(heard);
	ck_assert_int_eq(json_get_number(heard, "id", -1), 160);
	ck_assert_str_eq(json_get_string(heard, "state"), "stale");
	json_free(v);
	asking_end();
}
END_TEST

/* "host nic needed verdict": the NICs of one VLAN. */
static const char *
nics_of(const char *path)
{
	static char line[1024];
	struct json_value *v = asking(path, "", 200);
	const struct json_value *n = json_first(json_get(v, "nics"));
	size_t length = 0;

	line[0] = '\0';
	for (; n; n = json_next(n))
		length += (size_t)snprintf(line + length, sizeof(line) - length,
		    "%s%s %s%s %s", length ? ", " : "",
		    json_get_string(n, "host"), json_get_string(n, "nic"),
		    json_get_boolean(n, "needed", false) ? " needs" : "",
		    json_get_string(n, "verdict"));
	json_free(v);
	return line;
}

START_TEST(a_vlan_shows_each_nic_that_needs_hears_or_is_told_of_it)
{
	struct json_value *v;
	const struct json_value *one;

	begin();
	ck_assert_str_eq(nics_of("/api/v1/vlans/140"),
	    "esx01 vmnic0 needs yes, esx01 vmnic1 needs yes, hv1 ens1f0 yes");
	/* The port group may leave by vmnic1 only. */
	ck_assert_str_eq(nics_of("/api/v1/vlans/150"),
	    "esx01 vmnic0 yes, esx01 vmnic1 needs yes");
	/* br0 sends it untagged, br1 tagged over a NIC without carrier. */
	ck_assert_str_eq(nics_of("/api/v1/vlans/10"),
	    "hv1 ens1f0 needs yes, hv1 ens1f1 needs no");
	ck_assert_str_eq(
	    nics_of("/api/v1/vlans/vlan 40"), "hv1 ens1f0 needs no");
	/* A VLAN device of the kernel. */
	ck_assert_str_eq(
	    nics_of("/api/v1/vlans/77"), "hv1 ens1f0 needs unknown");
	json_free(asking("/api/v1/vlans/999", "", 404));
	json_free(asking("/api/v1/vlans/prod", "", 404));
	v = asking("/api/v1/vlans/140", "", 200);
	one = json_get(v, "vlan");
	ck_assert_int_eq(json_get_number(one, "needed_by", -1), 2);
	ck_assert_uint_eq(json_count(json_get(one, "names")), 2);
	one = json_first(json_get(v, "nics"));
	ck_assert_str_eq(json_string_of(json_first(json_get(one, "needed_by"))),
	    "DSwitch prod");
	ck_assert_str_eq(
	    json_get_string(one, "switch_port"), "Eth1/10 on leaf1a");
	one = json_first(json_get(v, "port_groups"));
	ck_assert_str_eq(json_get_string(one, "name"), "prod");
	ck_assert_ptr_null(json_get(v, "truncated"));
	json_free(v);
	v = asking("/api/v1/vlans", "", 200);
	for (one = json_first(json_get(v, "vlans")); one; one = json_next(one))
		if (json_get_number(one, "id", -1) == 150)
			break;
	ck_assert_int_eq(json_get_number(one, "heard_on_nics", -1), 2);
	ck_assert_int_eq(json_get_number(one, "last_heard", -1), 980);
	json_free(v);
	asking_end();
}
END_TEST

SUITE("api_vlans", a_leg_carries_what_is_told_or_heard,
    what_is_held_back_or_without_carrier_is_not_carried,
    what_nobody_tells_is_unknown_and_says_why,
    a_port_group_of_an_unknown_vlan_is_not_untagged,
    evidence_tells_who_when_and_which_addresses,
    a_nic_shows_the_vlans_that_it_heard,
    a_vlan_shows_each_nic_that_needs_hears_or_is_told_of_it)
