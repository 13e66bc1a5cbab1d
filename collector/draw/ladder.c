#include "collector/draw/ladder.h"

#include <math.h>

#include "collector/draw/letters.h"
#include "collector/draw/line.h"
#include "collector/draw/put.h"
#include "collector/draw/rings.h"

enum {
	FIRST_X = 96,
	POD_GAP = 100, /* with what leads out of the lower bars in it */
	RIGHT_MARGIN = 60,
	LEAST_W = 1400, /* so that the notes have their place */
	BAR_Y = 138,
	QUESTION_H = 34,
	LINE_Y = 270, /* from the upper bar */
	HOST_Y = 44,  /* from the line */
	FOOT_Y = 42,
	LABEL_LEAST = 140, /* of a bar: left of the first card */
	LABEL_MOST = 260,
	LABEL_MARGIN = 44,
	NIC_PITCH = 28, /* for numbers no wider than NUMBER_W */
	NIC_PITCH_WIDE = 36,
	NUMBER_W = 18,
	CARD_LEAST = 60,
	CARD_MOST = 150,
	CARD_GAP = 11,
	CARD_MARGIN = 16,
	BAR_LEAST = 480, /* so that the normal setting can be read */
	STRAY_PITCH = 36,
	TITLE_X = 34,
	TITLE_Y = 62,
	TITLE_SIZE = 44
};

static double
larger(double a, double b)
{
	return a > b ? a : b;
}

/* ---- how wide
 * ------------------------------------------------------------------- */

/* Ports side by side: a ring around one must not cut the number of the next. */
static double
nic_pitch(const struct sorted *sorted, struct places hosts)
{
	const struct scene *s = sorted->scene;

	for (uint32_t i = 0; i < hosts.count; i++) {
		const struct places *nics = &sorted->nics[hosts.at[i]];

		for (uint32_t n = 0; n < nics->count; n++) {
			uint32_t port = s->nics[nics->at[n]].port;

			if (port < s->port_count &&
			    letters_width(
				ladder_port_number(s->ports[port].name), 17) >
				NUMBER_W)
				return NIC_PITCH_WIDE;
		}
	}
	return NIC_PITCH;
}

static double
card_w(const struct sorted *sorted, struct places hosts, double pitch)
{
	double w = CARD_LEAST;

	for (uint32_t i = 0; i < hosts.count; i++) {
		const char *name = sorted->scene->hosts[hosts.at[i]].name;
		double text = letters_width(name, 19) + CARD_MARGIN;

		w = larger(w, text < CARD_MOST ? text : CARD_MOST);
		w = larger(
		    w, pitch * (double)sorted->nics[hosts.at[i]].count + 4);
	}
	return w;
}

static double
label_w(const struct scene *s, const struct pod *pod)
{
	double w = LABEL_LEAST;

	for (uint32_t i = 0; i < pod->switch_count; i++) {
		const struct scene_switch *d = &s->switches[pod->switches[i]];

		w = larger(w, letters_width(d->name, 23) + LABEL_MARGIN);
	}
	return w < LABEL_MOST ? w : LABEL_MOST;
}

/* Cables that other pods of this page lead to the switches of 'pod'. */
static uint32_t
count_strays(const struct ladder *l, const struct pod *pod)
{
	const struct sorted *sorted = &l->board.sorted;
	uint32_t count = 0;

	for (uint32_t b = 0; b < l->bar_count; b++) {
		const struct places *hosts = &l->bars[b].pod->hosts;

		for (uint32_t i = 0; hosts != &pod->hosts && i < hosts->count;
		     i++) {
			const struct places *nics = &sorted->nics[hosts->at[i]];

			for (uint32_t k = 0; k < nics->count; k++)
				for (uint32_t d = 0; d < pod->switch_count; d++)
					count += sorted_switch_of(sorted->scene,
						     nics->at[k]) ==
						 pod->switches[d];
		}
	}
	return count;
}

