#include "collector/draw/full.h"

#include "collector/draw/fit.h"
#include "collector/draw/put.h"
#include "collector/draw/rows.h"

enum {
	/* How far above the line a cable comes down straight. */
	STRAIGHT = 56,
	/* Of a cable whose other end is not known. */
	STUB_ABOVE = 60,
	STUB_LINES = 3, /* that say what is known of it */
	STUB_SIZE = 17,
	STUB_PITCH = 19,
	ROW_BEYOND = 60, /* the middle of its slot */
	ROW_MARGIN = 28  /* so that a ring does not touch the next */
};

static double
lowest_bend(const struct full *f, uint32_t nic)
{
	unsigned rows = rows_count(f->board.scene, nic, CLAIM_NETWORK);
	double above = rows > 2 ? ROWS_PITCH * (double)rows : STRAIGHT;

	return f->board.line_y - above;
}

/* From the port one cubic to where its claims begin, then straight down. */
static void
put_curve(struct full *f, uint32_t nic, struct sheet_cable *cable)
{
	struct board *b = &f->board;
	double xa = b->port_x[b->scene->nics[nic].port], xb = b->nic_x[nic];
	double ya = f->switch_y + FULL_SWITCH_H + FULL_PORT / 2.0;
	double yb = lowest_bend(f, nic), h = yb - ya;
	double end = f->host_y - FULL_NIC_H / 2.0;
	struct point points[] = { { xa, ya }, { xa, ya + 0.62 * h },
		{ xb, yb - 0.55 * h }, { xb, yb }, { xb, yb + (end - yb) / 3 },
		{ xb, yb + (end - yb) * 2 / 3 }, { xb, end } };

	cable->points = sheet_points(b->sheet, points, 7);
	cable->point_count = cable->points ? 7 : 0;
}

/* A stub that ends above the line, where nobody knows more. */
static void
put_stub(struct full *f, uint32_t nic, struct sheet_cable *cable)
{
	struct board *b = &f->board;
	const struct scene_nic *n = &b->scene->nics[nic];
	double x = b->nic_x[nic], y = lowest_bend(f, nic) - STUB_ABOVE / 4.0;
	struct point ends[] = { { x, y }, { x, f->host_y - FULL_NIC_H / 2.0 } };
	const char *lines[STUB_LINES];
	size_t count;

	put_way(b->sheet, cable, ends, 2);
	count = fit_lines(&b->sheet->arena,
	    *n->state_text ? n->state_text : "port not known",
	    (struct fit){ STUB_SIZE, INSIDE_SLOT - ROW_MARGIN }, lines,
	    STUB_LINES);
	for (size_t i = 0; i < count; i++)
		(void)put_text(b->sheet,
		    (struct sheet_text){
			.id = sheet_format(b->sheet, "%s:unknown%zu", n->id, i),
			.text = lines[i],
			.x = x - ROWS_AFTER_CABLE / 2.0,
			.y = y - 8 - STUB_PITCH * (double)(count - 1 - i),
			.size = STUB_SIZE,
			.ink = INK_GREY,
			.tilt = 0.3 });
}

static void
put_cable(struct full *f, uint32_t nic)
{
	struct board *b = &f->board;
	const struct scene_nic *n = &b->scene->nics[nic];
	bool known = n->port < b->scene->port_count &&
		     b->port_box[n->port] != SHEET_NONE;
	struct sheet_cable cable = { .id = sheet_format(
					 b->sheet, "%s:cable", n->id),
		.to = b->nic_box[nic],
		.from = known ? b->port_box[n->port] : SHEET_NONE,
		.state = n->state,
		.ink = n->state == CABLE_STALE || n->state == CABLE_NONE
			   ? INK_GREY
			   : INK_BLACK,
		.crosses = true,
		.net_text = "",
		.sys_text = "" };

	if (!known)
		cable.beyond = sheet_format(b->sheet, "? (%s)",
		    *n->state_text ? n->state_text : "port not known");
	cable.title = sheet_format(b->sheet, "%s to %s: %s", n->name,
	    known ? b->scene->ports[n->port].name : "?", n->state_text);
	if (known)
		put_curve(f, nic, &cable);
	else
		put_stub(f, nic, &cable);
	b->nic_cable[nic] = sheet_cable(b->sheet, cable);
}

/* To the next cable of the bay; of a wide slot, to that of the next bay. */
static double
room_of_rows(const struct bay *bay)
{
	double slot = bay->w / bay->nic_count;
	double least = slot / 2 + ROW_BEYOND;

	return slot - ROW_MARGIN < least ? slot - ROW_MARGIN : least;
}

static void
put_bay_cables(struct full *f, const struct bay *bay)
{
	for (uint32_t i = 0; i < bay->nic_count; i++) {
		uint32_t nic = bay->nics[i];

		if (f->board.scene->nics[nic].state != CABLE_DOWN)
			put_cable(f, nic);
		rows_put(&f->board, nic, room_of_rows(bay));
	}
}

void
full_put_cables(struct full *f)
{
	for (uint32_t h = 0; h < f->house_count; h++)
		for (uint32_t b = 0; b < f->houses[h].bay_count; b++)
			put_bay_cables(f, &f->houses[h].bays[b]);
}
