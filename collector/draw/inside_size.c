#include "collector/draw/inside.h"

#include <string.h>

#include "collector/draw/letters.h"
#include "collector/draw/then.h"

enum {
	ROWS_MOST = 5, /* of machines, beyond which they fold */
	BAY_GAP = 20,
	BAY_MARGIN = 20, /* on both sides of the host */
	TAB_GAP = 10,
	TAB_MARGIN = 12,  /* on both sides of the vSwitch */
	TAB_PADDING = 15, /* on both sides of its name */
	ROW_PADDING = 8,  /* on both sides of a row of machines */
	COLUMN_GAP = 16,  /* with the common wire in it */
	LABEL_PADDING = 15,
	MACHINE_LEAST = 62,
	MACHINE_PADDING = 11,
	MACHINE_TEXT_MOST = 150,
	CAPTION_MARGIN = 31, /* on both sides */
	NAME_MOST = 380,     /* of the caption; more is cut */
	ABOUT_MOST = 300,
	VSWITCH_TEXT_MOST = 330,
	VSWITCH_SIZE = 23,
	VSWITCH_ABOUT_SIZE = 17,
	VSWITCH_Y = 92,
	VSWITCH_LOWER = 34,  /* with room for wires that go aside */
	MACHINE_BELOW = 158, /* the top of its vSwitch */
	CAPTION_H = 66
};

static double
larger(double a, double b)
{
	return a > b ? a : b;
}

static double
text_w(const char *text, double size, double most)
{
	double w = letters_width(text, size);

	return w < most ? w : most;
}

double
inside_machine_w(const struct scene *scene, uint32_t machine)
{
	const struct scene_machine *m = &scene->machines[machine];
	double name = text_w(m->name, INSIDE_TEXT_SIZE, MACHINE_TEXT_MOST);
	double idle =
	    text_w(then_idle(m, NULL), INSIDE_IDLE_SIZE, MACHINE_TEXT_MOST);

	return larger(MACHINE_LEAST, larger(name, idle) + 2 * MACHINE_PADDING);
}

double
inside_nic_x(const struct bay *bay, uint32_t n)
{
	double slot = bay->w / bay->nic_count;

	return bay->x + slot * (n + 0.5) - INSIDE_NIC_SHIFT;
}

/* ---- widths -------------------------------------------------------------- */

static double
tab_label_w(const struct scene *s, const struct tab *tab)
{
	const struct scene_group *g;

	if (tab->group == SCENE_NONE)
		return 0;
	g = &s->groups[tab->group];
	return 2 * TAB_PADDING +
	       larger(text_w(g->name, INSIDE_TEXT_SIZE, MACHINE_TEXT_MOST),
		   text_w(tab->vlan, INSIDE_ABOUT_SIZE, MACHINE_TEXT_MOST));
}

/* One row when there are as many columns as machines: each as wide as its
 * name; else columns of the same width. */
static double
machines_w(const struct scene *s, const struct tab *tab, uint32_t columns)
{
	double w = 2 * ROW_PADDING - INSIDE_GAP;

	if (columns < tab->machine_count || !tab->machine_count)
		return (tab->cell + COLUMN_GAP) * columns + ROW_PADDING;
	for (uint32_t i = 0; i < tab->machine_count; i++)
		w += inside_machine_w(s, tab->machines[i]) + INSIDE_GAP;
	return w;
}

static double
cell_w(const struct scene *s, const struct tab *tab)
{
	double w = MACHINE_LEAST;

	for (uint32_t i = 0; i < tab->machine_count; i++)
		w = larger(w, inside_machine_w(s, tab->machines[i]));
	return w;
}

/* Of one column, whatever number of machines there is. */
static double
tab_least_w(const struct scene *s, const struct tab *tab)
{
	return larger(
	    tab_label_w(s, tab), tab->cell + COLUMN_GAP + ROW_PADDING);
}

static double
bay_least_w(const struct scene *s, const struct bay *bay)
{
	double w = 2 * TAB_MARGIN - TAB_GAP;
	const struct scene_vswitch *v;

	for (uint32_t i = 0; i < bay->tab_count; i++)
		w += tab_least_w(s, &bay->tabs[i]) + TAB_GAP;
	w = larger(w, INSIDE_SLOT * (double)bay->nic_count);
	if (bay->vswitch == SCENE_NONE)
		return w;
	v = &s->vswitches[bay->vswitch];
	return larger(w,
	    2 * LABEL_PADDING +
		larger(text_w(v->name, VSWITCH_SIZE, VSWITCH_TEXT_MOST),
		    text_w(v->about, VSWITCH_ABOUT_SIZE, VSWITCH_TEXT_MOST)));
}

static uint32_t
rows_of(const struct tab *tab, uint32_t columns)
{
	return (tab->machine_count + columns - 1) / columns;
}

