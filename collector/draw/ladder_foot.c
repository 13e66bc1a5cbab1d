#include "collector/draw/ladder.h"

#include "collector/draw/fit.h"
#include "collector/draw/foot.h"
#include "collector/draw/put.h"

enum {
	LEFT = 40,
	NOTES_GAP = 90, /* with the numbers of the notes in it */
	FOLDED_W = 320,
	FOLDED_Y = 36,
	FOLDED_PITCH = 25,
	BLOCK_X = 348, /* from the right edge */
	BLOCK_GAP = 24,
	MARGIN = 36,
	/* The host that looks as most do. */
	BOX_Y = 28,
	BOX_LEAST_W = 430,
	BOX_MOST_W = 720,
	BOX_H = 212,
	TAB_PITCH = 98,
	TAB_GAP = 10,
	TAB_H = 46,
	TAB_TEXT = 17,
	TABS_MOST = 7, /* of one vSwitch; of more the last says how many */
	VSWITCHES_MOST = 4,
	VSWITCH_Y = 48, /* from the box's top */
	VSWITCH_H = 40,
	VSWITCH_X = 16,
	MACHINE_Y = 20, /* below the tab */
	MACHINE_H = 32,
	MACHINE_X = 10,
	NICS_MOST = 6
};

struct typical {
	struct ladder *ladder;
	uint32_t host;
	double x, y, w; /* of its box */
};

static double
larger(double a, double b)
{
	return a > b ? a : b;
}

