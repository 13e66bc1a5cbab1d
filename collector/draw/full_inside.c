#include "collector/draw/full.h"

#include "collector/draw/put.h"

enum {
	LABEL_X = 14,
	VSWITCH_NAME_Y = 28,
	VSWITCH_ABOUT_Y = 50,
	TAB_NAME_Y = 23,
	TAB_VLAN_Y = 45,
	TAB_MARGIN = 12,
	MACHINE_TEXT_Y = 30,
	MACHINE_MARGIN = 8,
	STACK_TEXT_SIZE = 17
};

void
full_put_vswitch(
    struct full *f, const struct house *house, const struct bay *bay)
{
	struct sheet *s = f->board.sheet;
	const struct scene_vswitch *v;
	double x = house->x + bay->x, y = f->host_y + house->vswitch_y;
	struct sheet_text text = { .x = x + LABEL_X,
		.y = y + VSWITCH_NAME_Y,
		.size = 23,
		.width = bay->w - 2 * LABEL_X,
		.ink = INK_BLUE,
		.bold = true,
		.wiped = true,
		.tilt = 0.2 };
	uint32_t box;

	if (bay->vswitch == SCENE_NONE)
		return;
	v = &f->board.scene->vswitches[bay->vswitch];
	box = sheet_box(
	    s, (struct sheet_box){ .id = v->id,
		   .label = v->name,
		   .about = v->about,
		   .title = sheet_format(s, "%s, %s", v->name, v->about),
		   .href = v->href,
		   .kind = BOX_VSWITCH,
		   .ink = INK_BLUE,
		   .hatch = HATCH_VIRTUAL,
		   .parent = f->board.host_box[house->host],
		   .at = { x, y, bay->w, INSIDE_VSWITCH_H } });
	f->board.vswitch_box[bay->vswitch] = box;
	text.id = sheet_format(s, "%s:name", v->id);
	text.text = v->name;
	(void)put_label(s, box, text);
	text.id = sheet_format(s, "%s:about", v->id);
	text.text = v->about;
	text.y = y + VSWITCH_ABOUT_Y;
	text.size = 17;
	text.width = bay->w - 2 * LABEL_X;
	text.bold = false;
	(void)put_label(s, box, text);
}

/* ---- one tab, and what hangs on it ------------------------------------------
 */

struct hook {
	struct full *full;
	const struct house *house;
	const struct bay *bay;
	const struct tab *tab;
	uint32_t from; /* the box that its wires begin at; SHEET_NONE */
	double x, y;   /* of the tab's left upper corner */
};

static uint32_t
put_tab(struct hook *k)
{
	struct board *b = &k->full->board;
	const struct tab *t = k->tab;
	const struct scene_group *g = &b->scene->groups[t->group];
	struct sheet_text text = { .id =
				       sheet_format(b->sheet, "%s:name", g->id),
		.text = g->name,
		.x = k->x + t->w / 2,
		.y = k->y + TAB_NAME_Y,
		.size = INSIDE_TEXT_SIZE,
		.width = t->w - TAB_MARGIN,
		.anchor = ANCHOR_MIDDLE,
		.ink = INK_BLUE,
		.bold = true,
		.tilt = 0.2 };
	uint32_t box = sheet_box(
	    b->sheet, (struct sheet_box){ .id = g->id,
			  .label = g->name,
			  .about = t->vlan,
			  .title = sheet_format(b->sheet, "port group %s%s%s",
			      g->name, *g->vlan ? ", " : "", g->vlan),
			  .href = g->href,
			  .kind = BOX_GROUP,
			  .ink = INK_BLUE,
			  .parent = b->vswitch_box[g->vswitch],
			  .at = { k->x, k->y, t->w, t->h } });

	b->group_box[t->group] = box;
	(void)put_label(b->sheet, box, text);
	text.id = sheet_format(b->sheet, "%s:vlan", g->id);
	text.text = t->vlan;
	text.y = k->y + TAB_VLAN_Y;
	text.size = INSIDE_ABOUT_SIZE;
	text.width = t->w - TAB_MARGIN;
	text.bold = false;
	(void)put_label(b->sheet, box, text);
	return box;
}

/* Where number 'n' below the tab stands: side by side below its middle, or, of
 * several rows, right of the wire of its column. */
