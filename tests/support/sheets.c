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
	box.id = sheet_format(s, "%s%s", box.id, name ? name : "");
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

/* A switch at the top, a host below. */
enum { SWITCH, HOST, VSWITCH, MACHINE, BOND, PORT, NIC };

static const struct sheet_box boxes[] = {
	[SWITCH] = { .id = "sw-a",
	    .kind = BOX_SWITCH,
	    .ink = INK_BLUE,
	    .hatch = HATCH_PHYSICAL,
	    .parent = SHEET_NONE,
	    .at = { 100, 80, 300, 100 } },
	[HOST] = { .id = "esx-07",
	    .kind = BOX_HOST,
	    .ink = INK_GREEN,
	    .parent = SHEET_NONE,
	    .at = { 100, 400, 300, 180 } },
	[VSWITCH] = { .id = "vSwitch0",
	    .kind = BOX_VSWITCH,
	    .ink = INK_BLUE,
	    .hatch = HATCH_VIRTUAL,
	    .parent = HOST,
	    .at = { 120, 450, 200, 50 } },
	[MACHINE] = { .id = "web-01",
	    .kind = BOX_MACHINE,
	    .ink = INK_GREEN,
	    .hatch = HATCH_DENSE,
	    .parent = HOST,
	    .at = { 140, 530, 60, 30 },
	    .marked = true },
	[BOND] = { .id = "bond0",
	    .kind = BOX_BOND,
	    .parent = HOST,
	    .at = { 130, 425, 100, 16 } },
	[PORT] = { .id = "Eth1/7",
	    .kind = BOX_PORT,
	    .ink = INK_BLUE,
	    .parent = SWITCH,
	    .at = { 140, 170, 20, 20 } },
	[NIC] = { .id = "vmnic0",
	    .kind = BOX_NIC,
	    .ink = INK_GREEN,
	    .parent = HOST,
	    .at = { 190, 390, 20, 20 } },
};

static const struct point of_cable[] = { { 150, 190 }, { 150, 260 },
	{ 200, 240 }, { 200, 300 }, { 200, 330 }, { 200, 360 }, { 200, 390 } };
static const struct point of_wire[] = { { 170, 500 }, { 170, 510 },
	{ 170, 520 }, { 170, 530 } };
static const struct point of_stub[] = { { 205, 380 }, { 205, 384 },
	{ 205, 387 }, { 205, 390 } };

static const struct sheet_cable cables[] = {
	{ .id = "cable",
	    .title = "heard by CDP",
	    .from = PORT,
	    .to = NIC,
	    .points = of_cable,
	    .point_count = 7,
	    .state = CABLE_SURE,
	    .crosses = true,
	    .marked = true,
	    .net_text = "carries 130",
	    .sys_text = "needs 120, 130" },
	{ .id = "wire",
	    .title = "",
	    .from = VSWITCH,
	    .to = MACHINE,
	    .points = of_wire,
	    .point_count = 4,
	    .state = CABLE_SURE,
	    .net_text = "",
	    .sys_text = "" },
	{ .id = "stub",
	    .title = "",
	    .from = SHEET_NONE,
	    .to = NIC,
	    .points = of_stub,
	    .point_count = 4,
	    .state = CABLE_NONE,
	    .crosses = true,
	    .net_text = "",
	    .sys_text = "needs 140",
	    .beyond = "? (nothing heard)" },
};

static void
add_cables(struct sheet *s, const char *name)
{
	for (size_t i = 0; i < sizeof(cables) / sizeof(cables[0]); i++) {
		struct sheet_cable cable = cables[i];

		cable.id = sheet_format(s, "%s%s", cable.id, name ? name : "");
		if (cable.crosses) {
			cable.title = named(s, name, cable.title);
			cable.net_text = named(s, name, cable.net_text);
			cable.sys_text = named(s, name, cable.sys_text);
			if (cable.beyond)
				cable.beyond = named(s, name, cable.beyond);
		}
		(void)sheet_cable(s, cable);
	}
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
add_finding(struct sheet *s, const char *name)
{
	const char **lines = arena_array(&s->arena, 1, sizeof(const char *));

	if (lines)
		lines[0] = named(s, name, "evidence");
	(void)sheet_ring(s, (struct sheet_ring){ .id = "ring:1",
				.around = { 190, 320, 120, 60 },
				.number = { 320, 320 },
				.n = 1,
				.cable = 0,
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
	sheet_init(s);
	s->id = named(s, name, "rack:C07");
	s->title = named(s, name, "Rack C07");
	s->about = named(s, name, "a question");
	s->width = WIDTH;
	s->height = HEIGHT;
	for (size_t i = 0; i < sizeof(boxes) / sizeof(boxes[0]); i++)
		(void)add_box(s, name, boxes[i]);
	add_cables(s, name);
	add_marks(s);
	add_finding(s, name);
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