static uint32_t
smaller(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

/* A label of the legend: its things are drawn above already, so they have ids
 * of their own. */
static void
put_said(
    struct typical *t, uint32_t box, const char *id, struct sheet_text text)
{
	text.id = sheet_format(t->ladder->board.sheet, "typical:%s:name", id);
	text.anchor = ANCHOR_MIDDLE;
	text.tilt = 0.1;
	(void)put_label(t->ladder->board.sheet, box, text);
}

static uint32_t
put_box(struct typical *t, const char *id, struct sheet_box box)
{
	struct sheet *s = t->ladder->board.sheet;

	box.id = sheet_format(s, "typical:%s", id);
	box.about = "";
	box.title = "";
	box.href = "";
	box.parent = SHEET_NONE;
	return sheet_box(s, box);
}

static void
put_nics(struct typical *t, double low)
{
	struct board *b = &t->ladder->board;
	const struct places *nics = &b->sorted.nics[t->host];
	uint32_t count = smaller(nics->count, NICS_MOST);

	for (uint32_t i = 0; i < count; i++) {
		const struct scene_nic *n = &b->scene->nics[nics->at[i]];
		double pitch = t->w / count, x = t->x + pitch * (i + 0.5) - 30;
		uint32_t box = put_box(t, n->id,
		    (struct sheet_box){ .label = n->name,
			.kind = BOX_NIC,
			.ink = INK_GREEN,
			.at = { x - 10, t->y - 9, 20, 18 } });

		(void)put_label(b->sheet, box,
		    (struct sheet_text){
			.id = sheet_format(b->sheet, "typical:%s:name", n->id),
			.text = n->name,
			.x = x + 16,
			.y = t->y + 26,
			.size = 18,
			.width = pitch / 2 + 8,
			.bold = true,
			.tilt = 0.1 });
		put_line(b->sheet,
		    (struct sheet_mark){
			.id = sheet_format(b->sheet, "typical:%s:wire", n->id),
			.size = 1.9 },
		    (struct point){ x, t->y + 9 }, (struct point){ x, low });
	}
}

/* What hangs on a port group: the kernel's port by its name, VMs as such. */
static void
put_machine(struct typical *t, const char *id, uint32_t group, struct rect tab)
{
	struct board *b = &t->ladder->board;
	const struct places *machines = &b->sorted.machines[t->host];
	const char *kernel = NULL;
	bool vms = false;
	uint32_t box;
	struct rect at = { tab.x + MACHINE_X, tab.y + TAB_H + MACHINE_Y,
		tab.w - 2 * MACHINE_X, MACHINE_H };

	for (uint32_t i = 0; i < machines->count; i++) {
		const struct scene_machine *m =
		    &b->scene->machines[machines->at[i]];
		const struct places *v = &b->sorted.vnics[machines->at[i]];

		if (!v->count || b->scene->vnics[v->at[0]].group != group)
			continue;
		if (m->kind == MACHINE_KERNEL)
			kernel = m->name;
		else
			vms = true;
	}
	if (!kernel && !vms)
		return;
	put_line(b->sheet,
	    (struct sheet_mark){
		.id = sheet_format(b->sheet, "typical:%s:wire", id),
		.size = 1.6 },
	    (struct point){ tab.x + tab.w / 2, tab.y + TAB_H },
	    (struct point){ tab.x + tab.w / 2, at.y });
	id = sheet_format(b->sheet, "%s:machines", id);
	box = put_box(t, id,
	    (struct sheet_box){ .label = vms ? "VMs" : kernel,
		.kind = vms ? BOX_MACHINE : BOX_KERNEL,
		.ink = vms ? INK_GREEN : INK_BLACK,
		.hatch = vms ? HATCH_DENSE : HATCH_NONE,
		.at = at });
	put_said(t, box, id,
	    (struct sheet_text){ .text = vms ? "VMs" : kernel,
		.x = at.x + at.w / 2,
		.y = at.y + 22,
		.size = TAB_TEXT,
		.width = at.w - 4,
		.wiped = vms });
}

static void
put_tab(struct typical *t, uint32_t group, struct rect at)
{
	struct board *b = &t->ladder->board;
	const struct scene_group *g = &b->scene->groups[group];
	uint32_t box = put_box(t, g->id,
	    (struct sheet_box){ .label = g->name,
		.kind = BOX_GROUP,
		.ink = INK_BLUE,
		.at = at });
	struct sheet_text text = { .text = g->name,
		.x = at.x + at.w / 2,
		.y = at.y + 20,
		.size = TAB_TEXT,
		.width = at.w - 6,
		.ink = INK_BLUE,
		.bold = true };

	put_said(t, box, g->id, text);
	text.text = g->vlan;
	text.y = at.y + 39;
	text.size = 16;
	text.bold = false;
	put_said(t, box, sheet_format(b->sheet, "%s:vlan", g->id), text);
	put_machine(t, g->id, group, at);
}

static void
put_tabs(struct typical *t, uint32_t vswitch, struct rect at)
{
	struct board *b = &t->ladder->board;
	const struct places *groups = &b->sorted.groups[vswitch];
	uint32_t count = smaller(groups->count, TABS_MOST);
	double pitch = count ? (at.w - TAB_GAP) / count : 0;
	struct rect tab = { at.x + TAB_GAP, at.y + at.h, pitch - TAB_GAP,
		TAB_H };

	for (uint32_t i = 0; i < count; i++) {
		const char *id = b->scene->vswitches[vswitch].id;

		tab.x = at.x + TAB_GAP + pitch * i;
		if (i + 1 < count || groups->count == count) {
			put_tab(t, groups->at[i], tab);
			continue;
		}
		put_said(t, SHEET_NONE, sheet_format(b->sheet, "%s:more", id),
		    (struct sheet_text){
			.text = sheet_format(b->sheet, "and %u more",
			    (unsigned)(groups->count - i)),
			.x = tab.x + tab.w / 2,
			.y = tab.y + 30,
			.size = 16,
			.width = tab.w,
			.ink = INK_GREY });
	}
}

static void
put_vswitches(struct typical *t)
{
	struct board *b = &t->ladder->board;
	const struct places *all = &b->sorted.vswitches[t->host];
	uint32_t count = smaller(all->count, VSWITCHES_MOST);
	double w = count ? (t->w - VSWITCH_X) / count - VSWITCH_X : 0;
	struct rect at = { t->x + VSWITCH_X, t->y + VSWITCH_Y, w, VSWITCH_H };

	for (uint32_t i = 0; i < count; i++) {
		const struct scene_vswitch *v =
		    &b->scene->vswitches[all->at[i]];
		uint32_t box = put_box(t, v->id,
		    (struct sheet_box){ .label = v->name,
			.kind = BOX_VSWITCH,
			.ink = INK_BLUE,
			.hatch = HATCH_VIRTUAL,
			.at = at });

		(void)put_label(b->sheet, box,
		    (struct sheet_text){
			.id = sheet_format(b->sheet, "typical:%s:name", v->id),
			.text = v->name,
			.x = at.x + 14,
			.y = at.y + 27,
			.size = 21,
			.width = at.w - 28,
			.ink = INK_BLUE,
			.bold = true,
			.wiped = true,
			.tilt = 0.1 });
		put_tabs(t, all->at[i], at);
		at.x += w + VSWITCH_X;
	}
}

static double
typical_w(const struct ladder *l)
{
	const struct places *all = &l->board.sorted.vswitches[l->typical];
	double w = VSWITCH_X;

	for (uint32_t i = 0; i < all->count && i < VSWITCHES_MOST; i++)
		w += larger(1, smaller(l->board.sorted.groups[all->at[i]].count,
				   TABS_MOST)) *
			 TAB_PITCH +
		     VSWITCH_X;
	w = larger(w, BOX_LEAST_W);
	return w < BOX_MOST_W ? w : BOX_MOST_W;
}

/* Once, in full; gives where it ends to the right. */
static double
put_typical(struct ladder *l, uint32_t hosts)
{
	struct typical t = { .ladder = l,
		.host = l->typical,
		.x = LEFT,
		.y = l->foot_y + BOX_Y };
	bool all = l->alike_count == hosts;

	if (l->typical == SCENE_NONE || l->alike_count < 2)
		return LEFT - NOTES_GAP;
	t.w = typical_w(l);
	(void)put_text(l->board.sheet,
	    (struct sheet_text){ .id = "typical:heading",
		.text = all ? "every host looks like this"
			    : sheet_format(l->board.sheet,
				  "%u of %u hosts look like this",
				  (unsigned)l->alike_count, (unsigned)hosts),
		.x = LEFT,
		.y = l->foot_y + 14,
		.size = 20,
		.ink = INK_GREEN,
		.bold = true,
		.tilt = 0.2 });
	(void)put_box(&t, "host",
	    (struct sheet_box){ .label = "every host",
		.kind = BOX_HOST,
		.ink = INK_GREEN,
		.at = { t.x, t.y, t.w, BOX_H } });
	put_nics(&t, t.y + VSWITCH_Y);
	put_vswitches(&t);
	return t.x + t.w;
}

/* ---- what is not drawn
 * ------------------------------------------------------------ */

struct folded {
	uint32_t hosts, unread, vms, groups, same, all;
};

static struct folded
count_folded(const struct ladder *l)
{
	const struct sorted *sorted = &l->board.sorted;
	struct folded out = { 0 };

	for (uint32_t b = 0; b < l->bar_count; b++) {
		const struct places *hosts = &l->bars[b].pod->hosts;

		out.hosts += hosts->count;
		out.same += l->bars[b].same;
		out.all += l->bars[b].all;
		for (uint32_t i = 0; i < hosts->count; i++) {
			const struct places *m =
			    &sorted->machines[hosts->at[i]];
			const struct places *v =
			    &sorted->vswitches[hosts->at[i]];

			out.unread +=
			    sorted->scene->hosts[hosts->at[i]].inside_unread;
			for (uint32_t k = 0; k < m->count; k++)
				out.vms +=
				    sorted->scene->machines[m->at[k]].kind !=
				    MACHINE_KERNEL;
			for (uint32_t k = 0; k < v->count; k++)
				out.groups += sorted->groups[v->at[k]].count;
		}
	}
	return out;
}

/* Nothing is said of hosts that nobody looked into. */
static const char *
vms_said(struct sheet *s, const struct folded *f)
{
	if (f->unread)
		return sheet_format(s, "the insides of %u of %u hosts",
		    (unsigned)f->unread, (unsigned)f->hosts);
	return sheet_format(
	    s, "%u VMs, open a host to see them", (unsigned)f->vms);
}

static const char *
groups_said(struct ladder *l, const struct folded *f)
{
	bool equal = f->groups && l->alike_count == f->hosts;

	if (f->unread == f->hosts && f->hosts)
		return "";
	return sheet_format(l->board.sheet, "%u port groups%s%s",
	    (unsigned)f->groups, f->unread ? " in the others" : "",
	    equal ? ", equal on all hosts" : "");
}

static double
put_folded(struct ladder *l, const struct folded *f, double x)
{
	struct sheet *s = l->board.sheet;
	const char *lines[] = { vms_said(s, f), groups_said(l, f),
		sheet_format(s, "%u port settings, %u of them equal",
		    (unsigned)f->all, (unsigned)f->same) };
	double y = l->foot_y + FOLDED_Y;

	(void)put_text(s, (struct sheet_text){ .id = "folded:heading",
			      .text = "folded away",
			      .x = x,
			      .y = y,
			      .size = 20,
			      .ink = INK_GREEN,
			      .bold = true,
			      .tilt = 0.2 });
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
		y += FOLDED_PITCH;
		(void)put_text(
		    s, (struct sheet_text){
			   .id = sheet_format(s, "folded%u", (unsigned)i),
			   .text = lines[i],
			   .x = x,
			   .y = y,
			   .size = 18,
			   .width = FOLDED_W,
			   .tilt = 0.1 });
	}
	return y;
}

double
ladder_put_foot(struct ladder *l, double width)
{
	struct folded folded = count_folded(l);
	double right = put_typical(l, folded.hosts) + NOTES_GAP;
	double block = width - BLOCK_X, low, notes;
	struct rect room = { right, l->foot_y, block - BLOCK_GAP - right, 0 };

	low = put_folded(l, &folded, block + 4);
	low = ladder_put_unplaced(l, (struct point){ block + 4, low });
	low += BLOCK_GAP;
	notes = foot_put_column(&l->board, room);
	notes = larger(notes, l->foot_y + BOX_Y + BOX_H);
	low = larger(low, notes - FOOT_BLOCK_H);
	foot_put_block(&l->board, (struct point){ block, low });
	return low + FOOT_BLOCK_H + MARGIN;
}