static double
place_bars(struct ladder *l)
{
	const struct sorted *sorted = &l->board.sorted;
	double x = FIRST_X;

	for (uint32_t i = 0; i < l->bar_count; i++) {
		struct bars *b = &l->bars[i];
		double label = label_w(sorted->scene, b->pod);

		b->normal = normal_setting(sorted, b->pod->hosts, &b->same,
		    &b->all, &l->board.sheet->arena);
		b->strays = count_strays(l, b->pod);
		b->x = x;
		b->nic_pitch = nic_pitch(sorted, b->pod->hosts);
		b->card_w = card_w(sorted, b->pod->hosts, b->nic_pitch);
		b->card_pitch = b->card_w + CARD_GAP;
		b->card_x = x + label;
		b->w = label + b->card_pitch * b->pod->hosts.count +
		       STRAY_PITCH * (double)b->strays;
		b->w = larger(b->w, BAR_LEAST);
		x += b->w + POD_GAP;
	}
	return larger(ceil(x - POD_GAP + RIGHT_MARGIN), LEAST_W);
}

/* ---- the title
 * -------------------------------------------------------------------- */

static const char *
sum_said(const struct ladder *l)
{
	const struct sorted *sorted = &l->board.sorted;
	size_t hosts = 0, uplinks = 0, switches = 0;

	for (uint32_t b = 0; b < l->bar_count; b++) {
		const struct pod *pod = l->bars[b].pod;

		hosts += pod->hosts.count;
		switches += pod->switch_count;
		for (uint32_t i = 0; i < pod->hosts.count; i++)
			uplinks += sorted->nics[pod->hosts.at[i]].count;
	}
	return sheet_format(l->board.sheet,
	    "%s%zu hosts, %zu uplinks, %zu switches. "
	    "Only what differs is written down.",
	    l->page, hosts, uplinks, switches);
}

/* A page is called as its card of the index; what all pages are of stands in
 * the title block. */
static const char *
title_of(const struct ladder *l)
{
	if (*l->page && l->bar_count)
		return ladder_pod_name(
		    l->board.sheet, l->board.scene, l->bars[0].pod);
	return l->board.scene->title;
}

static void
put_title(struct ladder *l, double width)
{
	struct sheet *s = l->board.sheet;
	double most = width / 2, w;
	struct sheet_text text = { .id = "title",
		.text = title_of(l),
		.x = TITLE_X,
		.y = TITLE_Y,
		.size = TITLE_SIZE,
		.width = most,
		.bold = true,
		.tilt = 0.7 };

	w = put_text(s, text);
	put_line(s,
	    (struct sheet_mark){
		.id = "underline", .kind = MARK_UNDERLINE, .size = 2.6 },
	    (struct point){ TITLE_X + 2, TITLE_Y + 14 },
	    (struct point){ TITLE_X + w, TITLE_Y + 9 });
	text = (struct sheet_text){ .id = "sum",
		.text = sum_said(l),
		.x = TITLE_X + w + 60,
		.y = TITLE_Y - 2,
		.size = 20,
		.width = width - BOARD_MARGIN - TITLE_X - w - 60,
		.ink = INK_GREY,
		.tilt = 0.1 };
	(void)put_text(s, text);
	text.id = "question";
	text.text = l->board.scene->question;
	text.x = TITLE_X + 2;
	text.y = TITLE_Y + 44;
	text.width = width - BOARD_MARGIN - TITLE_X;
	text.ink = INK_BLACK;
	(void)put_text(s, text);
}

/* ---- the whole
 * --------------------------------------------------------------------- */

/* The band of the highlighter, along one cable. */
static void
put_marked(struct board *b)
{
	uint32_t nic = b->scene->marked_nic, cable;

	if (nic >= b->scene->nic_count || b->nic_cable[nic] == SHEET_NONE)
		return;
	cable = b->nic_cable[nic];
	b->sheet->cables[cable].marked = true;
	(void)sheet_mark(
	    b->sheet, (struct sheet_mark){ .id = "highlight",
			  .kind = MARK_HIGHLIGHT,
			  .points = b->sheet->cables[cable].points,
			  .point_count = b->sheet->cables[cable].point_count,
			  .size = 17 });
}

