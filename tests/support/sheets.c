#include "tests/support/sheets.h"

enum { WIDTH = 800, HEIGHT = 600, CELL = 100, PITCH = 150 };

static const char *
named(struct sheet *s, const char *name, const char *plain)
{
	return name ? sheet_format(s, "%s %s", name, plain) : plain;
}

static uint32_t
add_box(struct sheet *s, const char *name, struct sheet_box box)
{
	static const double label_size = 18;
	uint32_t at;

	box.label = named(s, name, box.id);
	box.title = named(s, name, "title");
	box.about = box.kind == BOX_HOST ? named(s, name, "bay 7") : "";
	box.href = name ? name : "";
	box.id = sheet_format(s, "%s%s", name ? name : "", box.id);
	at = sheet_box(s, box);
	(void)sheet_text(
	    s, (struct sheet_text){ .id = sheet_format(s, "text:%u", at),
		   .text = box.label,
		   .x = box.at.x + 8,
		   .y = box.at.y + label_size,
		   .size = label_size,
		   .width = CELL,
		   .ink = box.ink,
		   .bold = true,
		   .box = at,
		   .cable = SHEET_NONE });
	return at;
}

/* A switch at the top, a host below; gives the places of port and NIC. */
static void
add_boxes(struct sheet *s, const char *name, uint32_t *port, uint32_t *nic)
{
	uint32_t device = add_box(s, name,
	    (struct sheet_box){ .id = "sw-a",
		.kind = BOX_SWITCH,
		.ink = INK_BLUE,
		.hatch = HATCH_PHYSICAL,
		.parent = SHEET_NONE,
		.at = { 100, 80, 300, 100 } });
	uint32_t host = add_box(s, name,
	    (struct sheet_box){ .id = "esx-07",
		.kind = BOX_HOST,
		.ink = INK_GREEN,
		.parent = SHEET_NONE,
		.at = { 100, 400, 300, 180 } });
	uint32_t vswitch = add_box(s, name,
	    (struct sheet_box){ .id = "vSwitch0",
		.kind = BOX_VSWITCH,
		.ink = INK_BLUE,
		.hatch = HATCH_VIRTUAL,
		.parent = host,
		.at = { 120, 450, 200, 50 } });
	uint32_t machine = add_box(s, name,
	    (struct sheet_box){ .id = "web-01",
		.kind = BOX_MACHINE,
		.ink = INK_GREEN,
		.hatch = HATCH_DENSE,
		.parent = host,
		.marked = true,
		.at = { 140, 530, 60, 30 } });
	uint32_t bond = add_box(s, name,
	    (struct sheet_box){ .id = "bond0",
		.kind = BOX_BOND,
		.parent = host,
		.at = { 130, 425, 100, 16 } });

	(void)bond;
	*port = add_box(s, name,
	    (struct sheet_box){ .id = "Eth1/7",
		.kind = BOX_PORT,
		.ink = INK_BLUE,
		.parent = device,
		.at = { 140, 170, 20, 20 } });
	*nic = add_box(s, name,
	    (struct sheet_box){ .id = "vmnic0",
		.kind = BOX_NIC,
		.ink = INK_GREEN,
		.parent = host,
		.at = { 190, 390, 20, 20 } });
	(void)sheet_cable(
	    s, (struct sheet_cable){ .id = named(s, name, "wire"),
		   .title = "",
		   .from = vswitch,
		   .to = machine,
		   .points = sheet_points(s,
		       (struct point[]){ { 170, 500 }, { 170, 510 },
			   { 170, 520 }, { 170, 530 } },
		       4),
		   .point_count = 4,
		   .state = CABLE_SURE,
		   .net_text = "",
		   .sys_text = "" });
}