/* The tab that gains most by a column more and has the room; or NULL. */
static struct tab *
narrowest(const struct scene *s, const struct bay *bay, double room)
{
	struct tab *out = NULL;

	for (uint32_t i = 0; i < bay->tab_count; i++) {
		struct tab *t = &bay->tabs[i];
		double more = machines_w(s, t, t->columns + 1) - t->w;

		if (rows_of(t, t->columns) > 1 && more <= room &&
		    (!out ||
			rows_of(t, t->columns) > rows_of(out, out->columns)))
			out = t;
	}
	return out;
}

/* Spends what the bay has to spare on columns, one by one. */
static void
widen_tabs(const struct scene *s, struct bay *bay)
{
	double room = bay->w - 2 * TAB_MARGIN + TAB_GAP, gap, x;
	struct tab *t;

	for (uint32_t i = 0; i < bay->tab_count; i++) {
		bay->tabs[i].w = tab_least_w(s, &bay->tabs[i]);
		room -= bay->tabs[i].w + TAB_GAP;
	}
	while ((t = narrowest(s, bay, room))) {
		double w = larger(t->w, machines_w(s, t, t->columns + 1));

		room -= w - t->w;
		t->w = w;
		t->columns++;
	}
	gap = (room + TAB_GAP * (bay->tab_count - 1.0) + 2 * TAB_MARGIN) /
	      (bay->tab_count + 1.0);
	x = bay->x + gap;
	for (uint32_t i = 0; i < bay->tab_count; i++) {
		bay->tabs[i].x = x;
		x += bay->tabs[i].w + gap;
	}
}

/* Brings those that must be seen to the front, else in their order. */
static void
prefer(struct tab *t, const bool *always)
{
	uint32_t front = 0;

	for (uint32_t i = 0; i < t->machine_count; i++) {
		uint32_t machine = t->machines[i];

		if (!always[machine])
			continue;
		memmove(t->machines + front + 1, t->machines + front,
		    (i - front) * sizeof(*t->machines));
		t->machines[front++] = machine;
	}
}

static void
fold(struct tab *t, const bool *always)
{
	uint32_t room = t->columns * ROWS_MOST;

	if (t->machine_count > room) {
		prefer(t, always);
		t->folded = t->machine_count - (room - 1);
		t->machine_count = room - 1;
	}
	t->rows =
	    (t->machine_count + !!t->folded + t->columns - 1) / t->columns;
}

static double
caption_w(const struct scene *s, const struct scene_host *h)
{
	double about = letters_width(h->about, INSIDE_ABOUT_SIZE);
	char silent[THEN_SIZE];

	if (*then_silent(s, h, silent))
		about += letters_width(silent, INSIDE_ABOUT_SIZE) +
			 letters_width(", ", INSIDE_ABOUT_SIZE);
	return text_w(h->name, INSIDE_NAME_SIZE, NAME_MOST) +
	       (about < ABOUT_MOST ? about : ABOUT_MOST) + 2 * CAPTION_MARGIN;
}

void
inside_measure(struct house *house, const struct scene *scene)
{
	double w = 2 * BAY_MARGIN - BAY_GAP;

	for (uint32_t b = 0; b < house->bay_count; b++) {
		struct bay *bay = &house->bays[b];

		for (uint32_t t = 0; t < bay->tab_count; t++)
			bay->tabs[t].cell = cell_w(scene, &bay->tabs[t]);
		bay->w = bay_least_w(scene, bay);
		w += bay->w + BAY_GAP;
	}
	house->w = larger(w, caption_w(scene, &scene->hosts[house->host]));
}

static void
place_rows(struct house *house, const bool *always)
{
	uint32_t rows = 1;

	for (uint32_t b = 0; b < house->bay_count; b++) {
		struct bay *bay = &house->bays[b];

		for (uint32_t t = 0; t < bay->tab_count; t++) {
			fold(&bay->tabs[t], always);
			if (bay->tabs[t].rows > rows)
				rows = bay->tabs[t].rows;
		}
	}
	house->vswitch_y = VSWITCH_Y + (house->shares_nics ? VSWITCH_LOWER : 0);
	house->machine_y = house->vswitch_y + MACHINE_BELOW;
	house->h =
	    house->machine_y + INSIDE_ROW_H * rows - INSIDE_GAP + CAPTION_H;
}

void
inside_widen(struct house *house, const struct scene *scene, double width,
    const bool *always)
{
	double used = 2 * BAY_MARGIN - BAY_GAP, more, x = BAY_MARGIN;

	for (uint32_t b = 0; b < house->bay_count; b++)
		used += house->bays[b].w + BAY_GAP;
	house->w = larger(width, house->w);
	more = house->bay_count ? (house->w - used) / house->bay_count : 0;
	for (uint32_t b = 0; b < house->bay_count; b++) {
		struct bay *bay = &house->bays[b];

		bay->x = x;
		bay->w += more;
		widen_tabs(scene, bay);
		x += bay->w + BAY_GAP;
	}
	place_rows(house, always);
}
