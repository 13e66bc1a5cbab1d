#include "collector/find.h"

#include <stdio.h>
#include <stdlib.h>

#include "tests/support/suite.h"
#include "tests/support/world.h"

static const char *addresses[] = { "10.99.0.1" };

static void
setup(struct world *w)
{
	struct model_nic *nic;
	struct model_neighbor n;

	world_init(w);
	nic = world_nic(w, "esx-07.example.net", "ens1f0");
	nic->mac = "00:50:56:9a:1c:0e";
	n = from_mac(
	    heard_lldp("b8:ce:f6:00:00:00", "leaf1a.dc1", "Ethernet1/1"),
	    "b8:ce:f6:00:00:01");
	n.addresses = (struct texts){ addresses, 1 };
	n.pvid = 120;
	world_hear(nic, n);
	nic = world_nic(w, "esx-07.example.net", "ens1f1");
	nic->mac = nic->permanent_mac = "00:50:56:9a:1c:0f";
	world_hear(nic, heard_cdp("sw2(FDO21161ABC)", "GigabitEthernet1/0/14"));
	world_nic(w, "esx-17.example.net", "ens1f0");
	world_judge(w, NOW);
}

/* "kind/fit/place why", the best hit first; "" for none. */
static const char *
best_of(const struct world *w, const char *asked)
{
	static char text[128];
	struct query q;
	struct found f;

	text[0] = '\0';
	if (!query_read(asked, &q))
		return "no question";
	ck_assert_int_eq(
	    find(&(struct find_in){ &w->topology, &w->model, NULL }, &q, &f),
	    STATUS_OK);
	if (f.count > 0)
		(void)snprintf(text, sizeof(text), "%s %s: %s",
		    f.hits[0].fit == FIT_EXACT ? "exact" : "like",
		    find_kind_name(f.hits[0].kind), f.hits[0].why);
	find_done(&f);
	return text;
}

START_TEST(every_identity_in_every_notation_is_found)
{
	static const char *const rows[][2] = {
		{ "00:50:56:9a:1c:0e", "exact nic: MAC of the NIC" },
		{ "00-50-56-9A-1C-0E", "exact nic: MAC of the NIC" },
		{ "0050.569a.1c0e", "exact nic: MAC of the NIC" },
		{ "0050569a1c0e", "exact nic: MAC of the NIC" },
		{ "00 50 56 9a 1c 0e", "exact nic: MAC of the NIC" },
		{ "1c:0e", "like nic: MAC of the NIC" },
		{ "9a1c.0f", "like nic: MAC of the NIC" },
		{ "esx-07", "exact host: name of the host" },
		{ "ESX07", "exact host: name of the host" },
		{ "esx 07", "exact host: name of the host" },
		{ "esx-07.example.net", "exact host: name of the host" },
		{ "esx", "like host: name of the host" },
		{ "esx07 ens1f1", "exact nic: name of the NIC" },
		{ "ens1f1 esx07", "exact nic: name of the NIC" },
		{ "leaf1a", "exact switch: name of the switch" },
		{ "LEAF-1A", "exact switch: name of the switch" },
		{ "leaf1a eth1/1", "exact port: name of the switch port" },
		{ "Eth1/1 leaf1a", "exact port: name of the switch port" },
		{ "e 1/1 leaf1a", "exact port: name of the switch port" },
		{ "gi 1/0/14", "exact port: name of the switch port" },
		{ "sw2 1/0/14", "like port: name of the switch port" },
		{ "10.99.0.1",
		    "exact switch: management address of the switch" },
		{ "FDO21161ABC", "exact switch: serial of the switch" },
		{ "b8:ce:f6:00:00:00",
		    "exact switch: chassis MAC of the switch" },
		{ "b8:ce:f6:00:00:01", "exact port: MAC of the switch port" },
		{ "vlan 120", "exact port: untagged VLAN of the switch port" },
		{ "v120", "exact port: untagged VLAN of the switch port" },
		{ "vlan120", "exact port: untagged VLAN of the switch port" },
		{ "nosuchthing", "" },
		{ "vlan 121", "" },
		{ "10.99.0.2", "" },
		{ "00:50:56:9a:1c:aa", "" },
		{ "esx07 leaf1a", "" },
		{ "  ", "no question" },
		{ "-:.", "no question" },
	};
	struct world w;

	setup(&w);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		ck_assert_msg(strcmp(best_of(&w, rows[i][0]), rows[i][1]) == 0,
		    "%s: %s, expected %s", rows[i][0], best_of(&w, rows[i][0]),
		    rows[i][1]);
	world_done(&w);
}
END_TEST