static struct rect
seat(const struct hook *k, uint32_t n)
{
	const struct tab *t = k->tab;
	const struct scene *s = k->full->board.scene;
	uint32_t row = n / t->columns;
	double pitch = t->cell + 2 * INSIDE_TRUNK, all = -INSIDE_GAP;
	struct rect out = { .y = k->full->host_y + k->house->machine_y,
		.h = INSIDE_MACHINE_H };

	if (t->rows > 1) {
		out.w = t->cell;
		out.x = k->x + (t->w - pitch * t->columns) / 2 +
			pitch * (n % t->columns) + 1.5 * INSIDE_TRUNK;
		out.y += INSIDE_ROW_H * (double)row;
		return out;
	}
	for (uint32_t i = 0; i < t->machine_count; i++) {
		if (i == n)
			out.x = all + INSIDE_GAP;
		all += INSIDE_GAP + inside_machine_w(s, t->machines[i]);
	}
	out.x += k->x + (t->w - all) / 2;
	out.w = inside_machine_w(s, t->machines[n]);
	return out;
}

/* Straight down; or down the column's common wire and to the right. */
static void
put_wire(struct hook *k, const char *id, uint32_t n, uint32_t to)
{
	struct sheet *s = k->full->board.sheet;
	struct rect at = seat(k, n);
	double top = k->tab->h > 0 ? k->y + k->tab->h : k->y, x = at.x;
	double middle = at.y + at.h / 2;
	struct point corners[3];
	struct sheet_cable wire = { .id = sheet_format(s, "%s:wire", id),
		.title = "",
		.from = k->from,
		.to = to,
		.state = CABLE_SURE,
		.net_text = "",
		.sys_text = "" };

	if (k->from == SHEET_NONE)
		return;
	if (k->tab->rows > 1) {
		/* What is above was drawn with the machine above. */
		if (n >= k->tab->columns)
			top = middle - INSIDE_ROW_H;
		corners[0] = (struct point){ x - INSIDE_TRUNK, top };
		corners[1] = (struct point){ x - INSIDE_TRUNK, middle };
		corners[2] = (struct point){ x, middle };
		put_way(s, &wire, corners, 3);
	} else {
		corners[0] = (struct point){ x + at.w / 2, top };
		corners[1] = (struct point){ x + at.w / 2, at.y };
		put_way(s, &wire, corners, 2);
	}
	(void)sheet_cable(s, wire);
}

static void
put_machine(struct hook *k, uint32_t n)
{
	struct board *b = &k->full->board;
	uint32_t machine = k->tab->machines[n];
	const struct scene_machine *m = &b->scene->machines[machine];
	struct rect at = seat(k, n);
	bool kernel = m->kind == MACHINE_KERNEL;
	uint32_t box = sheet_box(
	    b->sheet, (struct sheet_box){ .id = m->id,
			  .label = m->name,
			  .about = m->state,
			  .title = sheet_format(b->sheet, "%s%s%s", m->name,
			      *m->state ? ", " : "", m->state),
			  .href = m->href,
			  .kind = kernel ? BOX_KERNEL : BOX_MACHINE,
			  .ink = kernel ? INK_BLACK : INK_GREEN,
			  .hatch = kernel ? HATCH_NONE : HATCH_DENSE,
			  .parent = b->host_box[k->house->host],
			  .at = at });

	b->machine_box[machine] = box;
	(void)put_label(b->sheet, box,
	    (struct sheet_text){ .id = sheet_format(b->sheet, "%s:name", m->id),
		.text = m->name,
		.x = at.x + at.w / 2,
		.y = at.y + MACHINE_TEXT_Y,
		.size = INSIDE_TEXT_SIZE,
		.width = at.w - MACHINE_MARGIN,
		.anchor = ANCHOR_MIDDLE,
		.bold = true,
		.wiped = !kernel,
		.tilt = 0.2 });
	put_wire(k, m->id, n, box);
}

