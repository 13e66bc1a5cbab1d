#include "collector/draw/plain_sides.h"
#include "collector/draw/then.h"

enum {
	BOXES_MOST = 16,
	NAME_MOST = 24, /* columns of one box */
	JOINT = 2,
	JOINT_LINE = 5, /* over the demarc line */
	INDENT = 2
};

struct way_box {
	struct spelled name, about;
	unsigned width;
	bool past_line; /* the first box of the network's side */
};

struct way {
	struct way_box boxes[BOXES_MOST];
	unsigned count;
};

/* The rows that a box is drawn in. */
enum row { ROW_TOP, ROW_NAME, ROW_ABOUT, ROW_BOTTOM };

static struct way_box *
add_box(
    struct way *way, const struct plain *p, const char *name, const char *about)
{
	struct way_box *box = &way->boxes[way->count];
	unsigned other;

	if (way->count == BOXES_MOST)
		return &way->boxes[BOXES_MOST - 1];
	way->count++;
	box->past_line = false;
	box->width = plain_width(
	    plain_cut(p, &box->name, *name ? name : "?", NAME_MOST));
	other = plain_width(plain_cut(p, &box->about, about, NAME_MOST));
	if (other > box->width)
		box->width = other;
	return box;
}

static void
collect_inside(struct way *way, const struct plain *p, const struct scene *s)
{
	static const char *const kinds[] = { [MACHINE_VM] = "VM",
		[MACHINE_CONTAINER] = "container",
		[MACHINE_KERNEL] = "kernel" };
	const struct scene_path *path = s->path;

	if (path->machine < s->machine_count)
		(void)add_box(way, p, s->machines[path->machine].name,
		    kinds[s->machines[path->machine].kind]);
	if (path->vnic < s->vnic_count)
		(void)add_box(way, p, s->vnics[path->vnic].name, "");
	if (path->group < s->group_count)
		(void)add_box(way, p, s->groups[path->group].name,
		    s->groups[path->group].vlan);
	for (size_t i = 0; i < path->vswitch_count; i++)
		if (path->vswitches[i] < s->vswitch_count)
			(void)add_box(
			    way, p, s->vswitches[path->vswitches[i]].name, "");
}

static void
collect(struct way *way, const struct plain *p, const struct scene *s)
{
	const struct scene_path *path = s->path;

	collect_inside(way, p, s);
	if (path->nic < s->nic_count) {
		uint32_t host = s->nics[path->nic].host;

		(void)add_box(way, p, s->nics[path->nic].name,
		    host < s->host_count ? s->hosts[host].name : "");
	}
	if (path->port < s->port_count) {
		uint32_t device = s->ports[path->port].device;

		add_box(way, p, s->ports[path->port].name, "")->past_line =
		    true;
		if (device < s->switch_count)
			(void)add_box(way, p, s->switches[device].name, "");
	} else {
		add_box(way, p, "unknown", "")->past_line = true;
	}
}

struct row_style {
	enum row row;
	bool sure; /* the port is known, so its cable is a whole line */
};

/* What joins a box to the one before it. */
static void
put_joint(struct plain *p, const struct way_box *box, bool cable, bool sure)
{
	enum plain_sign sign =
	    sure || !box->past_line ? PLAIN_CABLE : PLAIN_DASHED;
	unsigned half = box->past_line ? JOINT_LINE / 2 : JOINT;

	if (cable)
		plain_sign(p, sign, half);
	else
		plain_to(p, p->column + half);
	if (!box->past_line)
		return;
	plain_sign(p, PLAIN_LINE, 1);
	if (cable)
		plain_sign(p, sign, half);
	else
		plain_to(p, p->column + half);
}

static void
put_words(struct plain *p, const struct way_box *box, const char *text)
{
	unsigned spare = box->width - plain_width(text);

	plain_to(p, p->column + spare / 2);
	plain_put(p, text);
	plain_to(p, p->column + spare - spare / 2);
}

static void
put_cell(struct plain *p, const struct way *way, unsigned at, enum row row)
{
	const struct way_box *box = &way->boxes[at];
	bool last = at + 1 == way->count;

	switch (row) {
	case ROW_TOP:
		plain_sign(p, PLAIN_TOP_LEFT, 1);
		plain_sign(p, PLAIN_CABLE, box->width);
		plain_sign(p, PLAIN_TOP_RIGHT, 1);
		break;
	case ROW_NAME:
		plain_sign(p, at ? PLAIN_TO : PLAIN_SIDE, 1);
		put_words(p, box, box->name.text);
		plain_sign(p, last ? PLAIN_SIDE : PLAIN_FROM, 1);
		break;
	case ROW_ABOUT:
		plain_sign(p, PLAIN_SIDE, 1);
		put_words(p, box, box->about.text);
		plain_sign(p, PLAIN_SIDE, 1);
		break;
	case ROW_BOTTOM:
		plain_sign(p, PLAIN_BOTTOM_LEFT, 1);
		plain_sign(p, PLAIN_CABLE, box->width);
		plain_sign(p, PLAIN_BOTTOM_RIGHT, 1);
		break;
	}
}

