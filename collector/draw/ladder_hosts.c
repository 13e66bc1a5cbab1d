#include "collector/draw/ladder.h"

#include <string.h>

#include "collector/draw/fit.h"
#include "collector/draw/letters.h"
#include "collector/draw/put.h"
#include "collector/draw/then.h"

enum {
	NIC_NAME_Y = 25,
	WIRE_FROM = 31,
	VSWITCH_Y = 50,
	VSWITCH_H = 26,
	VSWITCH_X = 6,
	VSWITCH_LEAST = 22, /* narrower boxes say nothing: their number does */
	STACK_Y = 100,
	STACK_H = 28,
	STACK_X = 5,
	STACK_PEEK = 8,
	NOTHING_Y = 111, /* two lines */
	NOTHING_PITCH = 19,
	NOTHING_SIZE = 15,
	NAME_ABOVE = 14, /* of the lower edge */
	OTHER_BELOW = 20,
	OTHER_SIZE = 16,
	TEXT_SIZE = 17
};

struct card {
	struct ladder *ladder;
	const struct bars *bars;
	uint32_t host, box;
	double x, y, w;
};

static void
put_text_in(struct card *c, const char *part, struct sheet_text text)
{
	struct sheet *s = c->ladder->board.sheet;

	text.id = sheet_format(
	    s, "%s:%s", c->ladder->board.scene->hosts[c->host].id, part);
	text.tilt = 0.1;
	text.anchor = ANCHOR_MIDDLE;
	(void)put_label(s, c->box, text);
}

/* What tells a NIC from the others of its host: "0" of vmnic0, else all. */
static const char *
short_name(const struct places *nics, const struct scene *s, uint32_t nic)
{
	const char *name = s->nics[nic].name;
	size_t size = strcspn(name, "0123456789");

	for (uint32_t i = 0; i < nics->count; i++) {
		const char *other = s->nics[nics->at[i]].name;

		if (strncmp(other, name, size) != 0 ||
		    strcspn(other, "0123456789") != size)
			return name;
	}
	return name[size] ? name + size : name;
}

static void
put_nic(struct card *c, const struct places *nics, uint32_t n)
{
	struct board *b = &c->ladder->board;
	const struct scene_nic *nic = &b->scene->nics[nics->at[n]];
	double x = c->x + c->w / 2 +
		   c->bars->nic_pitch * (n - (nics->count - 1.0) / 2);
	bool dead = nic->state == CABLE_DOWN;

	b->nic_x[nics->at[n]] = x;
	b->nic_box[nics->at[n]] = sheet_box(b->sheet,
	    (struct sheet_box){ .id = nic->id,
		.label = nic->name,
		.about = nic->mac,
		.title = sheet_format(b->sheet, "%s, %s, %s", nic->name,
		    nic->mac, nic->state_text),
		.href = "",
		.kind = BOX_NIC,
		.ink = dead ? INK_GREY : INK_GREEN,
		.faint = dead,
		.parent = c->box,
		.at = { x - LADDER_PORT_W / 2.0, c->y - LADDER_PORT_H / 2.0,
		    LADDER_PORT_W, LADDER_PORT_H } });
	(void)put_label(b->sheet, b->nic_box[nics->at[n]],
	    (struct sheet_text){
		.id = sheet_format(b->sheet, "%s:name", nic->id),
		.text = short_name(nics, b->scene, nics->at[n]),
		.x = x,
		.y = c->y + NIC_NAME_Y,
		.size = TEXT_SIZE,
		.width = c->bars->nic_pitch - 4,
		.anchor = ANCHOR_MIDDLE,
		.ink = dead ? INK_GREY : INK_BLACK,
		.bold = true,
		.tilt = 0.1 });
}

/* "dvs" of "dvs-prod", if more does not fit. */
static const char *
first_word(struct sheet *s, const char *name, struct fit fit)
{
	size_t size = strcspn(name, "-_. ");

	if (letters_width(name, fit.size) <= fit.width || !size)
		return name;
	return sheet_format(s, "%.*s", (int)size, name);
}