static uint32_t
add_cables(struct sheet *s, const char *name, uint32_t port, uint32_t nic)
{
	uint32_t at =
	    sheet_cable(s, (struct sheet_cable){ .id = named(s, name, "cable"),
			       .title = named(s, name, "heard by CDP"),
			       .from = port,
			       .to = nic,
			       .points = sheet_points(s,
				   (struct point[]){ { 150, 190 }, { 150, 260 },
				       { 200, 240 }, { 200, 300 }, { 200, 330 },
				       { 200, 360 }, { 200, 390 } },
				   7),
			       .point_count = 7,
			       .state = CABLE_SURE,
			       .crosses = true,
			       .marked = true,
			       .net_text = named(s, name, "carries 130"),
			       .sys_text = named(s, name, "needs 120, 130") });

	(void)sheet_cable(
	    s, (struct sheet_cable){ .id = named(s, name, "stub"),
		   .title = "",
		   .from = SHEET_NONE,
		   .to = nic,
		   .points = sheet_points(s,
		       (struct point[]){ { 205, 380 }, { 205, 384 },
			   { 205, 387 }, { 205, 390 } },
		       4),
		   .point_count = 4,
		   .state = CABLE_NONE,
		   .net_text = "",
		   .sys_text = "" });
	return at;
}

static void
add_marks(struct sheet *s)
{
	for (unsigned kind = MARK_LINE; kind <= MARK_HIGHLIGHT; kind++)
		(void)sheet_mark(s,
		    (struct sheet_mark){ .id = sheet_format(s, "mark:%u", kind),
			.kind = (enum mark_kind)kind,
			.ink = INK_RED,
			.points = sheet_points(s,
			    (struct point[]){ { 20, 350 }, { 300, 340 },
				{ 500, 360 }, { 780, 350 } },
			    4),
			.point_count = 4,
			.size = 3 });
}

static void
add_finding(struct sheet *s, const char *name, uint32_t cable)
{
	const char **lines = arena_array(&s->arena, 1, sizeof(const char *));

	if (lines)
		lines[0] = named(s, name, "evidence");
	(void)sheet_ring(s, (struct sheet_ring){ .id = "ring:1",
				.around = { 190, 320, 120, 60 },
				.number = { 320, 320 },
				.n = 1,
				.cable = cable,
				.box = SHEET_NONE });
	(void)sheet_note(s,
	    (struct sheet_note){ .id = "note:1",
		.heading = named(s, name, "VLAN 120 stops here"),
		.command = named(s, name, "switchport trunk allowed vlan add"),
		.lines = lines,
		.line_count = lines ? 1 : 0,
		.n = 1,
		.owner = OWNER_NETWORK,
		.at = { 20, 540, 300, 50 } });
	(void)sheet_text(s, (struct sheet_text){ .id = "text:title",
				.text = s->title,
				.x = 400,
				.y = 40,
				.size = 46,
				.width = 200,
				.anchor = ANCHOR_MIDDLE,
				.tilt = .5,
				.box = SHEET_NONE,
				.cable = SHEET_NONE });
}

void
sheets_each(struct sheet *s, const char *name)
{
	uint32_t port = SHEET_NONE, nic = SHEET_NONE;

	sheet_init(s);
	s->id = named(s, name, "rack:C07");
	s->title = named(s, name, "Rack C07");
	s->about = named(s, name, "a question");
	s->width = WIDTH;
	s->height = HEIGHT;
	add_boxes(s, name, &port, &nic);
	add_marks(s);
	add_finding(s, name, add_cables(s, name, port, nic));
}

void
sheets_many(struct sheet *s, unsigned count)
{
	sheet_init(s);
	s->id = s->title = "many";
	s->width = PITCH * count;
	s->height = CELL;
	for (unsigned i = 0; i < count; i++) {
		uint32_t at = add_box(s, NULL,
		    (struct sheet_box){ .id = sheet_format(s, "vm-%u", i),
			.kind = BOX_MACHINE,
			.parent = SHEET_NONE,
			.at = { PITCH * i, 0, CELL, CELL } });

		if (i == 0)
			continue;
		(void)sheet_cable(s,
		    (struct sheet_cable){ .id = sheet_format(s, "wire-%u", i),
			.title = "",
			.from = at - 1,
			.to = at,
			.net_text = "",
			.sys_text = "" });
	}
}