static unsigned
box_columns(const struct way *way, unsigned at)
{
	unsigned joint = way->boxes[at].past_line ? JOINT_LINE : JOINT;

	return way->boxes[at].width + 2 + (at ? joint : 0);
}

/* The first box that no longer fits beside 'first'. */
static unsigned
row_end(const struct way *way, unsigned first)
{
	unsigned end = first, columns = 0;

	do
		columns += box_columns(way, end++);
	while (end < way->count &&
	       columns + box_columns(way, end) <= PLAIN_COLUMNS);
	return end;
}

/* One line of text through the boxes from 'first' up to 'end'. */
static void
put_row(struct plain *p, const struct way *way, unsigned first, unsigned end,
    const struct row_style *style)
{
	for (unsigned i = first; i < end; i++) {
		if (i > 0)
			put_joint(p, &way->boxes[i], style->row == ROW_NAME,
			    style->sure);
		put_cell(p, way, i, style->row);
	}
	plain_end(p);
}

static void
put_boxes(struct plain *p, const struct way *way, bool sure)
{
	for (unsigned first = 0, end; first < way->count; first = end) {
		end = row_end(way, first);
		for (enum row row = ROW_TOP; row <= ROW_BOTTOM; row++)
			put_row(p, way, first, end,
			    &(struct row_style){ row, sure });
	}
}

static enum plain_sign
sign_of(enum answer_value value)
{
	if (value == ANSWER_YES)
		return PLAIN_YES;
	return value == ANSWER_NO ? PLAIN_NO : PLAIN_UNKNOWN;
}

static void
put_sides(struct plain *p, const struct scene_path *path)
{
	plain_end(p);
	plain_both(p, (struct plain_sides){ .left = "the host says",
			  .right = "the switch says",
			  .sign = PLAIN_LINE });
	for (size_t i = 0; i < path->side_count; i++)
		plain_both(p, (struct plain_sides){ .left = path->sides[i].left,
				  .right = path->sides[i].right,
				  .sign = sign_of(path->sides[i].value) });
	plain_both(p, (struct plain_sides){ .left = path->left_age,
			  .right = path->right_age,
			  .sign = PLAIN_LINE });
}

/* A heading, and remarks with their ticks. */
static void
put_remarks(struct plain *p, const char *heading, const struct scene_row *rows,
    size_t count)
{
	if (count == 0)
		return;
	plain_end(p);
	plain_wrap(p, heading, 0);
	for (size_t i = 0; i < count; i++) {
		plain_to(p, INDENT);
		plain_sign(p, sign_of(rows[i].value), 1);
		plain_wrap(p, rows[i].left, 2 * INDENT);
	}
}

/* That what stands here of the host is of then. */
static void
put_silent(struct plain *p, const struct scene *s)
{
	const struct scene_host *host = then_host_of_way(s);
	char silent[THEN_SIZE];

	if (!host || !*then_silent(s, host, silent))
		return;
	plain_say(p, host->name);
	plain_put(p, ": ");
	plain_wrap(p, silent, 0);
}

/* Commands are not broken: they are there to be copied. */
static void
put_advice(struct plain *p, const struct scene_path *path)
{
	if (path->advice_count == 0)
		return;
	plain_end(p);
	plain_put(p, "what to do");
	plain_end(p);
	for (size_t i = 0; i < path->advice_count; i++) {
		plain_to(p, INDENT);
		plain_say(p, path->advice[i]);
		plain_end(p);
	}
}

void
plain_way(struct plain *p, const struct scene *s)
{
	const struct scene_path *path = s->path;
	struct way way = { .count = 0 };

	plain_wrap(p, path->question, 0);
	if (*path->answer)
		plain_wrap(p, path->answer, 0);
	if (*path->evidence)
		plain_wrap(p, path->evidence, 0);
	plain_end(p);
	collect(&way, p, s);
	put_boxes(p, &way, path->sure);
	put_silent(p, s);
	if (*path->gap)
		plain_wrap(p, path->gap, 0);
	if (path->side_count > 0)
		put_sides(p, path);
	put_remarks(p, "inside the host", path->inside, path->inside_count);
	put_remarks(p,
	    path->other_uplinks > 1 ? "the other uplinks" : "the other uplink",
	    path->other, path->other_count);
	put_advice(p, path);
}
