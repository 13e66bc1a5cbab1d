#include "collector/draw/full.h"

#include "collector/draw/put.h"
#include "collector/draw/then.h"

enum {
	NAME_X = 20,
	CAPTION_ABOVE = 20, /* of the lower edge */
	ABOUT_AFTER = 14,
	NAME_MOST = 380,
	NIC_NAME_X = 17,
	NIC_NAME_Y = 28,
	NIC_NAME_MARGIN = 30, /* of the slot */
	BOND_Y = 62,
	BOND_H = 24,
	BOND_MORE = 16, /* beyond its outer NICs */
	CROSS_X = -6,
	CROSS_Y = 26, /* above the host */
	NO_LINK_X = 12,
	NO_LINK_Y = 20,
	LABEL_X = 14,
	VSWITCH_NAME_Y = 28,
	VSWITCH_ABOUT_Y = 50,
	TAB_NAME_Y = 23,
	TAB_VLAN_Y = 45,
	STACK_PEEK = 8 /* of the cards behind the front one */
};

struct room {
	struct full *full;
	const struct house *house;
	double y; /* of the host's top */
};

static uint32_t
house_box(const struct room *r)
{
	return r->full->board.host_box[r->house->host];
}

/* ---- the host itself --------------------------------------------------------
 */

static void
put_caption(struct room *r)
{
	struct sheet *s = r->full->board.sheet;
	const struct scene_host *h =
	    &r->full->board.scene->hosts[r->house->host];
	double y = r->y + r->house->h - CAPTION_ABOVE, w;
	struct sheet_text text = { .id = sheet_format(s, "%s:name", h->id),
		.text = h->name,
		.x = r->house->x + NAME_X,
		.y = y,
		.size = INSIDE_NAME_SIZE,
		.width = NAME_MOST,
		.ink = h->silent ? INK_GREY : INK_GREEN,
		.bold = true,
		.tilt = 0.3 };

	w = put_label(s, house_box(r), text);
	text.id = sheet_format(s, "%s:about", h->id);
	text.text = then_about(&s->arena, r->full->board.scene, h);
	text.x += w + ABOUT_AFTER;
	text.size = INSIDE_ABOUT_SIZE;
	text.width = r->house->w - w - ABOUT_AFTER - 2 * NAME_X;
	text.bold = false;
	text.tilt = 0.2;
	(void)put_label(s, house_box(r), text);
}

static void
put_box(struct room *r)
{
	struct board *b = &r->full->board;
	const struct house *h = r->house;
	const struct scene_host *host = &b->scene->hosts[h->host];
	const char *about = then_about(&b->sheet->arena, b->scene, host);

	b->host_box[h->host] =
	    sheet_box(b->sheet, (struct sheet_box){ .id = host->id,
				    .label = host->name,
				    .about = about,
				    .title = sheet_format(b->sheet,
					"host %s, %s", host->name, about),
				    .href = host->href,
				    .kind = BOX_HOST,
				    .ink = host->silent ? INK_GREY : INK_GREEN,
				    .faint = host->silent,
				    .parent = SHEET_NONE,
				    .at = { h->x, r->y, h->w, h->h } });
}

/* ---- NICs and bonds
 * ----------------------------------------------------------- */

static void
put_no_link(struct room *r, uint32_t nic, double x)
{
	struct sheet *s = r->full->board.sheet;
	const struct scene_nic *n = &r->full->board.scene->nics[nic];
	struct point at = { x + CROSS_X + 6, r->y - CROSS_Y };

	(void)sheet_mark(
	    s, (struct sheet_mark){ .id = sheet_format(s, "%s:cross", n->id),
		   .kind = MARK_CROSS,
		   .ink = INK_GREY,
		   .points = sheet_points(s, &at, 1),
		   .point_count = 1,
		   .size = 13 });
	(void)put_text(
	    s, (struct sheet_text){ .id = sheet_format(s, "%s:state", n->id),
		   .text = *n->state_text ? n->state_text : "no link",
		   .x = x + NO_LINK_X,
		   .y = r->y - NO_LINK_Y,
		   .size = 18,
		   .width = INSIDE_SLOT - NIC_NAME_MARGIN,
		   .ink = INK_GREY,
		   .tilt = 0.4 });
}

