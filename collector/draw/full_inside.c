#include "collector/draw/full.h"

#include "collector/draw/letters.h"
#include "collector/draw/put.h"
#include "collector/draw/then.h"

enum {
	LABEL_X = 14,
	VSWITCH_NAME_Y = 28,
	VSWITCH_ABOUT_Y = 50,
	TAB_NAME_Y = 23,
	TAB_VLAN_Y = 45,
	TAB_MARGIN = 12,
	MACHINE_TEXT_Y = 30,
	MACHINE_MARGIN = 8,
	IDLE_NAME_Y = 20, /* of two lines */
	IDLE_Y = 38,
	UNPLUGGED_SIZE = 9, /* of the cross on its wire */
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

/* A cross on the last piece of the wire to a vNIC that is disconnected. */
static void
put_unplugged(struct sheet *s, const char *id, struct point a, struct point b)
{
	struct point at = { (a.x + b.x) / 2, (a.y + b.y) / 2 };
	const struct point *kept = sheet_points(s, &at, 1);

	(void)sheet_mark(
	    s, (struct sheet_mark){ .id = sheet_format(s, "%s:unplugged", id),
		   .kind = MARK_CROSS,
		   .ink = INK_GREY,
		   .points = kept,
		   .point_count = kept ? 1 : 0,
		   .size = UNPLUGGED_SIZE });
}

/* Straight down; or down the column's common wire and to the right. */
static void
put_wire(
    struct hook *k, const char *id, uint32_t n, uint32_t to, bool unplugged)
{
	struct sheet *s = k->full->board.sheet;
	struct rect at = seat(k, n);
	double top = k->tab->h > 0 ? k->y + k->tab->h : k->y, x = at.x;
	double middle = at.y + at.h / 2;
	struct point corners[3];
	size_t last;
	struct sheet_cable wire = { .id = sheet_format(s, "%s:wire", id),
		.title = unplugged ? "disconnected" : "",
		.from = k->from,
		.to = to,
		.state = unplugged ? CABLE_DOWN : CABLE_SURE,
		.ink = unplugged ? INK_GREY : INK_BLACK,
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
		last = 2;
	} else {
		corners[0] = (struct point){ x + at.w / 2, top };
		corners[1] = (struct point){ x + at.w / 2, at.y };
		last = 1;
	}
	put_way(s, &wire, corners, last + 1);
	(void)sheet_cable(s, wire);
	if (unplugged)
		put_unplugged(s, id, corners[last - 1], corners[last]);
}

/* The vNIC that hangs on this tab, a connected one first; NULL: none is known.
 */
static const struct scene_vnic *
vnic_here(const struct hook *k, uint32_t machine)
{
	const struct scene *s = k->full->board.scene;
	const struct places *vnics = &k->full->board.sorted.vnics[machine];
	const struct scene_vnic *found = NULL;

	for (uint32_t i = 0; i < vnics->count; i++) {
		const struct scene_vnic *v = &s->vnics[vnics->at[i]];

		if (v->group == k->tab->group && (!found || !v->disconnected))
			found = v;
	}
	return found;
}

/* Its name, and below it why it has no network. */
static void
put_machine_name(struct board *b, uint32_t machine, uint32_t box,
    struct rect at, const char *idle)
{
	const struct scene_machine *m = &b->scene->machines[machine];
	struct sheet_text text = { .id =
				       sheet_format(b->sheet, "%s:name", m->id),
		.text = m->name,
		.x = at.x + at.w / 2,
		.y = at.y + (*idle ? IDLE_NAME_Y : MACHINE_TEXT_Y),
		.size = INSIDE_TEXT_SIZE,
		.width = at.w - MACHINE_MARGIN,
		.anchor = ANCHOR_MIDDLE,
		.ink = *idle ? INK_GREY : INK_BLACK,
		.bold = true,
		.wiped = m->kind != MACHINE_KERNEL,
		.tilt = 0.2 };

	(void)put_label(b->sheet, box, text);
	text.id = sheet_format(b->sheet, "%s:idle", m->id);
	text.text = idle;
	text.y = at.y + IDLE_Y;
	text.size = INSIDE_IDLE_SIZE;
	text.bold = false;
	/* The box has room for its state, and not for each other word. */
	if (idle != m->state && letters_width(idle, text.size) > text.width)
		text.text = "cut off";
	(void)put_label(b->sheet, box, text);
}

static void
put_machine(struct hook *k, uint32_t n)
{
	struct board *b = &k->full->board;
	uint32_t machine = k->tab->machines[n];
	const struct scene_machine *m = &b->scene->machines[machine];
	struct rect at = seat(k, n);
	bool kernel = m->kind == MACHINE_KERNEL;
	const struct scene_vnic *vnic = vnic_here(k, machine);
	bool alone = k->full->board.sorted.vnics[machine].count == 1;
	const char *idle = then_idle(m, alone ? vnic : NULL);
	uint32_t box = sheet_box(b->sheet,
	    (struct sheet_box){ .id = m->id,
		.label = m->name,
		.about = *idle ? idle : m->state,
		.title = sheet_format(b->sheet, "%s%s%s", m->name,
		    *m->state || *idle ? ", " : "", *idle ? idle : m->state),
		.href = m->href,
		.kind = kernel ? BOX_KERNEL : BOX_MACHINE,
		.ink = *idle    ? INK_GREY
		       : kernel ? INK_BLACK
				: INK_GREEN,
		.hatch = kernel || *idle ? HATCH_NONE : HATCH_DENSE,
		.faint = *idle != '\0',
		.parent = b->host_box[k->house->host],
		.at = at });

	b->machine_box[machine] = box;
	put_machine_name(b, machine, box, at, idle);
	put_wire(k, m->id, n, box, vnic && vnic->disconnected);
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
	put_wire(k, id, t->machine_count, box, false);
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

	(void)sheet_cable(b->sheet,
	    (struct sheet_cable){
		.id = sheet_format(b->sheet, "%s:wire", v->id),
		.title = v->disconnected ? sheet_format(b->sheet,
					       "%s, disconnected", v->name)
					 : v->name,
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
