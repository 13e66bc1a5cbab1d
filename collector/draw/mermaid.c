#include "collector/draw/mermaid.h"

#include <ctype.h>
#include <string.h>

#include "collector/draw/outline.h"
#include "collector/draw/pens.h"
#include "collector/draw/spell.h"

/* Letters, digits, a few signs and all that is no ASCII stand for themselves,
 * everything else for its number: so no quote ends a label, no '%' begins a
 * directive, no '`' Markdown.  A ':' behind the word "style" would cost the
 * next number its ';' (encodeEntities of Mermaid 11). */
static void
put_words(struct buffer *out, const char *text)
{
	struct spelled spelled;

	for (const char *at = spell(&spelled, text); *at; at++) {
		unsigned char c = (unsigned char)*at;

		if (c >= 0x80 || isalnum(c) || strchr(" ,/_+-", c))
			buffer_char(out, *at);
		else
			buffer_printf(out, "#%d;", c);
	}
}

static void
put_label(struct buffer *out, const struct sheet_box *box, bool with_about)
{
	buffer_char(out, '"');
	put_words(out, *box->label ? box->label : "?");
	if (*box->about && with_about) {
		buffer_text(out, "<br/>");
		put_words(out, box->about);
	}
	buffer_char(out, '"');
}

static void
put_node(struct buffer *out, const struct sheet *s, uint32_t at)
{
	bool oval = s->boxes[at].kind == BOX_BOND;

	buffer_printf(out, "n%u%s", at, oval ? "([" : "[");
	put_label(out, &s->boxes[at], true);
	buffer_text(out, oval ? "])\n" : "]\n");
}

/* Two lines of a title would lie over the first things below it. */
static void
put_container(struct buffer *out, const struct sheet *s, uint32_t at)
{
	bool any = false;

	for (uint32_t i = at + 1; i < s->box_count; i++) {
		if (outline_home(s, i) != at || !outline_shows(&s->boxes[i]))
			continue;
		if (!any) {
			buffer_printf(out, "subgraph n%u[", at);
			put_label(out, &s->boxes[at], false);
			buffer_text(out, "]\n");
		}
		any = true;
		put_node(out, s, i);
	}
	if (any)
		buffer_text(out, "end\n");
	else
		put_node(out, s, at);
}

static void
put_boxes(struct buffer *out, const struct sheet *s)
{
	for (uint32_t i = 0; i < s->box_count; i++) {
		if (!outline_shows(&s->boxes[i]))
			continue;
		if (outline_holds(&s->boxes[i]))
			put_container(out, s, i);
		else if (outline_home(s, i) == SHEET_NONE)
			put_node(out, s, i);
	}
}

/* What both sides say, and the demarc line between them. */
static void
put_claims(struct buffer *out, const struct sheet_cable *cable, unsigned n)
{
	if (!*cable->net_text && !*cable->sys_text)
		return;
	buffer_text(out, "|\"");
	put_words(out, *cable->net_text ? cable->net_text : "?");
	buffer_text(out, "<br/>- - demarc - -<br/>");
	put_words(out, *cable->sys_text ? cable->sys_text : "?");
	if (n > 0)
		buffer_printf(out, "<br/>finding %u", n);
	buffer_text(out, "\"|");
}

/* Where it comes from; "e7(...)" is what is not drawn, or not known. */
static void
put_from(struct buffer *out, const struct sheet *s, uint32_t at)
{
	const struct sheet_cable *cable = &s->cables[at];

	if (!outline_leaves(s, cable)) {
		buffer_printf(out, "n%u", cable->from);
		return;
	}
	buffer_printf(out, "e%u(\"", at);
	put_words(out, *cable->beyond ? cable->beyond : "?");
	buffer_text(out, "\"):::grey");
}

static void
put_cable(struct buffer *out, const struct sheet *s, uint32_t at, unsigned edge)
{
	const struct sheet_cable *cable = &s->cables[at];
	unsigned n = outline_finding(s, at);

	put_from(out, s, at);
	buffer_printf(out, " %s", pen_dashes(cable->state) ? "-.-" : "---");
	put_claims(out, cable, n);
	buffer_printf(out, " n%u\n", cable->to);
	if (n > 0)
		buffer_printf(out, "linkStyle %u stroke:%s,stroke-width:3px\n",
		    edge, pen_color(INK_RED));
}

static void
put_edges(struct buffer *out, const struct sheet *s)
{
	unsigned edge = 0;

	for (uint32_t i = 0; i < s->cable_count; i++)
		if (outline_joins(s, &s->cables[i]) ||
		    outline_leaves(s, &s->cables[i]))
			put_cable(out, s, i, edge++);
	for (uint32_t i = 0; i < s->box_count; i++) {
		uint32_t hook = outline_hook(s, i);

		if (hook != SHEET_NONE)
			buffer_printf(out, "n%u --- n%u\n", hook, i);
	}
}

static void
put_colors(struct buffer *out, const struct sheet *s)
{
	static const char *const classes[] = { [INK_BLACK] = "black",
		[INK_BLUE] = "network",
		[INK_GREEN] = "systems",
		[INK_RED] = "red",
		[INK_GREY] = "grey" };

	for (unsigned ink = INK_BLACK; ink <= INK_GREY; ink++)
		buffer_printf(out,
		    "classDef %s fill:#ffffff,stroke:%s,color:%s\n",
		    classes[ink], pen_color(ink), pen_text_color(ink));
	for (uint32_t i = 0; i < s->box_count; i++)
		if (outline_shows(&s->boxes[i]))
			buffer_printf(
			    out, "class n%u %s\n", i, classes[s->boxes[i].ink]);
}

/* A finding in words, as a thing of its own. */
static void
put_note(struct buffer *out, const struct sheet_note *note, uint32_t at)
{
	buffer_printf(out, "f%u[\"", at);
	if (note->n > 0)
		buffer_printf(out, "%u#58; ", note->n);
	put_words(out, note->heading);
	for (size_t i = 0; i < note->line_count; i++) {
		buffer_text(out, "<br/>");
		put_words(out, note->lines[i]);
	}
	if (*note->command) {
		buffer_printf(out, "<br/>%s#58; ", outline_owner(note->owner));
		put_words(out, note->command);
	}
	buffer_printf(
	    out, "\"]\nclass f%u %s\n", at, note->quiet ? "grey" : "red");
}

enum status
mermaid_write(struct buffer *out, const struct sheet *s)
{
	size_t start = out->size;

	if (outline_edges(s) > MERMAID_EDGES_MOST)
		return STATUS_TOO_LARGE;
	buffer_text(out, "flowchart TB\n");
	put_boxes(out, s);
	put_edges(out, s);
	put_colors(out, s);
	for (uint32_t i = 0; i < s->note_count; i++)
		put_note(out, &s->notes[i], i);
	if (out->size - start <= MERMAID_SIZE_MOST)
		return STATUS_OK;
	out->size = start;
	out->octets[start] = '\0';
	return STATUS_TOO_LARGE;
}
