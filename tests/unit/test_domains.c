#include "agent/domains.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#include "agent/domains_index.h"
#include "tests/support/suite.h"

static enum domains_news
take(struct domains *d, const char *text)
{
	CLEANUP(json_cleanup) struct json_value *v = NULL;
	char error[JSON_ERROR_SIZE];

	ck_assert_msg(json_parse(text, strlen(text), &v, error) == STATUS_OK,
	    "%s", error);
	return domains_take(d, v);
}

#define MACHINE(uuid, state, nics)                                             \
	"{\"domain\":{\"uuid\":\"" uuid "\",\"name\":\"n" uuid                 \
	"\",\"state\":\"" state "\",\"nics\":[" nics "]}}"
#define NIC(target, mac) "{\"target\":\"" target "\",\"mac\":\"" mac "\"}"

START_TEST(machines_are_known_when_all_were_told)
{
	struct domains d = { .items = NULL };

	ck_assert_int_eq(take(&d, MACHINE("b", "running", "")), DOMAINS_MORE);
	ck_assert_int_eq(take(&d, MACHINE("a", "off", "")), DOMAINS_MORE);
	ck_assert(!d.complete);
	ck_assert_int_eq(take(&d, "{\"complete\":true}"), DOMAINS_COMPLETE);
	ck_assert(d.complete);
	ck_assert_uint_eq(d.count, 2);
	ck_assert_int_eq(domains_find(&d, "a")->state, STATE_OFF);
	ck_assert_int_eq(take(&d, MACHINE("a", "paused", "")), DOMAINS_CHANGED);
	ck_assert_int_eq(domains_find(&d, "a")->state, STATE_PAUSED);
	ck_assert_int_eq(take(&d, "{\"gone\":\"a\"}"), DOMAINS_CHANGED);
	ck_assert_ptr_null(domains_find(&d, "a"));
	ck_assert_int_eq(take(&d, "{\"gone\":\"a\"}"), DOMAINS_CHANGED);
	ck_assert_int_eq(take(&d, "{\"lost\":\"why\"}"), DOMAINS_LOST);
	ck_assert(!d.complete && d.count == 0);
	domains_done(&d);
}
END_TEST

START_TEST(what_is_no_line_of_ours_is_refused)
{
	static const char *const lines[] = { "{}", "[]", "7", "null",
		"{\"complete\":false}", "{\"complete\":1}", "{\"gone\":7}",
		"{\"lost\":7}", "{\"domain\":7}", "{\"domain\":{}}",
		"{\"domain\":{\"uuid\":\"\",\"nics\":[]}}",
		"{\"domain\":{\"uuid\":\"a\"}}",
		"{\"domain\":{\"uuid\":\"a\",\"nics\":{}}}",
		"{\"domain\":{\"uuid\":\"a\",\"nics\":[],\"nics_lost\":-1}}" };
	struct domains d = { .items = NULL };

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		ck_assert_int_eq(take(&d, lines[i]), DOMAINS_MALFORMED);
	ck_assert_uint_eq(d.count, 0);
	domains_done(&d);
}
END_TEST

START_TEST(hostile_words_are_cleaned_or_left_out)
{
	struct domains d = { .items = NULL };
	const struct domain *one;

	ck_assert_int_eq(
	    take(&d,
		"{\"domain\":{\"uuid\":\"a\",\"name\":\"x\\u001b[31m\\n\","
		"\"state\":\"\\u0007\",\"nics\":[7,null,{\"mac\":7,\"vf\":-1,"
		"\"vlan\":70000,\"type\":\"<b>\",\"target\":{}}]}}"),
	    DOMAINS_MORE);
	one = domains_find(&d, "a");
	ck_assert_str_eq(one->name, "x\xef\xbf\xbd[31m");
	ck_assert_int_eq(one->state, STATE_UNKNOWN);
	ck_assert_uint_eq(one->nic_count, 3);
	ck_assert(!one->nics[2].has_mac && !one->nics[2].has_vf &&
		  !one->nics[2].has_vlans);
	ck_assert_int_eq(one->nics[2].kind, DOMAIN_NIC_OTHER);
	domains_done(&d);
}
END_TEST

START_TEST(machines_beyond_the_limit_are_counted)
{
	struct domains d = { .items = NULL };
	char line[128];

	for (int i = 0; i < DOMAINS_MOST + 3; i++) {
		snprintf(line, sizeof(line),
		    "{\"domain\":{\"uuid\":\"%d\",\"nics\":[]}}", i);
		ck_assert_int_eq(take(&d, line), DOMAINS_MORE);
	}
	ck_assert_uint_eq(d.count, DOMAINS_MOST);
	ck_assert_uint_eq(d.lost, 3);
	domains_done(&d);
}
END_TEST

START_TEST(a_nic_is_found_when_one_machine_that_runs_has_it)
{
	struct domains d = { .items = NULL };
	struct domains_index i;
	const uint8_t mac[MAC_SIZE] = { 0x52, 0x54, 0, 0, 0, 1 };

	ck_assert_int_eq(
	    take(&d, MACHINE("a", "running", NIC("vnet0", "525400000001"))),
	    DOMAINS_MORE);
	ck_assert_int_eq(
	    take(&d, MACHINE("b", "off", NIC("vnet1", "525400000001"))),
	    DOMAINS_MORE);
	ck_assert_int_eq(
	    take(&d, MACHINE("c", "paused", NIC("vnet2", "525400000002"))),
	    DOMAINS_MORE);
	domains_index_make(&i, &d);
	ck_assert_ptr_null(domains_index_target(&i, "vnet0"));
	domains_index_done(&i);
	ck_assert_int_eq(take(&d, "{\"complete\":true}"), DOMAINS_COMPLETE);
	domains_index_make(&i, &d);
	ck_assert_str_eq(domains_index_target(&i, "vnet0")->domain->uuid, "a");
	ck_assert_str_eq(domains_index_target(&i, "vnet2")->domain->uuid, "c");
	ck_assert_str_eq(domains_index_mac(&i, mac)->domain->uuid, "a");
	ck_assert_ptr_null(domains_index_target(&i, "vnet1"));
	ck_assert_ptr_null(domains_index_target(&i, ""));
	ck_assert_ptr_null(domains_index_interface(&i, ""));
	domains_index_place(&i, domains_index_target(&i, "vnet2"));
	ck_assert(!i.placed[0] && !i.placed[1] && i.placed[2]);
	domains_index_done(&i);
	/* A clone that forgot to change its address. */
	ck_assert_int_eq(
	    take(&d, MACHINE("d", "running", NIC("vnet0", "525400000001"))),
	    DOMAINS_CHANGED);
	domains_index_make(&i, &d);
	ck_assert_ptr_null(domains_index_mac(&i, mac));
	ck_assert_ptr_null(domains_index_target(&i, "vnet0"));
	domains_index_done(&i);
	domains_done(&d);
}
END_TEST

SUITE("domains", machines_are_known_when_all_were_told,
    what_is_no_line_of_ours_is_refused, hostile_words_are_cleaned_or_left_out,
    machines_beyond_the_limit_are_counted,
    a_nic_is_found_when_one_machine_that_runs_has_it)
