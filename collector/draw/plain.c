#include "collector/draw/plain.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

#include "collector/draw/outline.h"
#include "collector/draw/plain_inside.h"
#include "collector/draw/plain_sides.h"
#include "collector/draw/sorted.h"
#include "collector/draw/then.h"

enum {
	NAME_MOST = 16,  /* columns of a NIC's or bond's name */
	INDENT = 4,      /* of what stands below a finding's heading */
	ROOM_MOST = 8192 /* of one list: names beyond it are not said */
};

/* The text that is made, and what it is made of. */
struct board_text {
	struct plain page;
	const struct scene *scene;
	struct sorted sorted;
};

/* "10,20-30" with blanks to break it at. */
static void
add_vlans(struct buffer *out, const char *vlans)
{
	for (; *vlans; vlans++) {
		buffer_char(out, *vlans);
		if (*vlans == ',')
			buffer_char(out, ' ');
	}
}

static void
say_claim(
    struct buffer *out, const struct scene *s, const struct scene_claim *c)
{
	char when[THEN_SIZE];

	buffer_text(out, then_verb(c));
	switch (c->about) {
	case ABOUT_CARRIES:
		add_vlans(out, *c->vlans ? c->vlans : "none");
		break;
	case ABOUT_NATIVE:
		buffer_printf(out, "native %" PRId64, c->vlan);
		break;
	case ABOUT_NEEDS:
		buffer_printf(out, "%s%s", c->text, *c->text ? " " : "");
		add_vlans(out, c->vlans);
		break;
	case ABOUT_UNTAGGED:
		buffer_printf(out, "%s untagged", c->text);
		break;
	case ABOUT_OTHER:
		buffer_text(out, c->text);
		break;
	}
	if (*then_claim(s, c, when))
		buffer_printf(out, " (%s)", when);
}

/* The claim number 'n' of one side of a NIC, what matters first; NULL: there
 * are fewer. */
static const struct scene_claim *
claim_at(const struct scene *s, const struct scene_nic *nic,
    enum claim_side side, uint32_t n)
{
	for (int matters = 1; matters >= 0; matters--) {
		for (uint32_t i = 0; i < nic->claim_count; i++) {
			uint32_t at = nic->first_claim + i;
			const struct scene_claim *c = &s->claims[at];

			if (at >= s->claim_count || c->side != side ||
			    c->matters != matters)
				continue;
			if (n-- == 0)
				return c;
		}
	}
	return NULL;
}

static void
put_claims(struct board_text *b, uint32_t at)
{
	const struct scene_nic *nic = &b->scene->nics[at];
	/* What both sides say does not fit, where a finding is about it. */
	enum plain_sign sign =
	    scene_is_wrong(b->scene, at) ? PLAIN_NO : PLAIN_LINE;

	for (uint32_t n = 0;; n++) {
		const struct scene_claim *left =
		    claim_at(b->scene, nic, CLAIM_NETWORK, n);
		const struct scene_claim *right =
		    claim_at(b->scene, nic, CLAIM_SYSTEMS, n);
		struct buffer said[2];

		if (!left && !right)
			return;
		buffer_init(&said[0], ROOM_MOST);
		buffer_init(&said[1], ROOM_MOST);
		if (left)
			say_claim(&said[0], b->scene, left);
		if (right)
			say_claim(&said[1], b->scene, right);
		plain_both(&b->page,
		    (struct plain_sides){ .left = buffer_string(&said[0]),
			.right = buffer_string(&said[1]),
			.sign = sign,
			.walled = true });
		sign = PLAIN_LINE;
		buffer_done(&said[0]);
		buffer_done(&said[1]);
	}
}

/* " (2)" behind a NIC that the second finding is about. */
static void
put_numbers(struct board_text *b, uint32_t nic)
{
	unsigned n = 0;

	for (uint32_t i = 0; i < b->sorted.findings.count; i++) {
		const struct scene_finding *f =
		    &b->scene->findings[b->sorted.findings.at[i]];
		char text[16];

		n += !f->quiet;
		if (f->quiet || !scene_is_about(b->scene, f, nic))
			continue;
		(void)snprintf(text, sizeof(text), " (%u)", n);
		plain_put(&b->page, text);
	}
}

/* The switch and its port, cut to leave some of the cable. */
static void
put_port(struct plain *p, const struct scene *s, uint32_t port)
{
	enum { CABLE_LEAST = 4 };
	uint32_t device = s->ports[port].device;
	struct spelled spelled, piece;
	struct buffer name;
	const char *rest;

	buffer_init(&name, ROOM_MOST);
	if (device < s->switch_count)
		buffer_printf(&name, "%s ", s->switches[device].name);
	buffer_text(&name, s->ports[port].name);
	rest = plain_spell(p, &spelled, buffer_string(&name));
	while (plain_width(rest) > PLAIN_LINE_AT - CABLE_LEAST) {
		plain_put(
		    p, plain_words(&piece, &rest, PLAIN_LINE_AT - CABLE_LEAST));
		plain_end(p);
	}
	plain_put(p, rest);
	buffer_done(&name);
	plain_to(p, p->column + 1);
}

/* Where a cable ends is not known: what is known of it. */
static void
put_state(struct plain *p, const char *state)
{
	struct spelled cut;

	plain_cut(p, &cut, *state ? state : "not known", PLAIN_LINE_AT - 2);
	plain_to(p, PLAIN_LINE_AT - 1 - plain_width(cut.text));
	plain_put(p, cut.text);
	plain_to(p, PLAIN_LINE_AT);
	plain_sign(p, PLAIN_LINE, 1);
	plain_to(p, PLAIN_LINE_AT + 2);
}

