#include "collector/draw/ladder.h"

#include <string.h>

#include "collector/draw/put.h"

enum {
	PORT_NAME_ABOVE = 14,
	PORT_NAME_MARGIN = 8,
	STRAY_X = 26, /* of the first from the right end of the bar */
	STRAY_PITCH = 36,
	STUB = 44,
	ARROW = 12,
	CROSS_ABOVE = 20
};

/* Which pod of this page has the switch, and as which of its bars. */
struct spot {
	struct bars *bars; /* NULL: none */
	uint32_t bar;
};

static struct spot
spot_of(struct ladder *l, uint32_t device)
{
	for (uint32_t b = 0; b < l->bar_count; b++)
		for (uint32_t n = 0; n < l->bars[b].pod->switch_count; n++)
			if (l->bars[b].pod->switches[n] == device)
				return (struct spot){ &l->bars[b], n };
	return (struct spot){ 0 };
}

static double
bar_low(const struct ladder *l, const struct spot *spot)
{
	return l->bar_y + LADDER_BAR_PITCH * (double)spot->bar + LADDER_BAR_H;
}

const char *
ladder_port_number(const char *port)
{
	const char *slash = strrchr(port, '/');

	return slash && slash[1] ? slash + 1 : port;
}

static void
put_port(struct ladder *l, uint32_t port, const struct spot *spot, double x)
{
	struct board *b = &l->board;
	const struct scene_port *p = &b->scene->ports[port];
	double y = bar_low(l, spot);
	uint32_t box;

	box = sheet_box(b->sheet,
	    (struct sheet_box){ .id = p->id,
		.label = p->name,
		.about = p->aggregate,
		.title = sheet_format(b->sheet, "%s %s",
		    b->scene->switches[p->device].name, p->name),
		.href = "",
		.kind = BOX_PORT,
		.ink = INK_BLUE,
		.parent = b->switch_box[p->device],
		.at = { x - LADDER_PORT_W / 2.0, y - LADDER_PORT_H / 2.0,
		    LADDER_PORT_W, LADDER_PORT_H } });
	b->port_box[port] = box;
	b->port_x[port] = x;
	(void)put_label(b->sheet, box,
	    (struct sheet_text){ .id = sheet_format(b->sheet, "%s:name", p->id),
		.text = ladder_port_number(p->name),
		.x = x,
		.y = y - PORT_NAME_ABOVE,
		.size = 17,
		.width = spot->bars->nic_pitch - PORT_NAME_MARGIN,
		.anchor = ANCHOR_MIDDLE,
		.bold = true,
		.wiped = true,
		.tilt = 0.1 });
}

/* Straight down, or, from another place, as a curve. */
static void
put_curve(
    struct ladder *l, struct sheet_cable *cable, struct point from, double to)
{
	double low = l->host_y - LADDER_PORT_H / 2.0, y = l->board.line_y;
	double h = y - from.y;
	struct point curve[] = { from, { from.x, from.y + 0.75 * h },
		{ to, y - 0.9 * h }, { to, y }, { to, y + (low - y) / 3 },
		{ to, y + (low - y) * 2 / 3 }, { to, low } };
	struct point ends[] = { from, { to, low } };

	if (from.x == to) {
		put_way(l->board.sheet, cable, ends, 2);
		return;
	}
	cable->points = sheet_points(l->board.sheet, curve, 7);
	cable->point_count = cable->points ? 7 : 0;
}

const char *
ladder_elsewhere(struct ladder *l, uint32_t nic)
{
	const struct scene *s = l->board.scene;
	uint32_t device = sorted_switch_of(s, nic);

	if (device == SCENE_NONE || spot_of(l, device).bars)
		return "";
	return sheet_format(l->board.sheet, "%.80s %.80s",
	    s->switches[device].name, s->ports[s->nics[nic].port].name);
}

/* An arrow's head: it leads on. */
static void
put_arrow(struct ladder *l, uint32_t nic, struct point top)
{
	struct sheet *s = l->board.sheet;

	put_line(s,
	    (struct sheet_mark){
		.id = sheet_format(s, "%s:on", l->board.scene->nics[nic].id),
		.kind = MARK_ARROW,
		.size = 2 },
	    (struct point){ top.x, top.y + ARROW }, top);
}

