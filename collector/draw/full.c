#include "collector/draw/full.h"

#include "collector/draw/foot.h"
#include "collector/draw/heading.h"
#include "collector/draw/isotonic.h"
#include "collector/draw/letters.h"
#include "collector/draw/line.h"
#include "collector/draw/order.h"
#include "collector/draw/rings.h"
#include "collector/draw/rows.h"

enum {
	HOST_GAP_LEAST = 44,
	HOST_GAP_MOST = 140, /* more looks as if they did not belong together */
	SWITCH_Y = 86,
	SWITCH_GAP = 150, /* with what joins the two in it */
	SWITCH_NAME_SIZE = 30,
	SWITCH_ABOUT_SIZE = 17,
	SWITCH_TEXT_MOST = 420,
	SWITCH_PADDING = 20, /* on both sides of its texts */
	SWITCH_EMPTY_W = 220,
	PORT_PITCH = 106,
	ROUTING_H = 172,   /* from the switches to the line, with two rows */
	ROUTING_MORE = 14, /* for each cable that goes far */
	ROUTING_MORE_MOST = 12,
	FAR = 300,         /* how far aside a cable goes, to be one of those */
	FAR_FREE = 3,      /* as many need no room of their own */
	LINE_TO_HOST = 80, /* with two rows */
	ROWS_FREE = 2,
	FOOT_GAP = 24
};

/* A host alone has the page for itself: room for machines side by side. */
static const double least_w[] = { 0, 620, 440, 0 };

static double
house_least(const struct full *f)
{
	return f->house_count < 4 ? least_w[f->house_count] : 0;
}

static void
spread(struct full *f, double used)
{
	double room = f->width - BOARD_FIRST_X - BOARD_MARGIN - used;
	double gap = f->house_count > 1 ? room / (f->house_count - 1) : 0;
	double x = BOARD_FIRST_X;

	if (gap > HOST_GAP_MOST)
		gap = HOST_GAP_MOST;
	x += (room - gap * (f->house_count - 1.0)) / 2;
	for (uint32_t i = 0; i < f->house_count; i++) {
		f->houses[i].x = x;
		x += f->houses[i].w + gap;
	}
}

static void
note_nics(struct full *f, const struct house *h)
{
	for (uint32_t b = 0; b < h->bay_count; b++)
		for (uint32_t n = 0; n < h->bays[b].nic_count; n++)
			f->board.nic_x[h->bays[b].nics[n]] =
			    h->x + inside_nic_x(&h->bays[b], n);
}

void
full_place_houses(struct full *f)
{
	struct board *b = &f->board;
	double used = 0, gaps;

	for (uint32_t i = 0; i < f->house_count; i++) {
		struct house *h = &f->houses[i];

		inside_divide(h, &b->sorted, h->host, &b->sheet->arena);
		inside_untangle(h, &b->sorted, &b->sheet->arena);
		inside_measure(h, b->scene);
		inside_widen(h, b->scene, house_least(f), b->machine_shown);
		used += h->w;
	}
	gaps = f->house_count ? HOST_GAP_LEAST * (f->house_count - 1.0) : 0;
	f->width = board_width(BOARD_FIRST_X + used + gaps + BOARD_MARGIN);
	if (f->house_count)
		spread(f, used);
	for (uint32_t i = 0; i < f->house_count; i++)
		note_nics(f, &f->houses[i]);
}

/* ---- switches -------------------------------------------------------------
 */

static double
larger(double a, double b)
{
	return a > b ? a : b;
}

static double
device_w(const struct scene_switch *s, uint32_t ports)
{
	double name = letters_width(s->name, SWITCH_NAME_SIZE);
	double about = letters_width(s->about, SWITCH_ABOUT_SIZE);
	double text = larger(name, about);

	if (text > SWITCH_TEXT_MOST)
		text = SWITCH_TEXT_MOST;
	return larger(larger(text + 2 * SWITCH_PADDING, SWITCH_EMPTY_W),
	    PORT_PITCH * (double)ports + SWITCH_PADDING);
}

/* The middle of the NICs that hang on 'port'; negative: none does. */
static double
wish_of_port(const struct board *b, uint32_t port)
{
	const struct scene *s = b->scene;
	double sum = 0;
	unsigned count = 0;

	for (uint32_t i = 0; i < s->nic_count; i++) {
		if (s->nics[i].port == port && b->nic_x[i] > 0) {
			sum += b->nic_x[i];
			count++;
		}
	}
	return count ? sum / count : -1;
}

/* Ports by where their cables go, so that none cross at the switch; ports
 * that nothing hangs on stand last. */
static void
take_ports(struct full *f, struct device *d, const struct places *ports)
{
	double *wishes = f->board.port_x;

	d->ports = arena_array(
	    &f->board.sheet->arena, ports->count + 1, sizeof(*d->ports));
	for (uint32_t i = 0; d->ports && i < ports->count; i++) {
		uint32_t port = ports->at[i], to = d->port_count++;
		double wish = wish_of_port(&f->board, port);

		wishes[port] = wish < 0 ? f->width : wish;
		for (; to && wishes[d->ports[to - 1]] > wishes[port]; to--)
			d->ports[to] = d->ports[to - 1];
		d->ports[to] = port;
	}
}

static double
wish_of_device(const struct full *f, const struct device *d)
{
	double sum = 0;

	for (uint32_t i = 0; i < d->port_count; i++)
		sum += f->board.port_x[d->ports[i]];
	return d->port_count ? sum / d->port_count : f->width / 2;
}

