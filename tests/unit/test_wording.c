#include "agent/wording.h"

#include <check.h>
#include <string.h>

#include "agent/grid.h"
#include "tests/support/suite.h"

static struct text
text_in(struct neighbor *n, const char *text)
{
	struct cursor c = cursor_over(text, strlen(text));

	return neighbor_add_text(n, &c);
}

/* An LLDP neighbor whose port id is a MAC, as Linux hosts and some switches
 * send it. */
static struct words
words_with(const char *port, enum id_type type, const char *description)
{
	struct neighbor n;
	struct words words;

	neighbor_clear(&n);
	n.protocol = PROTOCOL_LLDP;
	n.system_name = text_in(&n, "leaf1.example.net");
	n.port_id = (struct identifier){ type, text_in(&n, port) };
	if (description)
		n.port_description = text_in(&n, description);
	words_of(&n, &words);
	return words;
}

START_TEST(a_port_is_named_as_the_interface_is)
{
	struct words w = words_with("Ethernet1/3", ID_INTERFACE_NAME, "to hv1");

	ck_assert_str_eq(w.port, "Ethernet1/3");
	ck_assert(w.port_is_name);
	w = words_with("526", ID_LOCAL, "xe-0/0/11");
	ck_assert_str_eq(w.port, "xe-0/0/11");
	ck_assert(w.port_is_name);
	/* What an operator wrote is no name. */
	w = words_with("526", ID_LOCAL, "to hv1 ens1f1");
	ck_assert_str_eq(w.port, "526");
	ck_assert(!w.port_is_name);
}
END_TEST

START_TEST(two_protocols_of_one_port_are_one_line)
{
	struct words lldp = words_with("526", ID_LOCAL, NULL);
	struct words cdp = words_with("Gi1/0/14", ID_INTERFACE_NAME, NULL);

	memcpy(cdp.protocols, "CDP", 4);
	memcpy(cdp.vlan, "VLAN 10 native", 15);
	ck_assert(words_agree(&lldp, &cdp));
	words_merge(&lldp, &cdp);
	ck_assert_str_eq(lldp.port, "Gi1/0/14");
	ck_assert_str_eq(lldp.protocols, "LLDP + CDP");
	ck_assert_str_eq(lldp.vlan, "VLAN 10 native");
	words_merge(&lldp, &cdp);
	ck_assert_str_eq(lldp.protocols, "LLDP + CDP");
}
END_TEST

START_TEST(another_port_or_device_does_not_agree)
{
	struct words a = words_with("Eth1/1", ID_INTERFACE_NAME, NULL);
	struct words b = words_with("Eth1/2", ID_INTERFACE_NAME, NULL);
	struct words c = words_with("Eth1/1", ID_INTERFACE_NAME, NULL);

	ck_assert(!words_agree(&a, &b));
	memcpy(c.device, "leaf1", 6);
	ck_assert(words_agree(&a, &c));
	memcpy(c.device, "leaf2", 6);
	ck_assert(!words_agree(&a, &c));
}
END_TEST

START_TEST(ages_are_short)
{
	static const struct {
		long long seconds;
		const char *text;
	} ages[] = { { -5, "0 s" }, { 119, "119 s" }, { 120, "2 min" },
		{ 7200, "2 h" }, { 172800, "2 d" } };
	char text[24];

	for (size_t i = 0; i < sizeof(ages) / sizeof(ages[0]); i++) {
		words_age(text, sizeof(text), ages[i].seconds);
		ck_assert_str_eq(text, ages[i].text);
	}
}
END_TEST

static void
add_row(struct grid *grid, const char *a, const char *b, const char *c)
{
	struct grid_row *row = grid_add(grid);

	memcpy(row->cells[0], a, strlen(a) + 1);
	memcpy(row->cells[1], b, strlen(b) + 1);
	memcpy(row->cells[2], c, strlen(c) + 1);
}

START_TEST(columns_stand_below_each_other)
{
	struct buffer out = { .limit = 1000 };
	struct grid grid;

	grid_init(&grid, 3);
	add_row(&grid, "NIC", "SWITCH", "STATE");
	add_row(&grid, "eno1", "f\u00fc-1", "ok");
	add_row(&grid, "e", "-", "");
	grid_write(&grid, 80, &out);
	ck_assert_str_eq(buffer_string(&out), "NIC   SWITCH  STATE\n"
					      "eno1  f\u00fc-1    ok\n"
					      "e     -\n");
	grid_done(&grid);
	buffer_done(&out);
}
END_TEST

START_TEST(the_widest_column_is_cut_to_fit)
{
	struct buffer out = { .limit = 1000 };
	struct grid grid;

	grid_init(&grid, 3);
	add_row(&grid, "eno1", "a-switch-with-a-very-long-name", "current");
	grid_write(&grid, 30, &out);
	ck_assert_str_eq(
	    buffer_string(&out), "eno1  a-switch-with-\u2026  current\n");
	grid_done(&grid);
	buffer_done(&out);
}
END_TEST

SUITE("wording", a_port_is_named_as_the_interface_is,
    two_protocols_of_one_port_are_one_line,
    another_port_or_device_does_not_agree, ages_are_short,
    columns_stand_below_each_other, the_widest_column_is_cut_to_fit)
