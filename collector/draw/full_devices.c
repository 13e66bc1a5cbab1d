#include "collector/draw/full.h"

#include <string.h>

#include "collector/draw/put.h"

enum {
	TEXT_X = 18,
	NAME_Y = 38,
	ABOUT_Y = 62,
	PORT_NAME_ABOVE = 17,  /* of the lower edge */
	PORT_NAME_MARGIN = 18, /* with room for a ring around the next */
	ARROW_H = 44,
	ARROW_PITCH = 150,
	ARROW_TEXT_X = 14,
	ARROW_TEXT_Y = 22,
	PEER_Y = 34, /* of the upper of two lines */
	PEER_GAP = 12,
	PEER_PITCH = 38, /* between two joints of the same switches */
	PEERS_MOST = 2,
	PEER_OVAL_W = 16,
	PEER_OVAL_H = 34,
	PEER_TEXT_MOST = 130,
	OVAL_Y = 26, /* below the switch */
	OVAL_H = 22,
	OVAL_MORE = 13, /* left and right of the cables */
	OVAL_TEXT = 15
};

static void
put_port(struct full *f, const struct device *d, uint32_t n)
{
	struct board *b = &f->board;
	const struct scene_port *p = &b->scene->ports[d->ports[n]];
	double x = b->port_x[d->ports[n]], y = f->switch_y + FULL_SWITCH_H;
	bool joined = *p->aggregate != '\0';
	uint32_t box = sheet_box(
	    b->sheet, (struct sheet_box){ .id = p->id,
			  .label = p->name,
			  .about = p->aggregate,
			  .title = sheet_format(b->sheet, "%s %s%s%s",
			      b->scene->switches[d->at].name, p->name,
			      joined ? ", member of " : "", p->aggregate),
			  .href = "",
			  .kind = BOX_PORT,
			  .ink = INK_BLUE,
			  .parent = b->switch_box[d->at],
			  .at = { x - FULL_PORT / 2.0, y - FULL_PORT / 2.0,
			      FULL_PORT, FULL_PORT } });

	b->port_box[d->ports[n]] = box;
	(void)put_label(b->sheet, box,
	    (struct sheet_text){ .id = sheet_format(b->sheet, "%s:name", p->id),
		.text = p->name,
		.x = x,
		.y = y - PORT_NAME_ABOVE,
		.size = 18,
		.width = d->w / d->port_count - PORT_NAME_MARGIN,
		.anchor = ANCHOR_MIDDLE,
		.bold = true,
		.wiped = true,
		.tilt = 0.3 });
}

/* Across the cables of ports 'first' to 'last', as port-channels are drawn. */
static void
put_oval(struct full *f, const struct device *d, uint32_t first, uint32_t last)
{
	struct board *b = &f->board;
	const struct scene_port *p = &b->scene->ports[d->ports[first]];
	double x0 = b->port_x[d->ports[first]], x1 = b->port_x[d->ports[last]];
	double y = f->switch_y + FULL_SWITCH_H + OVAL_Y;
	const char *id = sheet_format(b->sheet, "%s:aggregate", p->id);
	uint32_t box = sheet_box(
	    b->sheet, (struct sheet_box){ .id = id,
			  .label = p->aggregate,
			  .about = "",
			  .title = sheet_format(b->sheet, "%s of %s",
			      p->aggregate, b->scene->switches[d->at].name),
			  .href = "",
			  .kind = BOX_BOND,
			  .ink = INK_BLACK,
			  .parent = SHEET_NONE,
			  .at = { x0 - OVAL_MORE, y - OVAL_H / 2.0,
			      x1 - x0 + 2.0 * OVAL_MORE, OVAL_H } });

	(void)put_label(b->sheet, box,
	    (struct sheet_text){ .id = sheet_format(b->sheet, "%s:name", id),
		.text = p->aggregate,
		.x = (x0 + x1) / 2,
		.y = y + OVAL_TEXT / 3.0,
		.size = OVAL_TEXT,
		.width = x1 - x0 - OVAL_MORE,
		.anchor = ANCHOR_MIDDLE,
		.tilt = 0.1 });
}

