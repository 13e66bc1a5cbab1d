/*
 * sheet.h - a drawing that is laid out: what stands where, and nothing of how
 * a format spells it.
 *
 *	scene -> layout -> [sheet] -> SVG, draw.io, Excalidraw, DOT, ...
 *
 * Boxes and cables are things, with ids that stay from one drawing to the next;
 * texts, marks and rings belong to them or to the page.  A picture paints, in
 * this order: cables, boxes (parents stand before their children; hosts and
 * frames are not filled), marks, texts, the highlighter as a marker that one
 * sees through, rings with their numbers.
 *
 * Memory:  sheet_done frees all; texts are lent from the scene, or in the
 *          arena.
 * Errors:  without memory nothing is added and 'arena.failed' is set: ask it
 *          once at the end.
 * Units:   CSS pixels, 96 to the inch; x to the right, y down; a text stands on
 *          its baseline.
 */
#ifndef COLLECTOR_DRAW_SHEET_H
#define COLLECTOR_DRAW_SHEET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attributes.h"
#include "collector/arena.h"
#include "collector/draw/scene.h"

#define SHEET_NONE UINT32_MAX

/* How far a ring stands off what is inside it, and where in a note the middle
 * of its number is. */
enum {
	SHEET_RING_X = 19,
	SHEET_RING_Y = 9,
	SHEET_NOTE_X = 12,
	SHEET_NOTE_Y = 13
};

struct point {
	double x, y;
};

struct rect {
	double x, y, w, h;
};

/* Which pen, and with it whose thing it is. */
enum ink {
	INK_BLACK, /* cables, bonds, the kernel's ports, the title */
	INK_BLUE,  /* switches, vSwitches, port groups: the network */
	INK_GREEN, /* hosts, NICs, machines: the systems */
	INK_RED,   /* the line, and what does not fit */
	INK_GREY   /* no link, expired, quiet remarks */
};

enum box_kind {
	BOX_SWITCH,
	BOX_PORT, /* a square on the edge of its switch */
	BOX_HOST,
	BOX_NIC,  /* a square on the edge of its host */
	BOX_BOND, /* an oval across the wires */
	BOX_VSWITCH,
	BOX_GROUP,
	BOX_MACHINE,
	BOX_KERNEL, /* a port of the kernel: vmk0 */
	BOX_STACK,  /* several machines, folded */
	BOX_VNIC,
	BOX_CARD,  /* of an index: one page of the drawing */
	BOX_FRAME, /* of the page: the title block */
	BOX_LAST = BOX_FRAME
};

/* Which way the hatching leans, as whose thing it is also without colour. */
enum hatch { HATCH_NONE, HATCH_PHYSICAL, HATCH_VIRTUAL, HATCH_DENSE };

struct sheet_box {
	const char *id; /* unique in the sheet */
	const char
	    *label; /* its name, for formats that place text themselves */
	const char *about; /* the second line; "" */
	const char *title; /* what a pointer over it is told; "" */
	const char *href;  /* "" */
	enum box_kind kind;
	enum ink ink;
	enum hatch hatch;
	uint32_t parent; /* place in 'boxes'; SHEET_NONE */
	struct rect at;
	bool faint;  /* dead or expired: thin and grey */
	bool marked; /* on the highlighted path */
};

/* From one box to another; a stub that ends at no box has SHEET_NONE. */
struct sheet_cable {
	const char *id, *title;
	uint32_t from, to; /* 'from' is the network's side */
	/* A point, then three for each cubic Bezier curve. */
	const struct point *points;
	size_t point_count;
	enum cable_state state;
	enum ink ink;
	bool crosses; /* the line: a cable between port and NIC; else a wire */
	bool marked;
	const char *net_text, *sys_text; /* claims at its ends, one line; "" */
	/* Where it leads beyond what is drawn, "leaf9 Te1/3", or that nobody
	 * knows, "? (nothing heard)"; "". */
	const char *beyond;
};

enum anchor { ANCHOR_START, ANCHOR_MIDDLE, ANCHOR_END };

struct sheet_text {
	const char *id, *text; /* one line */
	double x, y, size;
	double width; /* as measured */
	enum anchor anchor;
	enum ink ink;
	bool bold;
	bool wiped;     /* what is below it is wiped away first */
	double tilt;    /* degrees at most; the hand takes some of it */
	uint32_t box;   /* whose label it is; SHEET_NONE */
	uint32_t cable; /* whose claim it is; SHEET_NONE */
};

enum mark_kind {
	MARK_LINE,      /* through the points */
	MARK_CURVE,     /* a point, then three for each cubic */
	MARK_DEMARC,    /* the line: dashes */
	MARK_ARROW,     /* through the points, a head at the last */
	MARK_UNDERLINE, /* of a title */
	MARK_CROSS,     /* around the first point, 'size' wide */
	MARK_TICK,
	MARK_HIGHLIGHT /* a broad band along cubics */
};

struct sheet_mark {
	const char *id;
	enum mark_kind kind;
	enum ink ink;
	const struct point *points;
	size_t point_count;
	double size; /* of crosses and ticks: px; of lines: the pen's width */
	bool dashed;
	bool below; /* of a highlighter: boxes and cables cover it */
};

/* Around what a finding is about, or, without 'around', a number alone. */
struct sheet_ring {
	const char *id;
	struct rect around;  /* what is inside; w 0: no ring */
	struct point number; /* centre of the number's circle */
	unsigned n;
	bool quiet;
	uint32_t cable, box; /* what it is about; SHEET_NONE */
};

/* A finding in words, at the foot; its texts stand in 'texts' as well. */
struct sheet_note {
	const char *id, *heading, *command;
	const char **lines;
	size_t line_count;
	unsigned n; /* 0: unnumbered */
	enum scene_owner owner;
	bool quiet;
	struct rect at;
};

struct sheet {
	struct arena arena;
	const char *id, *title, *about, *href;
	double width, height;
	struct sheet_box *boxes;
	struct sheet_cable *cables;
	struct sheet_text *texts;
	struct sheet_mark *marks;
	struct sheet_ring *rings;
	struct sheet_note *notes;
	uint32_t box_count, cable_count, text_count;
	uint32_t mark_count, ring_count, note_count;
	uint32_t box_room, cable_room, text_room;
	uint32_t mark_room, ring_room, note_room;
};

void sheet_init(struct sheet *s);
void sheet_done(struct sheet *s);

/* Each takes a copy and gives its place.  Without memory: SHEET_NONE. */
uint32_t sheet_box(struct sheet *s, struct sheet_box box);
uint32_t sheet_cable(struct sheet *s, struct sheet_cable cable);
uint32_t sheet_text(struct sheet *s, struct sheet_text text);
uint32_t sheet_mark(struct sheet *s, struct sheet_mark mark);
uint32_t sheet_ring(struct sheet *s, struct sheet_ring ring);
uint32_t sheet_note(struct sheet *s, struct sheet_note note);

/* A text of the sheet's own, as by printf; "" without memory. */
const char *sheet_format(struct sheet *s, const char *format, ...)
    PRINTF_LIKE(2, 3);
/* Points of the sheet's own; NULL without memory. */
const struct point *sheet_points(
    struct sheet *s, const struct point *points, size_t count);

#endif
