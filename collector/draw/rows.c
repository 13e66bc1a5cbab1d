#include "collector/draw/rows.h"

#include <string.h>

#include "collector/draw/fit.h"
#include "collector/draw/letters.h"
#include "collector/draw/put.h"
#include "collector/draw/then.h"

enum {
	ABOVE = 15, /* of the line: the baseline of the nearest row */
	BELOW = 28,
	ABOUT_TITLE_MOST = 512 /* octets of a list in a tooltip */
};

static const struct scene_claim *
claims_of(const struct scene *s, uint32_t nic, uint32_t *out_count)
{
	const struct scene_nic *n = &s->nics[nic];

	*out_count = 0;
	if (n->first_claim <= s->claim_count &&
	    n->claim_count <= s->claim_count - n->first_claim)
		*out_count = n->claim_count;
	return s->claims + (*out_count ? n->first_claim : 0);
}

/* Negative: 'a' stands nearer to the line. */
static int
compare(const struct scene_claim *a, const struct scene_claim *b)
{
	int order;

	if (a->matters != b->matters)
		return a->matters ? -1 : 1;
	if (a->about != b->about)
		return a->about < b->about ? -1 : 1;
	if ((order = strcmp(a->text, b->text)) != 0)
		return order;
	if ((order = strverscmp(a->vlans, b->vlans)) != 0)
		return order;
	return (a->vlan > b->vlan) - (a->vlan < b->vlan);
}

/* Those of one side, nearest first; gives how many there are in all. */
static unsigned
nearest(const struct scene *s, uint32_t nic, enum claim_side side,
    const struct scene_claim *out[ROWS_MOST])
{
	uint32_t count;
	const struct scene_claim *claims = claims_of(s, nic, &count);
	unsigned all = 0, kept = 0;

	for (uint32_t i = 0; i < count; i++) {
		const struct scene_claim *claim = &claims[i];
		unsigned to = kept;

		if (claim->side != side)
			continue;
		all++;
		while (to && compare(claim, out[to - 1]) < 0)
			to--;
		if (to == ROWS_MOST)
			continue;
		if (kept < ROWS_MOST)
			kept++;
		memmove(&out[to + 1], &out[to], (kept - to - 1) * sizeof(*out));
		out[to] = claim;
	}
	return all;
}

unsigned
rows_count(const struct scene *s, uint32_t nic, enum claim_side side)
{
	const struct scene_claim *kept[ROWS_MOST];
	unsigned all = nearest(s, nic, side, kept);

	return all < ROWS_MOST ? all : ROWS_MOST;
}

/* A list without the room for its verb still says that it is of then. */
static const char *
vlan_words(struct sheet *out, const struct scene_claim *c, const char *verb,
    struct fit fit)
{
	const char *said = fit_vlans(&out->arena, verb, c->vlans, fit);

	if (!c->stale || strncmp(said, verb, strlen(verb)) == 0)
		return said;
	fit.width -= letters_width("was ", fit.size);
	return sheet_format(
	    out, "was %s", fit_vlans(&out->arena, "", c->vlans, fit));
}

static const char *
words(struct sheet *out, const struct scene_claim *c, struct fit fit)
{
	const char *verb = then_verb(c);

	switch (c->about) {
	case ABOUT_CARRIES:
		if (!*c->vlans)
			return sheet_format(out, "%snone", verb);
		return vlan_words(out, c, verb, fit);
	case ABOUT_NATIVE:
		return sheet_format(
		    out, "%snative %lld", verb, (long long)c->vlan);
	case ABOUT_NEEDS:
		if (*c->text)
			verb = sheet_format(out, "%s%s ", verb, c->text);
		return vlan_words(out, c, verb, fit);
	case ABOUT_UNTAGGED:
		return sheet_format(out, "%s%s untagged", verb, c->text);
	case ABOUT_OTHER:
		break;
	}
	return sheet_format(out, "%s%s", verb, c->text);
}

struct side {
	enum claim_side side;
	enum ink ink;
	const char *key;    /* of the texts' ids */
	double first, step; /* baselines, from the line */
};

static const struct side sides[] = {
	{ CLAIM_NETWORK, INK_BLUE, "net", -ABOVE, -ROWS_PITCH },
	{ CLAIM_SYSTEMS, INK_GREEN, "sys", BELOW, ROWS_PITCH },
};

static struct rect
united(struct rect a, struct rect b)
{
	double right = a.x + a.w > b.x + b.w ? a.x + a.w : b.x + b.w;
	double low = a.y + a.h > b.y + b.h ? a.y + a.h : b.y + b.h;
	struct rect out = { a.x < b.x ? a.x : b.x, a.y < b.y ? a.y : b.y, 0,
		0 };

	if (a.w <= 0)
		return b;
	out.w = right - out.x;
	out.h = low - out.y;
	return out;
}

/* One row; gives its words as they stand. */
static const char *
put_row(struct board *b, uint32_t nic, const struct side *side,
    struct sheet_text text, unsigned n)
{
	struct sheet *s = b->sheet;

	text.x = b->nic_x[nic] + ROWS_AFTER_CABLE;
	text.y = b->line_y + side->first + n * side->step;
	text.size = ROWS_SIZE;
	text.tilt = 0.2;
	text.id =
	    sheet_format(s, "%s:%s%u", b->scene->nics[nic].id, side->key, n);
	text.text = fit_cut(
	    &s->arena, text.text, (struct fit){ text.size, text.width });
	text.width = put_claim(s, b->nic_cable[nic], text);
	if (n == 0 && text.width > 0)
		b->nic_rows[nic] = united(b->nic_rows[nic], put_bounds(&text));
	return text.text;
}

static const char *
put_side(struct board *b, uint32_t nic, const struct side *side, double width)
{
	const struct scene_claim *claims[ROWS_MOST];
	unsigned all = nearest(b->scene, nic, side->side, claims);
	const char *line = "";

	for (unsigned n = 0; n < all && n < ROWS_MOST; n++) {
		struct sheet_text text = { .ink = side->ink, .width = width };

		text.text = words(
		    b->sheet, claims[n], (struct fit){ ROWS_SIZE, width });
		if (claims[n]->stale)
			text.ink = INK_GREY;
		if (n + 1 == ROWS_MOST && all > ROWS_MOST)
			text.text =
			    sheet_format(b->sheet, "and %u more", all - n);
		line = sheet_format(b->sheet, "%.*s%s%s", ABOUT_TITLE_MOST,
		    line, n ? "; " : "", put_row(b, nic, side, text, n));
	}
	return line;
}

void
rows_put(struct board *b, uint32_t nic, double width)
{
	const char *net = put_side(b, nic, &sides[0], width);
	const char *sys = put_side(b, nic, &sides[1], width);

	if (b->nic_cable[nic] == SHEET_NONE)
		return;
	b->sheet->cables[b->nic_cable[nic]].net_text = net;
	b->sheet->cables[b->nic_cable[nic]].sys_text = sys;
}