static void
put_nic(struct room *r, const struct bay *bay, uint32_t at)
{
	struct board *b = &r->full->board;
	const struct scene_nic *n = &b->scene->nics[bay->nics[at]];
	double x = b->nic_x[bay->nics[at]];
	bool dead = n->state == CABLE_DOWN;
	uint32_t box = sheet_box(b->sheet,
	    (struct sheet_box){ .id = n->id,
		.label = n->name,
		.about = n->mac,
		.title = sheet_format(b->sheet, "%s, %s, %s%s%s", n->name,
		    n->mac, n->speed, *n->speed ? ", " : "", n->state_text),
		.href = "",
		.kind = BOX_NIC,
		.ink = dead ? INK_GREY : INK_GREEN,
		.faint = dead,
		.parent = house_box(r),
		.at = { x - FULL_NIC_W / 2.0, r->y - FULL_NIC_H / 2.0,
		    FULL_NIC_W, FULL_NIC_H } });

	b->nic_box[bay->nics[at]] = box;
	(void)put_label(b->sheet, box,
	    (struct sheet_text){ .id = sheet_format(b->sheet, "%s:name", n->id),
		.text = n->name,
		.x = x + NIC_NAME_X,
		.y = r->y + NIC_NAME_Y,
		.size = INSIDE_TEXT_SIZE,
		.width = INSIDE_SLOT - NIC_NAME_MARGIN,
		.ink = dead ? INK_GREY : INK_BLACK,
		.bold = !dead,
		.tilt = 0.2 });
	if (dead)
		put_no_link(r, bay->nics[at], x);
}

/* From a NIC to its vSwitch, or to the bond that the host itself uses. */
static void
put_uplink(struct room *r, const struct bay *bay, uint32_t at)
{
	struct board *b = &r->full->board;
	const struct scene_nic *n = &b->scene->nics[bay->nics[at]];
	double x = b->nic_x[bay->nics[at]];
	bool dead = n->state == CABLE_DOWN;
	struct point ends[] = { { x, r->y + FULL_NIC_H / 2.0 },
		{ x, r->y + r->house->vswitch_y } };
	struct sheet_cable wire = { .id = sheet_format(
					b->sheet, "%s:uplink", n->id),
		.title = "",
		.from = b->nic_box[bay->nics[at]],
		.to = SHEET_NONE,
		.state = dead ? CABLE_DOWN : CABLE_SURE,
		.ink = dead ? INK_GREY : INK_BLACK,
		.net_text = "",
		.sys_text = "" };

	if (bay->vswitch != SCENE_NONE)
		wire.to = b->vswitch_box[bay->vswitch];
	else if (n->bond != SCENE_NONE)
		ends[1].y = r->y + BOND_Y - BOND_H / 2.0;
	else
		return;
	put_way(b->sheet, &wire, ends, 2);
	(void)sheet_cable(b->sheet, wire);
}

/* The oval across the wires of those NICs of 'bay' that 'bond' has. */
static void
put_bond(struct room *r, const struct bay *bay, uint32_t bond)
{
	struct board *b = &r->full->board;
	const struct scene_bond *o = &b->scene->bonds[bond];
	double left = -1, right = 0, y = r->y + BOND_Y;
	uint32_t box;

	for (uint32_t i = 0; i < bay->nic_count; i++) {
		if (b->scene->nics[bay->nics[i]].bond != bond)
			continue;
		right = b->nic_x[bay->nics[i]] + BOND_MORE;
		if (left < 0)
			left = right - 2 * BOND_MORE;
	}
	if (left < 0)
		return;
	box = sheet_box(b->sheet,
	    (struct sheet_box){ .id = sheet_format(b->sheet, "%s", o->id),
		.label = o->name,
		.about = o->mode,
		.title =
		    sheet_format(b->sheet, "bond %s, %s", o->name, o->mode),
		.href = "",
		.kind = BOX_BOND,
		.ink = INK_BLACK,
		.parent = house_box(r),
		.at = { left, y - BOND_H / 2.0, right - left, BOND_H } });
	(void)put_label(b->sheet, box,
	    (struct sheet_text){ .id = sheet_format(b->sheet, "%s:name", o->id),
		.text = o->name,
		.x = (left + right) / 2,
		.y = y + 6,
		.size = INSIDE_TEXT_SIZE,
		.width = right - left - BOND_MORE,
		.anchor = ANCHOR_MIDDLE,
		.bold = true,
		.wiped = true,
		.tilt = 0.2 });
}