/* Moves all of them onto the page, if they fit. */
static void
keep_on_page(struct full *f, double first_x)
{
	struct device *d = f->devices, *last = &d[f->device_count - 1];
	double over = last->x + last->w - (f->width - BOARD_MARGIN);
	double under = first_x - d[0].x;
	double shift = over > 0 ? -over : 0;

	if (under - shift > 0)
		shift = under;
	for (uint32_t i = 0; i < f->device_count; i++)
		d[i].x += shift;
	over = last->x + last->w + BOARD_MARGIN - f->width;
	if (over > 0)
		f->width = board_width(f->width + over);
}

static void
place_ports(struct full *f, const struct device *d)
{
	for (uint32_t i = 0; i < d->port_count; i++)
		f->board.port_x[d->ports[i]] =
		    d->x + d->w * (i + 0.5) / d->port_count;
}

void
full_place_devices(struct full *f)
{
	struct board *b = &f->board;
	struct isotonic *row =
	    arena_array(&b->sheet->arena, f->device_count + 1, sizeof(*row));

	if (!row || !f->device_count)
		return;
	for (uint32_t i = 0; i < f->device_count; i++) {
		struct device *d = &f->devices[i];

		take_ports(f, d, &b->sorted.ports[d->at]);
		d->w = device_w(&b->scene->switches[d->at], d->port_count);
		row[i].wish = wish_of_device(f, d);
		if (i)
			row[i].distance =
			    (d->w + f->devices[i - 1].w) / 2 + SWITCH_GAP;
	}
	isotonic_place(row, f->device_count);
	for (uint32_t i = 0; i < f->device_count; i++)
		f->devices[i].x = row[i].x - f->devices[i].w / 2;
	keep_on_page(f, BOARD_FIRST_X);
	for (uint32_t i = 0; i < f->device_count; i++)
		place_ports(f, &f->devices[i]);
}

/* ---- bands ----------------------------------------------------------------
 */

/* How many rows more than are free a side has at most. */
static unsigned
rows_more(const struct full *f, enum claim_side side)
{
	const struct scene *s = f->board.scene;
	unsigned most = ROWS_FREE;

	for (uint32_t i = 0; i < s->nic_count; i++) {
		unsigned rows = rows_count(s, i, side);

		/* Below the line a NIC without link says that, too. */
		if (side == CLAIM_SYSTEMS && s->nics[i].state == CABLE_DOWN)
			rows++;
		if (rows > most)
			most = rows;
	}
	return most - ROWS_FREE;
}

static unsigned
cables_far(const struct full *f)
{
	const struct scene *s = f->board.scene;
	unsigned far = 0;

	for (uint32_t i = 0; i < s->nic_count; i++) {
		uint32_t port = s->nics[i].port;

		if (port >= s->port_count)
			continue;
		if (f->board.port_x[port] - f->board.nic_x[i] > FAR ||
		    f->board.nic_x[i] - f->board.port_x[port] > FAR)
			far++;
	}
	far = far > FAR_FREE ? far - FAR_FREE : 0;
	return far < ROUTING_MORE_MOST ? far : ROUTING_MORE_MOST;
}

void
full_place_bands(struct full *f)
{
	double left = f->device_count ? f->devices[0].x : f->width;
	double highest = 0;

	f->switch_y = SWITCH_Y + heading_needs(f->board.scene, left, f->width);
	f->board.line_y = f->switch_y + FULL_SWITCH_H + ROUTING_H +
			  ROWS_PITCH * rows_more(f, CLAIM_NETWORK) +
			  ROUTING_MORE * cables_far(f);
	f->host_y = f->board.line_y + LINE_TO_HOST +
		    ROWS_PITCH * rows_more(f, CLAIM_SYSTEMS);
	for (uint32_t i = 0; i < f->house_count; i++)
		highest = larger(highest, f->houses[i].h);
	f->foot_y = f->host_y + highest + FOOT_GAP;
}

/* ---- the whole -------------------------------------------------------------
 */

static bool
full_order(struct full *f)
{
	struct board *b = &f->board;
	struct arena *a = &b->sheet->arena;
	struct order order;

	f->house_count = b->sorted.hosts.count;
	f->device_count = b->sorted.switches.count;
	f->houses = arena_array(a, f->house_count + 1, sizeof(*f->houses));
	f->devices = arena_array(a, f->device_count + 1, sizeof(*f->devices));
	order_scene(&order, &b->sorted, a);
	if (a->failed)
		return false;
	for (uint32_t i = 0; i < f->house_count; i++)
		f->houses[i].host = order.hosts[i];
	for (uint32_t i = 0; i < f->device_count; i++)
		f->devices[i].at = order.switches[i];
	return true;
}

void
full_layout(struct sheet *out, const struct scene *scene)
{
	struct full f = { .width = BOARD_LEAST_W };

	if (!board_init(&f.board, out, scene) || !full_order(&f))
		return;
	full_place_houses(&f);
	full_place_devices(&f);
	full_place_bands(&f);
	full_put_devices(&f);
	for (uint32_t i = 0; i < f.house_count; i++)
		full_put_house(&f, &f.houses[i]);
	full_put_cables(&f);
	full_put_marked(&f);
	heading_put(&f.board, f.width);
	out->width = f.width;
	rings_put(&f.board);
	out->height = foot_put(&f.board, f.foot_y, BOARD_MARGIN);
	line_put(&f.board, f.width);
}