/* Of ports side by side; of one alone its tooltip says it. */
static void
put_ovals(struct full *f, const struct device *d)
{
	const struct scene_port *ports = f->board.scene->ports;

	for (uint32_t first = 0, end; first < d->port_count; first = end) {
		const char *aggregate = ports[d->ports[first]].aggregate;

		for (end = first + 1; end < d->port_count; end++) {
			if (strcmp(ports[d->ports[end]].aggregate, aggregate) !=
			    0)
				break;
		}
		if (*aggregate && end > first + 1)
			put_oval(f, d, first, end - 1);
	}
}

static void
put_device(struct full *f, const struct device *d)
{
	struct board *b = &f->board;
	struct sheet *s = b->sheet;
	const struct scene_switch *w = &b->scene->switches[d->at];
	uint32_t box = sheet_box(
	    s, (struct sheet_box){ .id = w->id,
		   .label = w->name,
		   .about = w->about,
		   .title = sheet_format(s, "switch %s, %s", w->name, w->about),
		   .href = w->href,
		   .kind = BOX_SWITCH,
		   .ink = INK_BLUE,
		   .hatch = HATCH_PHYSICAL,
		   .parent = SHEET_NONE,
		   .at = { d->x, f->switch_y, d->w, FULL_SWITCH_H } });
	struct sheet_text text = { .id = sheet_format(s, "%s:name", w->id),
		.text = w->name,
		.x = d->x + TEXT_X,
		.y = f->switch_y + NAME_Y,
		.size = 30,
		.width = d->w - 2 * TEXT_X,
		.ink = INK_BLUE,
		.bold = true,
		.wiped = true,
		.tilt = 0.3 };

	b->switch_box[d->at] = box;
	(void)put_label(s, box, text);
	text.id = sheet_format(s, "%s:about", w->id);
	text.text = w->about;
	text.y = f->switch_y + ABOUT_Y;
	text.size = 17;
	text.width = d->w - 2 * TEXT_X;
	text.bold = false;
	text.tilt = 0.2;
	(void)put_label(s, box, text);
	for (uint32_t i = 0; i < d->port_count; i++)
		put_port(f, d, i);
	put_ovals(f, d);
}

/* ---- what joins switches, and what leads away ------------------------------
 */

/* Arrows up, to what is not drawn, side by side. */
static void
put_ways_out(struct full *f, const struct device *d)
{
	struct board *b = &f->board;
	unsigned most = (unsigned)(d->w / ARROW_PITCH), n = 0;

	for (uint32_t i = 0; i < b->sorted.trunks.count && n < most; i++) {
		const struct scene_trunk *t =
		    &b->scene->trunks[b->sorted.trunks.at[i]];
		double x = d->x + d->w / 2 + n * ARROW_PITCH;
		struct point from = { x, f->switch_y };
		struct point to = { x, f->switch_y - ARROW_H };

		if (t->a != d->at || t->b < b->scene->switch_count ||
		    x + ARROW_PITCH > d->x + d->w + ARROW_PITCH / 2.0)
			continue;
		put_line(b->sheet,
		    (struct sheet_mark){ .id = t->id,
			.kind = MARK_ARROW,
			.ink = INK_BLUE,
			.size = 2.2 },
		    from, to);
		(void)put_text(b->sheet,
		    (struct sheet_text){
			.id = sheet_format(b->sheet, "%s:name", t->id),
			.text = sheet_format(b->sheet, "%s%s%s", t->name,
			    *t->to ? " to " : "", t->to),
			.x = x + ARROW_TEXT_X,
			.y = f->switch_y - ARROW_TEXT_Y,
			.size = 17,
			.width = ARROW_PITCH - 2 * ARROW_TEXT_X,
			.ink = INK_BLUE,
			.tilt = 0.3 });
		n++;
	}
}

static void
put_peer_texts(struct full *f, const struct scene_trunk *t, double x, double y)
{
	struct sheet *s = f->board.sheet;
	struct sheet_text text = { .id = sheet_format(s, "%s:name", t->id),
		.text = t->name,
		.x = x,
		.y = y - 20,
		.size = 18,
		.width = PEER_TEXT_MOST,
		.anchor = ANCHOR_MIDDLE,
		.ink = INK_BLUE,
		.bold = true,
		.tilt = 0.3 };

	(void)put_text(s, text);
	text.id = sheet_format(s, "%s:ports", t->id);
	text.text = t->ports;
	text.y = y + 44;
	text.size = 16;
	text.width = PEER_TEXT_MOST;
	text.bold = false;
	(void)put_text(s, text);
}

