/* docs/RULES.md is what the table of rules says; make golden writes it. */
#include <check.h>
#include <string.h>

#include "base/buffer.h"
#include "collector/rules/rule.h"
#include "tests/support/golden.h"
#include "tests/support/suite.h"

enum { PAGE_SIZE = 1 << 20 };

static const char head[] =
    "# The rules\n"
    "\n"
    "What `demarc findings` and `demarc diagnose` judge. Each rule says of "
    "each thing it\n"
    "looks at that it is *broken*, that it *holds*, or that it is *unknown*: "
    "what nobody tells\n"
    "is unknown, never broken, and then `wanting` says what would make it "
    "known.\n"
    "\n"
    "A rule that is broken is told after the time in the last column, and "
    "closed when it\n"
    "has held for as long: what flaps is told once.\n"
    "\n"
    "This page is made of the table in `collector/rules/table.c` by `make "
    "golden`; a unit test\n"
    "holds the one to the other.\n";

static const char columns[] = "| rule | what | why | needs | says | fixes | "
			      "where, whose, how bad, after |\n"
			      "|---|---|---|---|---|---|---|\n";

static const char *const headings[RULE_GROUPS] = {
	[RULES_ATTACHMENT] = "Attachment",
	[RULES_VLAN] = "VLANs",
	[RULES_BOND] = "Bonds and teams",
	[RULES_RATE] = "MTU, speed, duplex",
	[RULES_VIRTUAL] = "The virtual side",
	[RULES_PLAN] = "Plan",
};

/* A bar would end the column. */
static void
put_column(struct buffer *out, const char *text)
{
	buffer_text(out, " ");
	for (; *text; text++) {
		if (*text == '|')
			buffer_char(out, '\\');
		buffer_char(out, *text);
	}
	buffer_text(out, " |");
}

static void
put_rule(struct buffer *out, const struct rule *r)
{
	buffer_printf(out, "| `%s` |", r->id);
	put_column(out, r->what);
	put_column(out, r->why);
	put_column(out, r->needs);
	put_column(out, r->says);
	put_column(out, r->fixes);
	buffer_printf(out, " %s, %s, %s, %u s |\n", rule_hop_word(r->hop),
	    rule_owner_word(r->owner), rule_severity_word(r->severity),
	    r->hold_s);
}

static void
put_page(struct buffer *out)
{
	int group = -1;

	buffer_text(out, head);
	for (const struct rule *r = rules_table; r->id; r++) {
		if ((int)r->group != group)
			buffer_printf(
			    out, "\n## %s\n\n%s", headings[r->group], columns);
		group = (int)r->group;
		put_rule(out, r);
	}
}

START_TEST(the_page_of_the_rules_is_what_their_table_says)
{
	struct buffer page;

	buffer_init(&page, PAGE_SIZE);
	put_page(&page);
	ck_assert(buffer_ok(&page));
	ck_assert_msg(golden_matches("docs/RULES.md", buffer_string(&page)),
	    "make golden writes docs/RULES.md anew");
	buffer_done(&page);
}
END_TEST

static bool
is_sentence(const char *text)
{
	size_t length = text ? strlen(text) : 0;

	return length > 1 && text[length - 1] == '.' && !strchr(text, '\n');
}

START_TEST(every_rule_says_all_that_a_reader_asks)
{
	for (const struct rule *r = rules_table; r->id; r++) {
		ck_assert_msg(is_sentence(r->what), "%s", r->id);
		ck_assert_msg(is_sentence(r->why), "%s", r->id);
		ck_assert_msg(is_sentence(r->needs), "%s", r->id);
		ck_assert_msg(is_sentence(r->says), "%s", r->id);
		ck_assert_msg(is_sentence(r->fixes), "%s", r->id);
		ck_assert(r->judge != NULL);
	}
}
END_TEST

/* Findings are kept under the id of their rule. */
START_TEST(every_rule_has_an_id_of_its_own_and_stands_in_its_group)
{
	for (const struct rule *r = rules_table; r->id; r++) {
		ck_assert_ptr_eq(rule_find(r->id), r);
		if (r[1].id)
			ck_assert_int_le(r->group, r[1].group);
		ck_assert_uint_eq(
		    strspn(r->id, "abcdefghijklmnopqrstuvwxyz0123456789-"),
		    strlen(r->id));
	}
}
END_TEST

SUITE("page of the rules", the_page_of_the_rules_is_what_their_table_says,
    every_rule_says_all_that_a_reader_asks,
    every_rule_has_an_id_of_its_own_and_stands_in_its_group)
