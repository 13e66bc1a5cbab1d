#include "collector/draw/strip.h"

#include "collector/draw/fit.h"
#include "collector/draw/letters.h"
#include "collector/draw/put.h"
#include "collector/draw/then.h"

enum {
	WIDTH = 1600,
	VSWITCHES_MOST = 6,
	GAP = 42,       /* between two stops */
	LINE_GAP = 176, /* between NIC and port */
	PADDING = 26,   /* on both sides of a name */
	STOP_LEAST = 104,
	STOP_MOST = 300,
	SECOND_SIZE = 18,
	NAME_UP = 5, /* of two lines, the baselines from the axis */
	SECOND_DOWN = 19,
	NAME_DOWN = 9, /* of one */
	BELOW_Y = 22,  /* from the lower edge */
	BELOW_SIZE = 18,
	SILENT_Y = 20,   /* from what is below the box */
	UNKNOWN_W = 230, /* room for why the way ends */
	UNKNOWN_LINES = 3,
	UNKNOWN_PITCH = 24
};

static double
larger(double a, double b)
{
	return a > b ? a : b;
}

/* Takes the name and the line below it; sizes come from them. */
static struct stop *
add(struct strip *s, struct stop stop)
{
	struct sheet_box *b = &stop.box;

	if (s->stop_count == STRIP_STOPS_MOST)
		return NULL;
	b->parent = SHEET_NONE;
	b->at.w = larger(letters_width(b->label, stop.size),
		      letters_width(b->about, SECOND_SIZE)) +
		  2 * PADDING;
	b->at.w = larger(
	    b->at.w, larger(STOP_LEAST, letters_width(stop.below, BELOW_SIZE)));
	if (b->at.w > STOP_MOST)
		b->at.w = STOP_MOST;
	b->at.y = STRIP_AXIS - b->at.h / 2;
	b->title = sheet_format(s->board.sheet, "%s%s%s", b->label,
	    *b->about ? ", " : "", b->about);
	s->stops[s->stop_count] = stop;
	return &s->stops[s->stop_count++];
}

static void
add_machine(struct strip *s)
{
	static const char *const kinds[] = { [MACHINE_VM] = "VM",
		[MACHINE_CONTAINER] = "container",
		[MACHINE_KERNEL] = "the host's own" };
	const struct scene *scene = s->board.scene;
	const struct scene_machine *m = &scene->machines[s->path->machine];
	bool kernel;

	if (s->path->machine >= scene->machine_count)
		return;
	kernel = m->kind == MACHINE_KERNEL;
	(void)add(
	    s, (struct stop){ .box = { .id = m->id,
				  .label = m->name,
				  .about = "",
				  .href = m->href,
				  .kind = kernel ? BOX_KERNEL : BOX_MACHINE,
				  .ink = kernel ? INK_BLACK : INK_GREEN,
				  .hatch = kernel ? HATCH_NONE : HATCH_DENSE,
				  .marked = true,
				  .at.h = 66 },
		   .below = kinds[m->kind],
		   .size = 24 });
}

static void
add_vnic(struct strip *s)
{
	const struct scene *scene = s->board.scene;
	const struct scene_vnic *v = &scene->vnics[s->path->vnic];

	if (s->path->vnic >= scene->vnic_count)
		return;
	(void)add(s, (struct stop){ .box = { .id = v->id,
					.label = v->name,
					.about = v->mac,
					.href = "",
					.kind = BOX_VNIC,
					.marked = true,
					.at.h = 66 },
			 .below = v->disconnected ? "disconnected" : "",
			 .size = 23 });
}

static void
add_group(struct strip *s)
{
	const struct scene *scene = s->board.scene;
	const struct scene_group *g = &scene->groups[s->path->group];

	if (s->path->group >= scene->group_count)
		return;
	(void)add(s, (struct stop){ .box = { .id = g->id,
					.label = g->name,
					.about = g->vlan,
					.href = g->href,
					.kind = BOX_GROUP,
					.ink = INK_BLUE,
					.marked = true,
					.at.h = 66 },
			 .below = "port group",
			 .size = 23 });
}

