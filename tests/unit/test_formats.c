#include <check.h>
#include <string.h>

#include "base/text.h"
#include "collector/draw/formats.h"
#include "tests/support/sheets.h"
#include "tests/support/suite.h"

enum { SIZE_MOST = 16 << 20, LONG = 10000 };

static const char *const hostile[] = {
	"<script>alert(1)</script>",
	"a & b",
	"\"quoted\" 'too'",
	"]]><x/>",
	"--><x/>",
	"right\u202eto left",
	"\xff\xfe\x80",
	"\xef\xbf\xbe",
	"two\nlines\r\nor\tthree",
	"=cmd|'/C calc'!A0",
	"`id` $(id)",
	"javascript:alert(1)",
	"back\\slash\\",
	"]} -->|x| end %%{init: {}}%% #quot; ;",
	"\x01\x1b[31m",
	"",
};

enum { HOSTILE = sizeof(hostile) / sizeof(hostile[0]) };

/* Written as 'f'; the caller frees it. */
static void
write_named(struct buffer *out, const struct format *f, const char *name)
{
	struct sheet s;

	sheets_each(&s, name);
	ck_assert(!s.arena.failed);
	buffer_init(out, SIZE_MOST);
	ck_assert_int_eq(format_write(out, f, &s, NULL), STATUS_OK);
	sheet_done(&s);
}

static bool
is_text(const struct format *f)
{
	return strcmp(f->suffix, "vsdx") != 0;
}

/* No control characters but those that end lines, and nothing that turns the
 * line round. */
static void
expect_clean(const struct format *f, const struct buffer *out)
{
	if (!is_text(f))
		return;
	ck_assert(text_is_utf8(out->octets, out->size));
	ck_assert_uint_eq(strlen(buffer_string(out)), out->size);
	ck_assert_ptr_null(strstr(buffer_string(out), "\u202e"));
	for (size_t i = 0; i < out->size; i++)
		ck_assert_msg((unsigned char)out->octets[i] >= ' ' ||
				  out->octets[i] == '\n',
		    "%s has octet %d", f->suffix, out->octets[i]);
}

static const struct format *
next_format(size_t *place)
{
	const struct format *f = format_at(*place);

	while (f && f->source != FORMAT_SHEET)
		f = format_at(++*place);
	++*place;
	return f;
}

START_TEST(a_format_is_found_by_its_suffix)
{
	ck_assert_str_eq(format_find("drawio")->title, "draw.io");
	ck_assert_ptr_eq(format_find("DrawIO"), format_find("drawio"));
	ck_assert_ptr_null(format_find("doc"));
	ck_assert_ptr_null(format_find(""));
}
END_TEST

START_TEST(pictures_are_written_elsewhere)
{
	struct buffer out = { .limit = 0 };

	ck_assert_int_eq(
	    format_write(&out, format_find("png"), NULL, NULL), STATUS_UNKNOWN);
}
END_TEST

START_TEST(the_same_drawing_is_the_same_octets)
{
	const struct format *f;

	for (size_t at = 0; (f = next_format(&at));) {
		struct buffer one, other;

		write_named(&one, f, NULL);
		write_named(&other, f, NULL);
		ck_assert_uint_eq(one.size, other.size);
		ck_assert_mem_eq(one.octets, other.octets, one.size);
		buffer_done(&one);
		buffer_done(&other);
	}
}
END_TEST

START_TEST(a_hostile_name_leaves_text_that_is_clean)
{
	const struct format *f;

	for (size_t at = 0; (f = next_format(&at));)
		for (size_t i = 0; i < HOSTILE; i++) {
			struct buffer out;

			write_named(&out, f, hostile[i]);
			expect_clean(f, &out);
			buffer_done(&out);
		}
}
END_TEST

START_TEST(a_name_of_10_kb_is_cut)
{
	const struct format *f;
	char name[LONG + 1];

	memset(name, 'x', LONG);
	name[LONG] = '\0';
	for (size_t at = 0; (f = next_format(&at));) {
		struct buffer out;

		write_named(&out, f, name);
		expect_clean(f, &out);
		ck_assert_uint_lt(out.size, 20 * LONG);
		buffer_done(&out);
	}
}
END_TEST

