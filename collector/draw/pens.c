#include "collector/draw/pens.h"

const char *
pen_color(enum ink ink)
{
	static const char *const colors[] = { [INK_BLACK] = "#20262e",
		[INK_BLUE] = "#1d55b0",
		[INK_GREEN] = "#15803d",
		[INK_RED] = "#d3222a",
		[INK_GREY] = "#8b95a1" };

	return colors[ink];
}

const char *
pen_text_color(enum ink ink)
{
	static const char *const colors[] = { [INK_BLACK] = "#20262e",
		[INK_BLUE] = "#1d4a99",
		[INK_GREEN] = "#136b34",
		[INK_RED] = "#c81e26",
		[INK_GREY] = "#5d6874" };

	return colors[ink];
}

const char *
pen_fill(enum hatch hatch)
{
	static const char *const fills[] = { [HATCH_NONE] = "#ffffff",
		[HATCH_PHYSICAL] = "#dbe7fb",
		[HATCH_VIRTUAL] = "#dbe7fb",
		[HATCH_DENSE] = "#d9f0e0" };

	return fills[hatch];
}

double
pen_width(const struct sheet_box *box)
{
	static const double widths[BOX_LAST + 1] = {
		[BOX_SWITCH] = 2.5, [BOX_HOST] = 2.5, [BOX_VSWITCH] = 2.2
	};
	double width = widths[box->kind];

	if (box->faint)
		return 1.5;
	return width > 0 ? width : 1.9;
}

const char *
pen_kind(enum box_kind kind)
{
	static const char *const kinds[] = { [BOX_SWITCH] = "switch",
		[BOX_PORT] = "port",
		[BOX_HOST] = "host",
		[BOX_NIC] = "nic",
		[BOX_BOND] = "bond",
		[BOX_VSWITCH] = "vswitch",
		[BOX_GROUP] = "port_group",
		[BOX_MACHINE] = "machine",
		[BOX_KERNEL] = "kernel",
		[BOX_STACK] = "machines",
		[BOX_VNIC] = "vnic",
		[BOX_CARD] = "page",
		[BOX_FRAME] = "frame" };

	return kinds[kind];
}

bool
pen_dashes(enum cable_state state)
{
	return state != CABLE_SURE;
}

bool
pen_fills(const struct sheet_box *box)
{
	return box->kind != BOX_HOST && box->kind != BOX_BOND &&
	       box->kind != BOX_FRAME;
}