START_TEST(a_name_with_blanks_is_found_by_all_of_its_words)
{
	struct world w;

	world_init(&w);
	world_hear(world_nic(&w, "hv1", "eth0"),
	    heard_lldp("b8:ce:f6:00:00:00", "core switch", "port 3"));
	world_judge(&w, NOW);
	ck_assert_str_eq(best_of(&w, "core switch port 3"),
	    "exact port: name of the switch port");
	ck_assert_str_eq(best_of(&w, "core switch port"),
	    "like port: name of the switch port");
	world_done(&w);
}
END_TEST

START_TEST(a_host_answers_with_its_nics)
{
	struct world w;
	struct query q;
	struct found f;

	setup(&w);
	ck_assert(query_read("esx-07", &q));
	ck_assert_int_eq(
	    find(&(struct find_in){ &w.topology, &w.model, NULL }, &q, &f),
	    STATUS_OK);
	ck_assert_uint_eq(f.count, 3);
	ck_assert_int_eq(f.hits[0].kind, FIND_HOST);
	ck_assert_int_eq(f.hits[1].kind, FIND_NIC);
	ck_assert_str_eq(f.hits[1].why, "NIC of the host");
	find_done(&f);
	world_done(&w);
}
END_TEST

START_TEST(an_ip_address_is_no_mac)
{
	struct query q;

	ck_assert(query_read("10.1.120.11", &q));
	ck_assert_str_eq(q.whole.address, "10.1.120.11");
	ck_assert_str_eq(q.whole.mac, "");
	ck_assert(query_read("2001:DB8:0::1", &q));
	ck_assert_str_eq(q.whole.address, "2001:db8::1");
}
END_TEST

START_TEST(a_question_has_a_limit)
{
	char text[QUERY_SIZE_MOST + 1];
	struct query q;

	memset(text, 'a', QUERY_SIZE_MOST);
	text[QUERY_SIZE_MOST] = '\0';
	ck_assert(!query_read(text, &q));
	text[QUERY_SIZE_MOST - 1] = '\0';
	ck_assert(query_read(text, &q));
	ck_assert(query_read("a b c d e f g h i j k l", &q));
	ck_assert_uint_eq(q.count, QUERY_WORDS_MOST);
}
END_TEST

START_TEST(an_exact_hit_is_found_after_many_that_are_not)
{
	enum { LINKS = FIND_HITS_MOST + 1 };
	struct model_link *links = calloc(LINKS, sizeof(*links));
	struct world w;

	ck_assert_ptr_nonnull(links);
	setup(&w);
	for (size_t i = 0; i < LINKS; i++)
		links[i] = (struct model_link){ .name = "leaf1a-tap",
			.kind = "",
			.mac = "",
			.facts = "{}" };
	w.host[0].links = links;
	w.host[0].link_count = LINKS;
	ck_assert_str_eq(
	    best_of(&w, "leaf1a"), "exact switch: name of the switch");
	world_done(&w);
	free(links);
}
END_TEST

START_TEST(a_host_is_found_by_each_of_its_many_addresses)
{
	static char texts[1024][16];
	static const char *all[1024];
	struct world w;

	setup(&w);
	for (int i = 0; i < 1024; i++) {
		(void)snprintf(
		    texts[i], sizeof(texts[i]), "10.7.%d.%d", i / 256, i % 256);
		all[i] = texts[i];
	}
	w.host[0].addresses = (struct texts){ all, 1024 };
	ck_assert_str_eq(
	    best_of(&w, "10.7.0.0"), "exact host: address of the host");
	ck_assert_str_eq(
	    best_of(&w, "10.7.3.255"), "exact host: address of the host");
	world_done(&w);
}
END_TEST

SUITE("find", an_exact_hit_is_found_after_many_that_are_not,
    a_host_is_found_by_each_of_its_many_addresses,
    every_identity_in_every_notation_is_found, a_host_answers_with_its_nics,
    a_name_with_blanks_is_found_by_all_of_its_words, an_ip_address_is_no_mac,
    a_question_has_a_limit)