START_TEST(a_full_buffer_is_told)
{
	const struct format *f;
	struct sheet s;

	sheets_each(&s, NULL);
	for (size_t at = 0; (f = next_format(&at));) {
		struct buffer out;

		buffer_init(&out, 100);
		ck_assert_int_ne(format_write(&out, f, &s, NULL), STATUS_OK);
		buffer_done(&out);
	}
	sheet_done(&s);
}
END_TEST

START_TEST(an_empty_sheet_can_be_written)
{
	const struct format *f;
	struct sheet s;

	sheet_init(&s);
	for (size_t at = 0; (f = next_format(&at));) {
		struct buffer out;

		buffer_init(&out, SIZE_MOST);
		ck_assert_int_eq(format_write(&out, f, &s, NULL), STATUS_OK);
		buffer_done(&out);
	}
	sheet_done(&s);
}
END_TEST

static void
expect_has(const char *suffix, const char *name, const char *part, bool has)
{
	struct buffer out;

	write_named(&out, format_find(suffix), name);
	ck_assert_msg((strstr(buffer_string(&out), part) != NULL) == has,
	    "%s: %s", suffix, part);
	buffer_done(&out);
}

START_TEST(draw_io_has_things_in_things_and_cables_glued_to_them)
{
	expect_has("drawio", NULL, "<UserObject id=\"b-vmnic0\"", true);
	expect_has("drawio", NULL, "parent=\"b-esx-07\"", true);
	expect_has(
	    "drawio", NULL, "source=\"b-Eth1/7\" target=\"b-vmnic0\"", true);
	/* The same place, relative to the host's. */
	expect_has("drawio", NULL, "<mxGeometry x=\"90\" y=\"-10\"", true);
}
END_TEST

START_TEST(draw_io_knows_what_both_sides_say)
{
	expect_has("drawio", NULL,
	    "network=\"carries 130\" systems=\"needs 120, 130\"", true);
}
END_TEST

START_TEST(draw_io_takes_names_for_plain_text)
{
	expect_has("drawio", "<b>", "html=1", false);
	expect_has("drawio", "<b>", "<b>", false);
	expect_has("drawio", "<b>", "&lt;b&gt; sw-a", true);
}
END_TEST

START_TEST(draw_io_links_to_the_web_alone)
{
	expect_has("drawio", "javascript:alert(1)", " link=", false);
	expect_has("drawio", "https://demarc.example/", " link=", true);
}
END_TEST

START_TEST(dot_has_a_cell_for_each_port_and_a_cluster_for_each_host)
{
	expect_has("dot", NULL, "<TD PORT=\"p5\">", true);
	expect_has("dot", NULL, "\"sw-a\":p5:s -- \"vmnic0\"", true);
	expect_has("dot", NULL, "subgraph \"cluster_1\" {", true);
}
END_TEST

START_TEST(dot_has_a_line_between_what_both_sides_say)
{
	expect_has("dot", NULL, "carries 130</B></FONT></TD></TR><HR/>", true);
	expect_has("dot", NULL, "(1)", true);
}
END_TEST

START_TEST(dot_escapes_what_ends_a_string)
{
	expect_has("dot", "a\"b", "\"vmnic0a\\\"b\"", true);
	expect_has("dot", "a\\", "\"vmnic0a\\\\\"", true);
}
END_TEST

START_TEST(mermaid_numbers_things_and_has_both_claims_on_a_cable)
{
	expect_has("mmd", NULL, "subgraph n1[\"esx-07\"]", true);
	expect_has("mmd", NULL,
	    "n5 ---|\"carries 130<br/>- - demarc - -<br/>needs 120, 130"
	    "<br/>finding 1\"| n6",
	    true);
}
END_TEST

START_TEST(graphml_has_plain_attributes_of_both_sides)
{
	expect_has("graphml", NULL,
	    "<data key=\"network\">carries 130</data>"
	    "<data key=\"systems\">needs 120, 130</data>"
	    "<data key=\"finding\">1</data>",
	    true);
	expect_has("graphml", "<b>", "<b>", false);
	expect_has("graphml", "javascript:x", "key=\"url\">", false);
}
END_TEST