/* A bond whose NICs are at home at another vSwitch serves this one, too. */
static void
put_shared(struct room *r, const struct bay *bay)
{
	struct board *b = &r->full->board;
	const struct scene_vswitch *v = &b->scene->vswitches[bay->vswitch];
	double low = r->y + r->house->vswitch_y;
	double to = r->house->x + bay->x + bay->w / 2;
	double high = r->y + BOND_Y + BOND_H / 2.0;

	for (size_t i = 0; i < v->nic_count; i++) {
		uint32_t nic = v->nics[i];
		struct point curve[4];
		double x;

		if (nic >= b->scene->nic_count ||
		    b->scene->nics[nic].host != r->house->host)
			continue;
		x = b->nic_x[nic];
		if (x > r->house->x + bay->x &&
		    x < r->house->x + bay->x + bay->w)
			continue;
		curve[0] = (struct point){ x, high };
		curve[1] = (struct point){ x, low };
		curve[2] = (struct point){ to, high };
		curve[3] = (struct point){ to, low };
		(void)sheet_cable(
		    b->sheet, (struct sheet_cable){
				  .id = sheet_format(b->sheet, "%s:uplink:%s",
				      b->scene->nics[nic].id, v->id),
				  .title = "",
				  .from = b->nic_box[nic],
				  .to = b->vswitch_box[bay->vswitch],
				  .points = sheet_points(b->sheet, curve, 4),
				  .point_count = 4,
				  .state = CABLE_SURE,
				  .net_text = "",
				  .sys_text = "" });
	}
}

/* A patch port leads from one vSwitch to another of the same host. */
static void
put_patches(struct room *r, const struct bay *bay)
{
	struct board *b = &r->full->board;
	const struct scene_vswitch *v = &b->scene->vswitches[bay->vswitch];
	double y = r->y + r->house->vswitch_y;

	for (size_t i = 0; i < v->patch_count; i++) {
		const struct rect *a, *c;
		struct point arc[4];
		uint32_t to = v->patches[i];

		/* Both sides tell of a patch: one line is enough. */
		if (to >= b->scene->vswitch_count || to <= bay->vswitch ||
		    b->vswitch_box[to] == SHEET_NONE ||
		    b->vswitch_box[bay->vswitch] == SHEET_NONE)
			continue;
		a = &b->sheet->boxes[b->vswitch_box[bay->vswitch]].at;
		c = &b->sheet->boxes[b->vswitch_box[to]].at;
		arc[0] = (struct point){ a->x + a->w * 0.8, y };
		arc[3] = (struct point){ c->x + c->w * 0.2, y };
		if (c->x < a->x) {
			arc[0].x = a->x + a->w * 0.2;
			arc[3].x = c->x + c->w * 0.8;
		}
		arc[1] = (struct point){ arc[0].x, y - BOND_H };
		arc[2] = (struct point){ arc[3].x, y - BOND_H };
		(void)sheet_cable(
		    b->sheet, (struct sheet_cable){
				  .id = sheet_format(b->sheet, "%s:patch:%s",
				      v->id, b->scene->vswitches[to].id),
				  .title = "patch",
				  .from = b->vswitch_box[bay->vswitch],
				  .to = b->vswitch_box[to],
				  .points = sheet_points(b->sheet, arc, 4),
				  .point_count = 4,
				  .state = CABLE_SURE,
				  .ink = INK_BLUE,
				  .net_text = "",
				  .sys_text = "" });
	}
}

static void
put_bay(struct room *r, const struct bay *bay)
{
	const struct places *bonds =
	    &r->full->board.sorted.bonds[r->house->host];

	full_put_vswitch(r->full, r->house, bay);
	for (uint32_t i = 0; i < bay->nic_count; i++) {
		put_nic(r, bay, i);
		put_uplink(r, bay, i);
	}
	for (uint32_t i = 0; i < bonds->count; i++)
		put_bond(r, bay, bonds->at[i]);
	full_put_tabs(r->full, r->house, bay);
}

void
full_put_house(struct full *f, const struct house *house)
{
	struct room r = { f, house, f->host_y };

	put_box(&r);
	for (uint32_t b = 0; b < house->bay_count; b++)
		put_bay(&r, &house->bays[b]);
	for (uint32_t b = 0; b < house->bay_count; b++) {
		if (house->bays[b].vswitch == SCENE_NONE)
			continue;
		put_shared(&r, &house->bays[b]);
		put_patches(&r, &house->bays[b]);
	}
	full_put_second_wires(f, house);
	put_caption(&r);
}
