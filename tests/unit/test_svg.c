#include <check.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <string.h>

#include "base/text.h"
#include "collector/draw/font.h"
#include "collector/draw/svg.h"
#include "tests/support/suite.h"

static struct sheet sheet;
static const struct point points[] = { { 50, 60 }, { 50, 80 }, { 150, 80 },
	{ 150, 100 } };

/* One box of each kind; gives the last one. */
static uint32_t
draw_boxes(const char *name)
{
	struct sheet_box box = { .label = name,
		.about = name,
		.title = name,
		.href = "/#/host/1",
		.parent = SHEET_NONE,
		.at = { 0, 10, 100, 50 } };
	uint32_t out = 0;

	for (int kind = 0; kind <= BOX_LAST; kind++) {
		box.id = sheet_format(&sheet, "%d %s", kind, name);
		box.kind = (enum box_kind)kind;
		box.hatch = (enum hatch)(kind % 4);
		box.ink = (enum ink)(kind % 5);
		box.faint = kind == BOX_NIC;
		box.at.x += 20;
		out = sheet_box(&sheet, box);
	}
	return out;
}

static uint32_t
draw_cable(const char *name)
{
	const struct sheet_cable cable = { .id = name,
		.title = name,
		.from = SHEET_NONE,
		.to = SHEET_NONE,
		.points = points,
		.point_count = 4,
		.state = CABLE_SURE,
		.crosses = true,
		.net_text = name,
		.sys_text = name };

	return sheet_cable(&sheet, cable);
}

/* Of a box, of a cable, and of none. */
static void
draw_texts(const char *name, uint32_t box, uint32_t cable)
{
	struct sheet_text text = {
		.text = name, .x = 30, .y = 60, .size = 18, .tilt = .3
	};

	for (uint32_t i = 0; i < 3; i++) {
		text.id = sheet_format(&sheet, "%u", i);
		text.anchor = (enum anchor)i;
		text.bold = i == 1;
		text.wiped = i == 2;
		text.box = i == 0 ? box : SHEET_NONE;
		text.cable = i == 1 ? cable : SHEET_NONE;
		sheet_text(&sheet, text);
	}
}

static void
draw_marks(const char *name)
{
	struct sheet_mark mark = {
		.points = points, .point_count = 4, .size = 11
	};

	for (int kind = 0; kind <= MARK_HIGHLIGHT; kind++) {
		mark.id = sheet_format(&sheet, "%d %s", kind, name);
		mark.kind = (enum mark_kind)kind;
		sheet_mark(&sheet, mark);
	}
}

/* A sheet with one of each: they all say 'name'. */
static void
draw(const char *name)
{
	const struct sheet_ring ring = { .id = name,
		.around = { 50, 60, 80, 40 },
		.number = { 160, 40 },
		.n = 1,
		.cable = 0,
		.box = SHEET_NONE };
	const struct sheet_note note = { .id = name,
		.heading = name,
		.command = name,
		.n = 1,
		.at = { 10, 250, 200, 40 } };

	sheet_init(&sheet);
	sheet.id = sheet.title = sheet.about = name;
	sheet.width = 400;
	sheet.height = 300;
	draw_texts(name, draw_boxes(name), draw_cable(name));
	draw_marks(name);
	sheet_ring(&sheet, ring);
	sheet_note(&sheet, note);
	ck_assert(!sheet.arena.failed);
}

/* The drawing; of the caller. */
static char *
written(enum svg_mode mode, enum svg_theme theme)
{
	struct buffer out;

	buffer_init(&out, 1 << 22);
	svg_write(&out, &sheet, &(struct svg_style){ mode, theme });
	ck_assert(buffer_ok(&out));
	return buffer_take(&out);
}

static unsigned
count_of(const char *text, const char *what)
{
	unsigned out = 0;

	for (; (text = strstr(text, what)); text++)
		out++;
	return out;
}

static void
ids_are_unique(xmlNode *node, xmlHashTable *seen)
{
	for (; node; node = node->next) {
		xmlChar *id = xmlGetProp(node, BAD_CAST "id");

		if (id)
			ck_assert_int_eq(xmlHashAddEntry(seen, id, seen), 0);
		xmlFree(id);
		ids_are_unique(node->children, seen);
	}
}

/* Well-formed, without a word of complaint; each id once. */
static void
is_sound(const char *svg)
{
	int size = (int)strlen(svg);
	xmlDoc *doc = xmlReadMemory(svg, size, "svg", NULL, XML_PARSE_PEDANTIC);
	xmlHashTable *seen = xmlHashCreate(64);

	ck_assert_ptr_nonnull(doc);
	ck_assert_ptr_null(xmlGetLastError());
	ck_assert(text_is_utf8(svg, strlen(svg)));
	ids_are_unique(xmlDocGetRootElement(doc), seen);
	xmlHashFree(seen, NULL);
	xmlFreeDoc(doc);
}