/* Where the port is not drawn, or nobody knows it: a stub; a cross if there is
 * no link. */
static void
put_end(struct ladder *l, uint32_t nic, struct sheet_cable *cable)
{
	struct sheet *s = l->board.sheet;
	double x = l->board.nic_x[nic];
	struct point ends[] = { { x, l->board.line_y - STUB },
		{ x, l->host_y - LADDER_PORT_H / 2.0 } };
	struct point cross = { x, l->host_y - CROSS_ABOVE };

	if (cable->state == CABLE_DOWN) {
		(void)sheet_mark(
		    s, (struct sheet_mark){ .id = sheet_format(s, "%s:cross",
						l->board.scene->nics[nic].id),
			   .kind = MARK_CROSS,
			   .ink = INK_GREY,
			   .points = sheet_points(s, &cross, 1),
			   .point_count = s->arena.failed ? 0 : 1,
			   .size = 10 });
		return;
	}
	put_way(s, cable, ends, 2);
	if (l->board.scene->nics[nic].port != SCENE_NONE) {
		put_arrow(l, nic, ends[0]);
		return;
	}
	(void)put_text(
	    s, (struct sheet_text){ .id = sheet_format(s, "%s:unknown",
					l->board.scene->nics[nic].id),
		   .text = "?",
		   .x = x,
		   .y = ends[0].y - 6,
		   .size = 19,
		   .anchor = ANCHOR_MIDDLE,
		   .ink = INK_GREY,
		   .bold = true });
}

/* Where the cable begins; puts the port there, if it is not there yet. */
static struct point
begin_of(
    struct ladder *l, uint32_t nic, const struct bars *home, struct spot spot)
{
	struct board *b = &l->board;
	uint32_t port = b->scene->nics[nic].port;
	double y = bar_low(l, &spot), x = b->nic_x[nic];

	if (b->port_box[port] == SHEET_NONE) {
		if (spot.bars != home)
			x = spot.bars->x + spot.bars->w - STRAY_X -
			    STRAY_PITCH * (double)spot.bars->placed++;
		put_port(l, port, &spot, x);
	}
	return (struct point){ b->port_x[port], y + LADDER_PORT_H / 2.0 };
}

static void
put_cable(struct ladder *l, const struct bars *home, uint32_t nic)
{
	struct board *b = &l->board;
	const struct scene_nic *n = &b->scene->nics[nic];
	uint32_t device = sorted_switch_of(b->scene, nic);
	struct spot spot = { 0 };
	struct sheet_cable cable = { .id = sheet_format(
					 b->sheet, "%s:cable", n->id),
		.from = SHEET_NONE,
		.to = b->nic_box[nic],
		.state = n->state,
		.ink = n->state == CABLE_STALE || n->state == CABLE_NONE
			   ? INK_GREY
			   : INK_BLACK,
		.crosses = true,
		.net_text = "",
		.sys_text = "" };

	if (device != SCENE_NONE)
		spot = spot_of(l, device);
	cable.title = sheet_format(b->sheet, "%s to %s: %s", n->name,
	    device == SCENE_NONE ? "?" : b->scene->ports[n->port].name,
	    n->state_text);
	if (spot.bars) {
		struct point from = begin_of(l, nic, home, spot);

		if (spot.bars != home && scene_is_wrong(b->scene, nic))
			cable.ink = INK_RED;
		cable.from = b->port_box[n->port];
		put_curve(l, &cable, from, b->nic_x[nic]);
	} else {
		cable.beyond = ladder_elsewhere(l, nic);
		if (!*cable.beyond)
			cable.beyond =
			    sheet_format(b->sheet, "? (%s)", n->state_text);
		put_end(l, nic, &cable);
	}
	if (cable.point_count)
		b->nic_cable[nic] = sheet_cable(b->sheet, cable);
}

void
ladder_put_cables(struct ladder *l, struct bars *bars)
{
	for (uint32_t i = 0; i < bars->pod->hosts.count; i++) {
		const struct places *nics =
		    &l->board.sorted.nics[bars->pod->hosts.at[i]];

		for (uint32_t n = 0; n < nics->count; n++)
			put_cable(l, bars, nics->at[n]);
	}
}