START_TEST(a_cable_whose_port_is_unknown_is_one_nevertheless)
{
	expect_has(
	    "dot", NULL, "? (nothing heard)</FONT>>];\n\"beyond 2\" -- ", true);
	expect_has("mmd", NULL,
	    "e2(\"#63; #40;nothing heard#41;\"):::grey "
	    "-.-|\"#63;<br/>- - demarc - -<br/>needs 140\"| n6",
	    true);
	expect_has("graphml", NULL,
	    "<data key=\"kind\">beyond</data>"
	    "<data key=\"label\">? (nothing heard)</data>",
	    true);
	expect_has("graphml", NULL, "<data key=\"systems\">needs 140", true);
}
END_TEST

START_TEST(excalidraw_has_cables_that_both_ends_know)
{
	expect_has("excalidraw", NULL,
	    "\"boundElements\":[{\"id\":\"c-cable\",\"type\":\"arrow\"}", true);
	expect_has("excalidraw", NULL,
	    "\"endBinding\":{\"elementId\":\"b-vmnic0\",\"focus\":0", true);
}
END_TEST

START_TEST(excalidraw_knows_what_is_ours_by_its_id)
{
	expect_has("excalidraw", NULL,
	    "\"customData\":{\"demarc\":{\"kind\":\"nic\",\"id\":\"vmnic0\"}}",
	    true);
	expect_has("excalidraw", "javascript:x", "\"link\":\"", false);
}
END_TEST

START_TEST(mermaid_has_numbers_for_signs_that_mean_something_to_it)
{
	expect_has("mmd", "%%{\"`", "#37;#37;#123;#34;#96; sw-a", true);
}
END_TEST

static void
expect_refused(unsigned count, enum status expected)
{
	struct buffer out;
	struct sheet s;

	sheets_many(&s, count);
	buffer_init(&out, SIZE_MOST);
	ck_assert_int_eq(
	    format_write(&out, format_find("mmd"), &s, NULL), expected);
	ck_assert(expected == STATUS_OK || out.size == 0);
	buffer_done(&out);
	sheet_done(&s);
}

START_TEST(mermaid_refuses_more_than_it_would_draw)
{
	expect_refused(501, STATUS_OK);
	expect_refused(502, STATUS_TOO_LARGE);
	ck_assert_ptr_nonnull(strstr(format_find("mmd")->too_large, "or DOT"));
}
END_TEST

START_TEST(mermaid_refuses_more_than_it_would_read)
{
	struct buffer out;
	struct sheet s;

	sheets_many(&s, 400);
	for (uint32_t i = 0; i < s.box_count; i++)
		s.boxes[i].label = "a name that is longer than most of them; "
				   "there are enough such names, though, to "
				   "make more of it than Mermaid reads";
	buffer_init(&out, SIZE_MOST);
	buffer_text(&out, "before");
	ck_assert_int_eq(
	    format_write(&out, format_find("mmd"), &s, NULL), STATUS_TOO_LARGE);
	ck_assert_str_eq(buffer_string(&out), "before");
	buffer_done(&out);
	sheet_done(&s);
}
END_TEST

SUITE("formats", a_format_is_found_by_its_suffix,
    pictures_are_written_elsewhere, the_same_drawing_is_the_same_octets,
    a_hostile_name_leaves_text_that_is_clean, a_name_of_10_kb_is_cut,
    a_full_buffer_is_told, an_empty_sheet_can_be_written,
    draw_io_has_things_in_things_and_cables_glued_to_them,
    draw_io_knows_what_both_sides_say, draw_io_takes_names_for_plain_text,
    draw_io_links_to_the_web_alone,
    dot_has_a_cell_for_each_port_and_a_cluster_for_each_host,
    dot_has_a_line_between_what_both_sides_say, dot_escapes_what_ends_a_string,
    mermaid_numbers_things_and_has_both_claims_on_a_cable,
    graphml_has_plain_attributes_of_both_sides,
    a_cable_whose_port_is_unknown_is_one_nevertheless,
    excalidraw_has_cables_that_both_ends_know,
    excalidraw_knows_what_is_ours_by_its_id,
    mermaid_has_numbers_for_signs_that_mean_something_to_it,
    mermaid_refuses_more_than_it_would_draw,
    mermaid_refuses_more_than_it_would_read)