/* "sw-c07-b Te1/8 ------!-| vmnic3 (2)" */
static void
put_cable(struct board_text *b, uint32_t at)
{
	const struct scene_nic *nic = &b->scene->nics[at];
	struct plain *p = &b->page;
	bool sure = nic->state == CABLE_SURE;
	struct spelled cut;
	enum plain_sign cable = sure ? PLAIN_CABLE : PLAIN_DASHED;

	if (nic->port < b->scene->port_count) {
		put_port(p, b->scene, nic->port);
		plain_sign(p, cable, PLAIN_LINE_AT - p->column);
		plain_sign(p, PLAIN_LINE, 1);
		plain_sign(p, cable, 1);
	} else {
		put_state(p, nic->state_text);
	}
	plain_sign(p, PLAIN_TO, 1);
	plain_to(p, p->column + 1);
	plain_put(p, plain_cut(p, &cut, nic->name, NAME_MOST));
	if (nic->bond < b->scene->bond_count) {
		plain_put(p, ", ");
		plain_put(p, plain_cut(p, &cut, b->scene->bonds[nic->bond].name,
				 NAME_MOST));
	}
	put_numbers(b, at);
	plain_end(p);
}

static void
put_right(struct board_text *b, const char *said)
{
	plain_both(&b->page, (struct plain_sides){ .left = "",
				 .right = said,
				 .sign = PLAIN_LINE,
				 .walled = true });
}

static void
put_wall(struct board_text *b, enum plain_sign corner)
{
	plain_to(&b->page, PLAIN_LINE_AT);
	plain_sign(&b->page, PLAIN_LINE, 1);
	plain_to(&b->page, PLAIN_LINE_AT + 2);
	plain_sign(&b->page, corner, 1);
	plain_sign(&b->page, PLAIN_CABLE, 1);
	plain_to(&b->page, b->page.column + 1);
}

static void
put_host(struct board_text *b, uint32_t at)
{
	const struct scene_host *host = &b->scene->hosts[at];
	char silent[THEN_SIZE];
	struct spelled cut;

	plain_to(&b->page, PLAIN_LINE_AT);
	plain_sign(&b->page, PLAIN_LINE, 1);
	plain_end(&b->page);
	put_wall(b, PLAIN_TOP_LEFT);
	plain_put(&b->page, plain_cut(&b->page, &cut, host->name,
				PLAIN_COLUMNS - b->page.column));
	plain_end(&b->page);
	if (*then_silent(b->scene, host, silent))
		put_right(b, silent);
	if (*host->about)
		put_right(b, host->about);
	for (uint32_t i = 0; i < b->sorted.nics[at].count; i++) {
		put_cable(b, b->sorted.nics[at].at[i]);
		put_claims(b, b->sorted.nics[at].at[i]);
	}
	plain_inside(&b->page, &b->sorted, at);
	put_wall(b, PLAIN_BOTTOM_LEFT);
	plain_end(&b->page);
}

static void
put_hosts(struct board_text *b)
{
	plain_both(&b->page, (struct plain_sides){ .left = "network team",
				 .right = "systems team",
				 .sign = PLAIN_LINE });
	for (uint32_t i = 0; i < b->sorted.hosts.count; i++)
		put_host(b, b->sorted.hosts.at[i]);
}

static void
put_finding(struct plain *p, const struct scene_finding *f, unsigned n)
{
	char number[16];

	plain_end(p);
	(void)snprintf(number, sizeof(number), "(%u) ", n);
	plain_put(p, f->quiet ? "--" : number);
	plain_wrap(p, f->heading, INDENT);
	for (size_t i = 0; i < f->line_count; i++)
		plain_wrap(p, f->lines[i], INDENT);
	if (!*f->command)
		return;
	plain_to(p, INDENT);
	plain_put(p, outline_owner(f->owner));
	plain_put(p, ": ");
	plain_say(p, f->command);
	plain_end(p);
}

static void
put_foot(struct board_text *b)
{
	struct plain *p = &b->page;
	time_t now = b->scene->now;
	char moment[64] = "";
	struct tm tm;

	plain_end(p);
	if (gmtime_r(&now, &tm))
		strftime(
		    moment, sizeof(moment), "%Y-%m-%d %H:%M:%S UTC, ", &tm);
	plain_put(p, moment);
	(void)snprintf(
	    moment, sizeof(moment), "rev %" PRIu64, b->scene->revision);
	plain_put(p, moment);
	plain_end(p);
	if (*b->scene->remark)
		plain_wrap(p, b->scene->remark, 0);
}

static void
put_board(struct board_text *b)
{
	unsigned n = 0;

	plain_wrap(&b->page, b->scene->title, 0);
	if (*b->scene->question)
		plain_wrap(&b->page, b->scene->question, 0);
	plain_end(&b->page);
	put_hosts(b);
	for (uint32_t i = 0; i < b->sorted.findings.count; i++) {
		const struct scene_finding *f =
		    &b->scene->findings[b->sorted.findings.at[i]];

		n += !f->quiet;
		put_finding(&b->page, f, n);
	}
	put_foot(b);
}

static enum status
write_text(struct buffer *out, const struct scene *s, bool ascii)
{
	struct board_text b = { .page = { .out = out, .ascii = ascii },
		.scene = s };
	struct arena arena = { .failed = false };
	enum status status = STATUS_OK;

	sorted_init(&b.sorted, s, &arena);
	if (arena.failed) {
		status = STATUS_NO_MEMORY;
	} else if (s->path) {
		plain_way(&b.page, s);
		put_foot(&b);
	} else {
		put_board(&b);
	}
	arena_done(&arena);
	return status;
}

enum status
plain_write(struct buffer *out, const struct scene *s)
{
	return write_text(out, s, false);
}

enum status
plain_write_ascii(struct buffer *out, const struct scene *s)
{
	return write_text(out, s, true);
}