static void
add_vswitches(struct strip *s)
{
	const struct scene *scene = s->board.scene;

	for (size_t i = 0; i < s->path->vswitch_count; i++) {
		const struct scene_vswitch *v;

		if (s->path->vswitches[i] >= scene->vswitch_count ||
		    i == VSWITCHES_MOST)
			break;
		v = &scene->vswitches[s->path->vswitches[i]];
		(void)add(s, (struct stop){ .box = { .id = v->id,
						.label = v->name,
						.about = "",
						.href = v->href,
						.kind = BOX_VSWITCH,
						.ink = INK_BLUE,
						.hatch = HATCH_VIRTUAL,
						.marked = true,
						.at.h = 80 },
				 .below = v->about,
				 .size = 24 });
	}
}

static void
add_nic(struct strip *s)
{
	const struct scene *scene = s->board.scene;
	const struct scene_nic *n = &scene->nics[s->path->nic];

	if (s->path->nic >= scene->nic_count)
		return;
	(void)add(
	    s, (struct stop){
		   .box = { .id = n->id,
		       .label = n->name,
		       .about = n->mac,
		       .href = "",
		       .kind = BOX_NIC,
		       .ink = n->state == CABLE_DOWN ? INK_GREY : INK_GREEN,
		       .marked = true,
		       .at.h = 78 },
		   .below = n->host < scene->host_count
				? scene->hosts[n->host].name
				: "",
		   .size = 23 });
}

static void
add_port(struct strip *s)
{
	const struct scene *scene = s->board.scene;
	const struct scene_port *p = &scene->ports[s->path->port];
	const struct scene_switch *w;

	if (s->path->port >= scene->port_count)
		return;
	(void)add(s, (struct stop){ .box = { .id = p->id,
					.label = p->name,
					.about = "",
					.href = "",
					.kind = BOX_PORT,
					.ink = INK_BLUE,
					.hatch = HATCH_PHYSICAL,
					.marked = true,
					.at.h = 70 },
			 .below = s->path->nic < scene->nic_count
				      ? scene->nics[s->path->nic].speed
				      : "",
			 .size = 24 });
	if (p->device >= scene->switch_count)
		return;
	w = &scene->switches[p->device];
	(void)add(s, (struct stop){ .box = { .id = w->id,
					.label = w->name,
					.about = "",
					.href = w->href,
					.kind = BOX_SWITCH,
					.ink = INK_BLUE,
					.hatch = HATCH_PHYSICAL,
					.marked = true,
					.at.h = 104 },
			 .below = w->about,
			 .size = 28 });
}

/* Does the way end before a NIC, or at one whose port nobody named? */
static bool
ends_early(const struct strip *s)
{
	return s->stop_count == s->host_stops;
}

/* What is said stands right of the line even where the way ends before it. */
static double
least_right(const struct strip *s)
{
	return STRIP_SIDE_LEAST + (s->path->advice_count ? STRIP_ADVICE : 0) +
	       STRIP_RIGHT;
}

/* From the left; what is behind the line keeps to the right edge. */
static void
place(struct strip *s)
{
	double need = STRIP_LEFT + STRIP_RIGHT + LINE_GAP, x = STRIP_LEFT;
	double room = ends_early(s) ? UNKNOWN_W : 0;

	for (size_t i = 0; i < s->stop_count; i++)
		need += s->stops[i].box.at.w + GAP;
	s->width = larger(WIDTH, board_width(need + room));
	for (size_t i = 0; i < s->host_stops; i++) {
		s->stops[i].box.at.x = x;
		x += s->stops[i].box.at.w + GAP;
	}
	x -= s->host_stops ? GAP : 0;
	if (s->path->nic >= s->board.scene->nic_count)
		x += room;
	s->line_x = larger(x + LINE_GAP / 2.0, s->width / 2);
	s->width = larger(s->width, board_width(s->line_x + least_right(s)));
	x = s->line_x + LINE_GAP / 2.0;
	for (size_t i = s->host_stops; i < s->stop_count; i++) {
		struct rect *at = &s->stops[i].box.at;

		at->x = x;
		if (i + 1 == s->stop_count && i > s->host_stops)
			at->x = larger(x, s->width - STRIP_RIGHT - at->w);
		x += at->w + GAP;
	}
}