static void
put_vswitch(struct card *c, uint32_t vswitch, struct rect at)
{
	struct board *b = &c->ladder->board;
	const struct scene_vswitch *v = &b->scene->vswitches[vswitch];
	struct fit fit = { TEXT_SIZE, at.w - 6 };

	b->vswitch_box[vswitch] = sheet_box(b->sheet,
	    (struct sheet_box){ .id = v->id,
		.label = v->name,
		.about = v->about,
		.title = sheet_format(b->sheet, "%s, %s", v->name, v->about),
		.href = v->href,
		.kind = BOX_VSWITCH,
		.ink = INK_BLUE,
		.hatch = HATCH_VIRTUAL,
		.parent = c->box,
		.at = at });
	(void)put_label(b->sheet, b->vswitch_box[vswitch],
	    (struct sheet_text){ .id = sheet_format(b->sheet, "%s:name", v->id),
		.text = first_word(b->sheet, v->name, fit),
		.x = at.x + at.w / 2,
		.y = at.y + 19,
		.size = TEXT_SIZE,
		.width = fit.width,
		.anchor = ANCHOR_MIDDLE,
		.ink = INK_BLUE,
		.bold = true,
		.wiped = true,
		.tilt = 0.1 });
}

/* Side by side; or, when they are too many for the card, as a number. */
static bool
put_vswitches(struct card *c, const struct places *vswitches)
{
	double w = (c->w - 2.0 * VSWITCH_X + 4) / vswitches->count - 4;

	if (!vswitches->count)
		return false;
	if (w < VSWITCH_LEAST) {
		put_text_in(c, "vswitches",
		    (struct sheet_text){
			.text = sheet_format(c->ladder->board.sheet, "%u vSw",
			    (unsigned)vswitches->count),
			.x = c->x + c->w / 2,
			.y = c->y + VSWITCH_Y + 19,
			.size = TEXT_SIZE,
			.width = c->w - 2,
			.ink = INK_BLUE });
		return false;
	}
	for (uint32_t i = 0; i < vswitches->count; i++)
		put_vswitch(c, vswitches->at[i],
		    (struct rect){ c->x + VSWITCH_X + (w + 4) * i,
			c->y + VSWITCH_Y, w, VSWITCH_H });
	return true;
}

/* The wires of a card that has its vSwitches drawn; only to look at. */
static void
put_wires(struct card *c, const struct places *nics)
{
	struct board *b = &c->ladder->board;

	for (uint32_t i = 0; i < nics->count; i++) {
		double x = b->nic_x[nics->at[i]];

		put_line(b->sheet,
		    (struct sheet_mark){ .id = sheet_format(b->sheet, "%s:wire",
					     b->scene->nics[nics->at[i]].id),
			.size = 1.4 },
		    (struct point){ x, c->y + WIRE_FROM },
		    (struct point){ x, c->y + VSWITCH_Y });
	}
}

/* No machine is here to be drawn: nobody looked, or nobody told of one. */
static void
put_nothing(struct card *c, bool unread)
{
	const char *lines[] = { unread ? "not drawn" : "no VM",
		unread ? "here" : "known" };

	for (unsigned i = 0; i < 2; i++)
		put_text_in(c, i ? "nothing" : "no",
		    (struct sheet_text){ .text = lines[i],
			.x = c->x + c->w / 2,
			.y = c->y + NOTHING_Y + NOTHING_PITCH * i,
			.size = NOTHING_SIZE,
			.width = c->w - 4,
			.ink = INK_GREY });
}