static const enum svg_mode modes[] = { SVG_EMBED, SVG_INLINE, SVG_OUTLINES };

START_TEST(the_same_sheet_is_the_same_octets)
{
	draw("esx-07");
	for (unsigned i = 0; i < 3; i++) {
		char *a = written(modes[i], SVG_LIGHT);
		char *b = written(modes[i], SVG_LIGHT);

		ck_assert_str_eq(a, b);
		is_sound(a);
		free(a);
		free(b);
	}
	sheet_done(&sheet);
}
END_TEST

static const char *const hostile[] = { "", " ", "<b>&\"'</title>", "]]>", "-->",
	"<!--", "<?xml?>", "\u202egnp.exe", "a\nb\rc\td\001\177",
	"\xff\xfe\xc0\xaf\xed\xa0\x80", "\xe2\x82", "\ufffe\uffff", "'); DROP",
	"=cmd|' /C calc'!A0", "`$(x)`", "{}\\\\", "\u65e5\u672c",
	"javascript:alert(1)" };

START_TEST(no_name_does_any_harm)
{
	for (size_t i = 0; i < sizeof(hostile) / sizeof(hostile[0]); i++) {
		draw(hostile[i]);
		for (unsigned k = 0; k < 3; k++) {
			char *svg = written(modes[k], SVG_LIGHT);

			is_sound(svg);
			ck_assert_ptr_null(strstr(svg, "\u202e"));
			ck_assert_ptr_null(strstr(svg, "<b>"));
			free(svg);
		}
		sheet_done(&sheet);
	}
}
END_TEST