static void
put_stop(struct strip *s, struct stop *stop)
{
	struct sheet *out = s->board.sheet;
	const struct rect *r = &stop->box.at;
	bool two = *stop->box.about != '\0';
	struct sheet_text text = { .id = sheet_format(
				       out, "%s:name", stop->box.id),
		.text = stop->box.label,
		.x = r->x + r->w / 2,
		.y = STRIP_AXIS + (two ? -NAME_UP : NAME_DOWN),
		.size = stop->size,
		.width = r->w - PADDING / 2.0,
		.anchor = ANCHOR_MIDDLE,
		.ink = stop->box.ink,
		.bold = true,
		.wiped = stop->box.hatch != HATCH_NONE,
		.tilt = 0.2 };

	stop->at = sheet_box(out, stop->box);
	(void)put_label(out, stop->at, text);
	text.id = sheet_format(out, "%s:second", stop->box.id);
	text.text = stop->box.about;
	text.y = STRIP_AXIS + SECOND_DOWN;
	text.size = SECOND_SIZE;
	text.width = r->w - PADDING / 2.0;
	text.bold = false;
	(void)put_label(out, stop->at, text);
	text.id = sheet_format(out, "%s:below", stop->box.id);
	text.text = stop->below;
	text.y = r->y + r->h + BELOW_Y;
	text.size = BELOW_SIZE;
	text.width = r->w + GAP - 2;
	text.wiped = false;
	(void)put_label(out, stop->at, text);
}

/* Between two stops; over the line goes the cable itself. */
static void
put_link(struct strip *s, size_t i)
{
	struct sheet *out = s->board.sheet;
	const struct stop *a = &s->stops[i], *b = &s->stops[i + 1];
	bool crosses = i + 1 == s->host_stops;
	struct point ends[] = { { a->box.at.x + a->box.at.w, STRIP_AXIS },
		{ b->box.at.x, STRIP_AXIS } };
	struct sheet_cable cable = { .id = sheet_format(
					 out, "%s:link", a->box.id),
		.title = crosses ? s->path->evidence : "",
		.from = b->at,
		.to = a->at,
		.state = CABLE_SURE,
		.crosses = crosses,
		.marked = true,
		.net_text = "",
		.sys_text = "" };

	if (crosses && s->path->nic < s->board.scene->nic_count)
		cable.state = s->board.scene->nics[s->path->nic].state;
	if (cable.state == CABLE_STALE || cable.state == CABLE_DOWN)
		cable.ink = INK_GREY;
	put_way(out, &cable, ends, 2);
	(void)sheet_cable(out, cable);
}

/* The way goes on from 'last', and nobody says where to. */
static void
put_dangling(struct strip *s, const struct stop *last,
    const struct point ends[2], const char *why)
{
	struct sheet *out = s->board.sheet;
	struct sheet_cable cable = { .id = sheet_format(
					 out, "%s:link", last->box.id),
		.title = why,
		.from = SHEET_NONE,
		.to = last->at,
		.state = CABLE_NONE,
		.ink = INK_GREY,
		.crosses = s->path->nic < s->board.scene->nic_count,
		.net_text = "",
		.sys_text = "",
		.beyond = sheet_format(out, "? (%.200s)", why) };

	put_way(out, &cable, ends, 2);
	(void)sheet_cable(out, cable);
}