/* Is it about a host of this page? */
static bool
is_of_page(const struct board *b, const struct scene_finding *f)
{
	const struct scene *s = b->scene;

	for (size_t i = 0; i < f->nic_count; i++)
		if (f->nics[i] < s->nic_count &&
		    b->nic_box[f->nics[i]] != SHEET_NONE)
			return true;
	for (size_t i = 0; i < f->port_count; i++)
		if (f->ports[i] < s->port_count &&
		    b->port_box[f->ports[i]] != SHEET_NONE)
			return true;
	for (size_t i = 0; i < f->machine_count; i++)
		if (f->machines[i] < s->machine_count &&
		    b->host_box[s->machines[f->machines[i]].host] != SHEET_NONE)
			return true;
	return false;
}

/* A page has the notes of its own hosts alone. */
static void
keep_findings(struct board *b)
{
	struct places *all = &b->sorted.findings;
	uint32_t *kept = arena_array(
	    &b->sheet->arena, all->count + (size_t)1, sizeof(*kept));
	uint32_t count = 0;

	for (uint32_t i = 0; kept && i < all->count; i++)
		if (is_of_page(b, &b->scene->findings[all->at[i]]))
			kept[count++] = all->at[i];
	*all = (struct places){ kept, count };
}

static void
put_all(struct ladder *l)
{
	double width = place_bars(l);
	struct board *b = &l->board;

	l->bar_y = BAR_Y + (*b->scene->question ? QUESTION_H : 0);
	b->line_y = l->bar_y + LINE_Y;
	l->host_y = b->line_y + HOST_Y;
	l->foot_y = l->host_y + LADDER_CARD_H + FOOT_Y;
	b->sheet->width = width;
	put_title(l, width);
	for (uint32_t i = 0; i < l->bar_count; i++)
		ladder_put_bars(l, &l->bars[i]);
	for (uint32_t i = 0; i < l->bar_count; i++)
		ladder_put_hosts(l, &l->bars[i]);
	for (uint32_t i = 0; i < l->bar_count; i++)
		ladder_put_cables(l, &l->bars[i]);
	for (uint32_t i = 0; i < l->bar_count; i++)
		ladder_put_differences(l, &l->bars[i]);
	put_marked(b);
	if (*l->page)
		keep_findings(b);
	rings_put(b);
	line_put(b, width);
	b->sheet->height = ladder_put_foot(l, width);
}

/* The hosts of all bars, in one list. */
static struct places
hosts_of(const struct ladder *l)
{
	struct places out = { 0 };
	uint32_t room = 0, *list;

	for (uint32_t i = 0; i < l->bar_count; i++)
		room += l->bars[i].pod->hosts.count;
	list = arena_array(&l->board.sheet->arena, room + 1, sizeof(*list));
	for (uint32_t i = 0; list && i < l->bar_count; i++)
		for (uint32_t k = 0; k < l->bars[i].pod->hosts.count; k++)
			list[out.count++] = l->bars[i].pod->hosts.at[k];
	out.at = list;
	return out;
}

/* A pair that no cable of this page leads to is not drawn. */
static void
leave_out_bare(struct ladder *l)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < l->bar_count; i++)
		if (l->bars[i].pod->hosts.count ||
		    count_strays(l, l->bars[i].pod))
			l->bars[kept++].pod = l->bars[i].pod;
	l->bar_count = kept;
}

void
ladder_layout(
    struct sheet *out, const struct scene *scene, unsigned page, unsigned pages)
{
	struct ladder l = { .page = "" };
	struct arena *a = &out->arena;
	struct pods pods;

	if (!board_init(&l.board, out, scene))
		return;
	pods_find(&pods, &l.board.sorted, a);
	if (page)
		pods_split(&pods, LADDER_HOSTS_MOST, a);
	l.bars = arena_array(a, pods.count + 1, sizeof(*l.bars));
	l.alike = arena_array(a, scene->host_count + 1, sizeof(*l.alike));
	l.unplaced = arena_array(a, scene->nic_count + 1, sizeof(*l.unplaced));
	if (a->failed)
		return;
	if (page)
		l.page = sheet_format(out, "Page %u of %u. ", page, pages);
	for (uint32_t i = page ? page - 1 : 0; i < pods.count; i++) {
		l.bars[l.bar_count++].pod = &pods.at[i];
		if (page)
			break;
	}
	leave_out_bare(&l);
	l.typical = normal_host(
	    &l.board.sorted, hosts_of(&l), l.alike, &l.alike_count, a);
	put_all(&l);
}