START_TEST(a_name_of_10_kb_does_not_fill_the_drawing)
{
	char name[10001];
	char *svg;

	memset(name, 'x', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	draw(name);
	svg = written(SVG_INLINE, SVG_LIGHT);
	is_sound(svg);
	ck_assert_uint_lt(strlen(svg), 100000);
	free(svg);
	sheet_done(&sheet);
}
END_TEST

static bool
leads(const char *href)
{
	char *svg;
	bool out;

	draw("x");
	sheet.boxes[0].href = href;
	for (uint32_t i = 1; i < sheet.box_count; i++)
		sheet.boxes[i].href = "";
	svg = written(SVG_INLINE, SVG_LIGHT);
	is_sound(svg);
	out = strstr(svg, "<a ") != NULL;
	free(svg);
	sheet_done(&sheet);
	return out;
}

/* How the only cable is drawn, in this state. */
static bool
is_dashed(enum cable_state state)
{
	struct svg_style style = { .mode = SVG_INLINE };
	struct buffer out;
	uint32_t cable;
	bool dashed;

	sheet_init(&sheet);
	sheet.width = sheet.height = 200;
	cable = draw_cable("eth0");
	ck_assert(cable < sheet.cable_count);
	sheet.cables[cable].state = state;
	buffer_init(&out, 1 << 20);
	svg_write(&out, &sheet, &style);
	ck_assert(buffer_ok(&out));
	dashed = strstr(buffer_string(&out), "stroke-dasharray") != NULL;
	buffer_done(&out);
	sheet_done(&sheet);
	return dashed;
}

START_TEST(only_a_cable_that_is_sure_is_one_line)
{
	ck_assert(!is_dashed(CABLE_SURE));
	ck_assert(is_dashed(CABLE_ONE_SIDED));
	ck_assert(is_dashed(CABLE_STALE));
}
END_TEST

START_TEST(a_link_leads_to_a_page_and_runs_no_program)
{
	ck_assert(leads("/#/host/1"));
	ck_assert(leads("https://demarc.example/#/host/%3Cb%3E"));
	ck_assert(leads("#/switch/2?a=1&b=2"));
	ck_assert(!leads(""));
	ck_assert(!leads("//elsewhere.example/"));
	ck_assert(!leads("javascript:alert(1)"));
	ck_assert(!leads("data:text/html,x"));
	ck_assert(!leads(" javascript:alert(1)"));
}
END_TEST

START_TEST(a_drawing_in_a_page_has_no_style_and_no_font)
{
	char *svg;

	draw("esx-07");
	svg = written(SVG_INLINE, SVG_DARK);
	ck_assert_ptr_null(strstr(svg, "style"));
	ck_assert_ptr_null(strstr(svg, "font-face"));
	ck_assert_ptr_null(strstr(svg, "#20262e"));
	free(svg);
	sheet_done(&sheet);
}
END_TEST

START_TEST(a_file_has_its_font_and_names_the_licence)
{
	char *svg;

	draw("esx-07");
	svg = written(SVG_EMBED, SVG_LIGHT);
	ck_assert_uint_eq(
	    count_of(svg, "data:font/woff2;base64,"), hand_font.base64 ? 1 : 0);
	if (hand_font.base64)
		ck_assert_ptr_nonnull(strstr(svg, "SIL Open Font License"));
	ck_assert_ptr_nonnull(strstr(svg, "cursive"));
	free(svg);
	sheet_done(&sheet);
}
END_TEST

START_TEST(outlines_need_no_font_and_stand_once_each)
{
	char *svg;

	draw("aaaa");
	svg = written(SVG_OUTLINES, SVG_LIGHT);
	if (svg_has_outlines()) {
		ck_assert_uint_eq(count_of(svg, "<text"), 0);
		ck_assert_uint_eq(count_of(svg, "id=\"l-61\""), 1);
		ck_assert_uint_eq(count_of(svg, "#l-61"), 4 * 3);
		ck_assert_uint_eq(count_of(svg, "aria-label=\"aaaa\""), 3);
		ck_assert_uint_eq(count_of(svg, "id=\"l-62\""), 0);
	}
	free(svg);
	sheet_done(&sheet);
}
END_TEST

/* Each element is a line: how many of a's are not at their place in b. */
static unsigned
changed(const char *a, const char *b)
{
	unsigned out = 0;

	while (*a && *b) {
		size_t of_a = strcspn(a, "\n"), of_b = strcspn(b, "\n");

		out += of_a != of_b || memcmp(a, b, of_a) != 0;
		a += of_a + (a[of_a] == '\n');
		b += of_b + (b[of_b] == '\n');
	}
	return out;
}

START_TEST(one_changed_text_changes_one_element)
{
	char *before, *after;

	draw("esx-07");
	before = written(SVG_EMBED, SVG_LIGHT);
	sheet.texts[1].text = "carries 120";
	after = written(SVG_EMBED, SVG_LIGHT);
	ck_assert_uint_eq(changed(before, after), 1);
	free(before);
	free(after);
	sheet_done(&sheet);
}
END_TEST

START_TEST(what_moves_keeps_its_strokes)
{
	char *before, *after;

	draw("esx-07");
	before = written(SVG_EMBED, SVG_LIGHT);
	for (uint32_t i = 0; i < sheet.box_count; i++)
		sheet.boxes[i].at.x += 33.3;
	after = written(SVG_EMBED, SVG_LIGHT);
	/* Their groups, and one text that stayed where it was. */
	ck_assert_uint_eq(changed(before, after), BOX_LAST + 2);
	free(before);
	free(after);
	sheet_done(&sheet);
}
END_TEST

START_TEST(themes_differ_in_their_style_only)
{
	char *light, *dark;

	draw("esx-07");
	light = written(SVG_EMBED, SVG_LIGHT);
	dark = written(SVG_EMBED, SVG_DARK);
	ck_assert_str_ne(light, dark);
	ck_assert_str_eq(strstr(light, "</style>"), strstr(dark, "</style>"));
	free(light);
	free(dark);
	sheet_done(&sheet);
}
END_TEST

START_TEST(an_empty_sheet_is_a_drawing)
{
	char *svg;

	sheet_init(&sheet);
	svg = written(SVG_EMBED, SVG_PRINT);
	is_sound(svg);
	free(svg);
	sheet_done(&sheet);
}
END_TEST

START_TEST(what_has_no_room_is_a_failure)
{
	struct buffer out;

	draw("esx-07");
	buffer_init(&out, 1000);
	svg_write(&out, &sheet, &(struct svg_style){ SVG_INLINE, SVG_LIGHT });
	ck_assert(!buffer_ok(&out));
	buffer_done(&out);
	sheet_done(&sheet);
}
END_TEST

SUITE("svg", the_same_sheet_is_the_same_octets, no_name_does_any_harm,
    a_name_of_10_kb_does_not_fill_the_drawing,
    only_a_cable_that_is_sure_is_one_line,
    a_link_leads_to_a_page_and_runs_no_program,
    a_drawing_in_a_page_has_no_style_and_no_font,
    a_file_has_its_font_and_names_the_licence,
    outlines_need_no_font_and_stand_once_each,
    one_changed_text_changes_one_element, what_moves_keeps_its_strokes,
    themes_differ_in_their_style_only, an_empty_sheet_is_a_drawing,
    what_has_no_room_is_a_failure)