static void
put_machines(struct card *c, uint32_t count, bool wired)
{
	struct sheet *s = c->ladder->board.sheet;
	const struct scene_host *h = &c->ladder->board.scene->hosts[c->host];
	struct rect at = { c->x + STACK_X, c->y + STACK_Y,
		c->w - 2.0 * STACK_X - STACK_PEEK, STACK_H };
	const char *said = sheet_format(s, "%u VM", (unsigned)count);
	double middle = c->x + c->w / 2;
	uint32_t box = c->box;

	if (wired)
		put_line(s,
		    (struct sheet_mark){
			.id = sheet_format(s, "%s:stem", h->id), .size = 1.4 },
		    (struct point){ middle, c->y + VSWITCH_Y + VSWITCH_H },
		    (struct point){ middle, c->y + STACK_Y - STACK_PEEK });
	if (!count) {
		put_nothing(c, h->inside_unread);
		return;
	}
	c->box = sheet_box(
	    s, (struct sheet_box){ .id = sheet_format(s, "%s:machines", h->id),
		   .label = said,
		   .about = "",
		   .title = sheet_format(
		       s, "%u machines on %s", (unsigned)count, h->name),
		   .href = h->href,
		   .kind = BOX_STACK,
		   .ink = INK_GREEN,
		   .parent = box,
		   .at = at });
	put_text_in(c, "machines:name",
	    (struct sheet_text){ .text = said,
		.x = at.x + at.w / 2,
		.y = at.y + 20,
		.size = TEXT_SIZE,
		.width = at.w - 4 });
	c->box = box;
}

static uint32_t
count_vms(const struct board *b, uint32_t host)
{
	const struct places *machines = &b->sorted.machines[host];
	uint32_t count = 0;

	for (uint32_t i = 0; i < machines->count; i++)
		count +=
		    b->scene->machines[machines->at[i]].kind != MACHINE_KERNEL;
	return count;
}

/* That it is silent, and that it is not as the others are. */
static void
put_below(struct card *c)
{
	struct ladder *l = c->ladder;
	const struct scene_host *h = &l->board.scene->hosts[c->host];
	char silent[THEN_SIZE];
	struct sheet_text text = { .x = c->x + c->w / 2,
		.y = c->y + LADDER_CARD_H + OTHER_BELOW,
		.size = OTHER_SIZE,
		.width = c->w,
		.ink = INK_GREY };

	if (*then_silent_short(l->board.scene, h, silent)) {
		text.text = letters_width(silent, text.size) > c->w
				? "silent"
				: sheet_format(l->board.sheet, "%s", silent);
		put_text_in(c, "silent", text);
		text.y += OTHER_SIZE;
	}
	if (l->alike[c->host])
		return;
	text.text = "differs";
	put_text_in(c, "other", text);
}

static void
put_card(struct card *c)
{
	struct ladder *l = c->ladder;
	const struct scene_host *h = &l->board.scene->hosts[c->host];
	const struct places *nics = &l->board.sorted.nics[c->host];
	const char *about =
	    then_about(&l->board.sheet->arena, l->board.scene, h);
	enum ink ink = h->silent ? INK_GREY : INK_GREEN;
	bool wired;

	c->box = sheet_box(l->board.sheet,
	    (struct sheet_box){ .id = h->id,
		.label = h->name,
		.about = about,
		.title =
		    sheet_format(l->board.sheet, "host %s, %s", h->name, about),
		.href = h->href,
		.kind = BOX_HOST,
		.ink = ink,
		.faint = h->silent,
		.parent = SHEET_NONE,
		.at = { c->x, c->y, c->w, LADDER_CARD_H } });
	l->board.host_box[c->host] = c->box;
	for (uint32_t i = 0; i < nics->count; i++)
		put_nic(c, nics, i);
	wired = put_vswitches(c, &l->board.sorted.vswitches[c->host]);
	if (wired)
		put_wires(c, nics);
	put_machines(c, count_vms(&l->board, c->host), wired);
	put_text_in(c, "name",
	    (struct sheet_text){ .text = h->name,
		.x = c->x + c->w / 2,
		.y = c->y + LADDER_CARD_H - NAME_ABOVE,
		.size = 19,
		.width = c->w - 6,
		.ink = ink,
		.bold = true });
	put_below(c);
}

void
ladder_put_hosts(struct ladder *l, struct bars *bars)
{
	for (uint32_t i = 0; i < bars->pod->hosts.count; i++) {
		struct card c = { .ladder = l,
			.bars = bars,
			.host = bars->pod->hosts.at[i],
			.x = bars->card_x + bars->card_pitch * i,
			.y = l->host_y,
			.w = bars->card_w };

		put_card(&c);
	}
}