/* Those that are not drawn one by one. */
static void
put_stack(struct hook *k)
{
	struct board *b = &k->full->board;
	const struct tab *t = k->tab;
	struct rect at = seat(k, t->machine_count);
	const char *of = t->group != SCENE_NONE
			     ? b->scene->groups[t->group].id
			     : b->scene->hosts[k->house->host].id;
	const char *id = sheet_format(
	    b->sheet, "%s:more:%u", of, (unsigned)(k->bay - k->house->bays));
	const char *count =
	    sheet_format(b->sheet, "%u more", (unsigned)t->folded);
	uint32_t box;

	at.w -= INSIDE_TRUNK; /* the cards behind it peek out */
	box = sheet_box(b->sheet,
	    (struct sheet_box){ .id = id,
		.label = count,
		.about = "",
		.title = sheet_format(b->sheet,
		    "%u machines more than are drawn", (unsigned)t->folded),
		.href = b->scene->hosts[k->house->host].href,
		.kind = BOX_STACK,
		.ink = INK_GREEN,
		.parent = b->host_box[k->house->host],
		.at = at });
	(void)put_label(b->sheet, box,
	    (struct sheet_text){ .id = sheet_format(b->sheet, "%s:name", id),
		.text = count,
		.x = at.x + at.w / 2,
		.y = at.y + MACHINE_TEXT_Y,
		.size = STACK_TEXT_SIZE,
		.width = at.w - 2,
		.anchor = ANCHOR_MIDDLE,
		.tilt = 0.2 });
	put_wire(k, id, t->machine_count, box);
}

void
full_put_tabs(struct full *f, const struct house *house, const struct bay *bay)
{
	for (uint32_t i = 0; i < bay->tab_count; i++) {
		struct hook k = { .full = f,
			.house = house,
			.bay = bay,
			.tab = &bay->tabs[i],
			.from = SHEET_NONE,
			.x = house->x + bay->tabs[i].x,
			.y = f->host_y + house->vswitch_y + INSIDE_VSWITCH_H };

		if (k.tab->group != SCENE_NONE)
			k.from = put_tab(&k);
		else if (bay->vswitch != SCENE_NONE)
			k.from = f->board.vswitch_box[bay->vswitch];
		for (uint32_t n = 0; n < k.tab->machine_count; n++)
			put_machine(&k, n);
		if (k.tab->folded)
			put_stack(&k);
	}
}

/* ---- machines with several vNICs
 * ---------------------------------------------- */

/* From the port group to the machine, which stands below another. */
static void
put_second(struct full *f, const struct scene_vnic *v, uint32_t machine)
{
	struct board *b = &f->board;
	const struct rect *from = &b->sheet->boxes[b->group_box[v->group]].at;
	const struct rect *to = &b->sheet->boxes[b->machine_box[machine]].at;
	double high = from->y + from->h, low = to->y;
	double x0 = from->x + from->w / 2, x1 = to->x + to->w / 2;
	struct point curve[4] = { { x0, high }, { x0, (high + low) / 2 },
		{ x1, (high + low) / 2 }, { x1, low } };

	(void)sheet_cable(
	    b->sheet, (struct sheet_cable){
			  .id = sheet_format(b->sheet, "%s:wire", v->id),
			  .title = v->name,
			  .from = b->group_box[v->group],
			  .to = b->machine_box[machine],
			  .points = sheet_points(b->sheet, curve, 4),
			  .point_count = 4,
			  .state = v->disconnected ? CABLE_DOWN : CABLE_SURE,
			  .ink = v->disconnected ? INK_GREY : INK_BLACK,
			  .net_text = "",
			  .sys_text = "" });
}

void
full_put_second_wires(struct full *f, const struct house *house)
{
	const struct board *b = &f->board;
	const struct places *machines = &b->sorted.machines[house->host];

	for (uint32_t i = 0; i < machines->count; i++) {
		const struct places *vnics = &b->sorted.vnics[machines->at[i]];
		uint32_t last = SCENE_NONE; /* the first is drawn already */

		if (b->machine_box[machines->at[i]] == SHEET_NONE)
			continue;
		for (uint32_t n = 0; n < vnics->count; n++) {
			const struct scene_vnic *v =
			    &b->scene->vnics[vnics->at[n]];

			if (v->group >= b->scene->group_count ||
			    b->group_box[v->group] == SHEET_NONE)
				continue;
			if (last != SCENE_NONE && v->group != last)
				put_second(f, v, machines->at[i]);
			last = v->group;
		}
	}
}