static struct sheet_cable
peer_cable(struct full *f, const struct scene_trunk *t,
    const struct device *left, const struct device *right)
{
	return (struct sheet_cable){ .id = t->id,
		.title =
		    sheet_format(f->board.sheet, "%s %s", t->name, t->ports),
		.from = f->board.switch_box[left->at],
		.to = f->board.switch_box[right->at],
		.state = CABLE_SURE,
		.ink = INK_BLUE,
		.net_text = "",
		.sys_text = "" };
}

/* Two lines from one switch to its neighbour, and the oval of an aggregate. */
static void
put_peer(struct full *f, const struct scene_trunk *t, const struct device *left)
{
	struct sheet *s = f->board.sheet;
	const struct device *right = left + 1;
	double y = f->switch_y + PEER_Y, x0 = left->x + left->w;
	double middle = (x0 + right->x) / 2;
	struct point upper[] = { { x0, y }, { right->x, y } };
	struct sheet_cable cable = peer_cable(f, t, left, right);

	put_way(s, &cable, upper, 2);
	(void)sheet_cable(s, cable);
	put_line(s,
	    (struct sheet_mark){ .id = sheet_format(s, "%s:second", t->id),
		.kind = MARK_LINE,
		.ink = INK_BLUE,
		.size = 2 },
	    (struct point){ x0, y + PEER_GAP },
	    (struct point){ right->x, y + PEER_GAP });
	(void)sheet_box(
	    s, (struct sheet_box){ .id = sheet_format(s, "%s:oval", t->id),
		   .label = t->name,
		   .about = t->ports,
		   .title = cable.title,
		   .href = "",
		   .kind = BOX_BOND,
		   .ink = INK_BLUE,
		   .parent = SHEET_NONE,
		   .at = { middle - PEER_OVAL_W / 2.0,
		       y + PEER_GAP / 2.0 - PEER_OVAL_H / 2.0, PEER_OVAL_W,
		       PEER_OVAL_H } });
	put_peer_texts(f, t, middle, y);
}

/* Switches that do not stand side by side: a line over those between. */
static void
put_far_peer(struct full *f, const struct scene_trunk *t,
    const struct device *left, const struct device *right)
{
	struct sheet *s = f->board.sheet;
	double x0 = left->x + left->w - TEXT_X, x1 = right->x + TEXT_X;
	double y = f->switch_y - ARROW_H / 4.0;
	struct point corners[] = { { x0, f->switch_y }, { x0, y }, { x1, y },
		{ x1, f->switch_y } };
	struct sheet_cable cable = peer_cable(f, t, left, right);

	put_way(s, &cable, corners, 4);
	(void)sheet_cable(s, cable);
}

static const struct device *
device_of(const struct full *f, uint32_t at)
{
	for (uint32_t i = 0; i < f->device_count; i++)
		if (f->devices[i].at == at)
			return &f->devices[i];
	return NULL;
}

static void
put_peers(struct full *f)
{
	const struct sorted *sorted = &f->board.sorted;
	const struct device *joined = NULL;

	for (uint32_t i = 0; i < sorted->trunks.count; i++) {
		const struct scene_trunk *t =
		    &f->board.scene->trunks[sorted->trunks.at[i]];
		const struct device *left = device_of(f, t->a);
		const struct device *right = device_of(f, t->b), *swap = left;

		if (!left || !right || left == right)
			continue;
		if (left > right) {
			left = right;
			right = swap;
		}
		/* Of several between the same two the first is drawn. */
		if (left + 1 == right && left != joined)
			put_peer(f, t, left);
		else if (left + 1 != right)
			put_far_peer(f, t, left, right);
		joined = left;
	}
}

void
full_put_devices(struct full *f)
{
	for (uint32_t i = 0; i < f->device_count; i++) {
		put_device(f, &f->devices[i]);
		put_ways_out(f, &f->devices[i]);
	}
	put_peers(f);
}