/* Why nothing more is drawn: where the next stop would be. */
static void
put_unknown(struct strip *s)
{
	struct sheet *out = s->board.sheet;
	const struct scene *scene = s->board.scene;
	const char *lines[UNKNOWN_LINES], *why = s->path->gap;
	bool has_nic = s->path->nic < scene->nic_count;
	const struct stop *last =
	    s->stop_count ? &s->stops[s->stop_count - 1] : NULL;
	double x = last ? last->box.at.x + last->box.at.w : STRIP_LEFT;
	struct point ends[] = { { x, STRIP_AXIS }, { x + GAP, STRIP_AXIS } };
	size_t count;

	if (has_nic) {
		ends[1].x = s->line_x + LINE_GAP / 4.0;
		if (!*why)
			why = scene->nics[s->path->nic].state_text;
	}
	if (!*why)
		why = "not known";
	count = fit_lines(&out->arena, why, (struct fit){ 20, UNKNOWN_W - GAP },
	    lines, UNKNOWN_LINES);
	if (last)
		put_dangling(s, last, ends, why);
	for (size_t i = 0; i < count; i++)
		(void)put_text(
		    out, (struct sheet_text){
			     .id = sheet_format(out, "unknown%u", (unsigned)i),
			     .text = lines[i],
			     .x = ends[1].x + 10,
			     .y = STRIP_AXIS + 6 +
				  UNKNOWN_PITCH *
				      ((double)i - ((double)count - 1) / 2),
			     .size = 20,
			     .ink = INK_RED,
			     .bold = true,
			     .tilt = 0.2 });
}

/* Below the last box of a host that no longer reports. */
static void
put_silent(struct strip *s)
{
	const struct scene_host *host = then_host_of_way(s->board.scene);
	const struct stop *last;
	char silent[THEN_SIZE];

	if (!host || !s->host_stops ||
	    !*then_silent(s->board.scene, host, silent))
		return;
	last = &s->stops[s->host_stops - 1];
	(void)put_label(s->board.sheet, last->at,
	    (struct sheet_text){ .id = "silent",
		.text = sheet_format(s->board.sheet, "%s", silent),
		.x = last->box.at.x + last->box.at.w / 2,
		.y = last->box.at.y + last->box.at.h + BELOW_Y + SILENT_Y,
		.size = BELOW_SIZE,
		.anchor = ANCHOR_MIDDLE,
		.ink = INK_GREY,
		.bold = true,
		.tilt = 0.2 });
}

static void
put_highlight(struct strip *s)
{
	const struct rect *a = &s->stops[0].box.at;
	const struct rect *b = &s->stops[s->stop_count - 1].box.at;
	double x0 = a->x + 12, x1 = b->x + b->w - 14;
	struct point points[] = { { x0, STRIP_AXIS },
		{ x0 + (x1 - x0) / 3, STRIP_AXIS },
		{ x0 + (x1 - x0) * 2 / 3, STRIP_AXIS }, { x1, STRIP_AXIS } };
	const struct point *kept = sheet_points(s->board.sheet, points, 4);

	(void)sheet_mark(s->board.sheet, (struct sheet_mark){ .id = "highlight",
					     .kind = MARK_HIGHLIGHT,
					     .points = kept,
					     .point_count = kept ? 4 : 0,
					     .size = 17,
					     .below = true });
}

void
strip_put_way(struct strip *s)
{
	add_machine(s);
	add_vnic(s);
	add_group(s);
	add_vswitches(s);
	add_nic(s);
	s->host_stops = s->stop_count;
	add_port(s);
	place(s);
	for (size_t i = 0; i < s->stop_count; i++)
		put_stop(s, &s->stops[i]);
	for (size_t i = 0; i + 1 < s->stop_count; i++)
		put_link(s, i);
	put_silent(s);
	if (s->stop_count)
		put_highlight(s);
	if (ends_early(s))
		put_unknown(s);
}
