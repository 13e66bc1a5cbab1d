/*
 * inside.h - how the inside of one host is divided: bays side by side, each a
 * vSwitch with its NICs above it and its port groups as tabs below, machines
 * under the tabs.
 *
 *	scene -> sorted -> [inside] -> full
 *
 * How wide a host is depends on its NICs, port groups and names, never on how
 * many machines it has: those fold into rows, and beyond some rows into a
 * stack.  So a machine more moves no other host.
 *
 * Memory:  in the arena that is given.
 * Errors:  the arena's 'failed'.
 * Units:   CSS pixels; x from the left edge of the host, y from its top.
 */
#ifndef COLLECTOR_DRAW_INSIDE_H
#define COLLECTOR_DRAW_INSIDE_H

#include <stdbool.h>

#include "collector/draw/sorted.h"

enum {
	INSIDE_SLOT = 148,     /* for a NIC, so that its claims fit beside it */
	INSIDE_NIC_SHIFT = 46, /* its cable is left of the slot's middle */
	INSIDE_VSWITCH_H = 62,
	INSIDE_TAB_H = 56, /* two lines; one: INSIDE_TAB_LOW_H */
	INSIDE_TAB_LOW_H = 34,
	INSIDE_MACHINE_H = 46,
	INSIDE_ROW_H = 56, /* from one row of machines to the next */
	INSIDE_GAP = 10,   /* between two machines */
	INSIDE_TRUNK = 8,  /* from the left of a column to its common wire */
	INSIDE_NAME_SIZE = 31,
	INSIDE_ABOUT_SIZE = 18,
	INSIDE_TEXT_SIZE = 19,
	INSIDE_IDLE_SIZE = 16 /* of why a machine has no network */
};

/* A port group and what hangs on it. */
struct tab {
	uint32_t group;     /* SCENE_NONE: what hangs on the vSwitch itself */
	const char *vlan;   /* "": its name says it */
	uint32_t *machines; /* those drawn one by one */
	uint32_t machine_count;
	uint32_t folded; /* how many are in the stack behind them; 0: none */
	uint32_t columns, rows;
	double cell; /* how wide a machine is at most */
	double x, w, h;
};

struct bay {
	uint32_t vswitch; /* SCENE_NONE: NICs and machines without any */
	uint32_t *nics;   /* whose home it is */
	uint32_t nic_count;
	struct tab *tabs;
	uint32_t tab_count;
	double x, w;
};

struct house {
	uint32_t host;
	struct bay *bays;
	uint32_t bay_count;
	bool shares_nics; /* some NIC or bond serves several vSwitches */
	double x, w, h;   /* x is for who places it */
	double vswitch_y, machine_y;
};

/* Divides the host 'at': who stands where, and nothing of how wide. */
void inside_divide(struct house *out, const struct sorted *sorted, uint32_t at,
    struct arena *arena);

/* Puts tabs and machines so that few wires cross, if any machine hangs on two
 * port groups; else they stay by name. */
void inside_untangle(
    struct house *house, const struct sorted *sorted, struct arena *arena);

/* Sets the least width of the house and of its bays. */
void inside_measure(struct house *house, const struct scene *scene);

/* Gives it 'width', or what it needs, and lays its tabs and machines out.
 * Machines in 'always' (by their place) are drawn where others are folded. */
void inside_widen(struct house *house, const struct scene *scene, double width,
    const bool *always);

/* Where the cable of NIC number 'n' of 'bay' is. */
double inside_nic_x(const struct bay *bay, uint32_t n);

/* How wide the box of a machine is that stands alone in its column. */
double inside_machine_w(const struct scene *scene, uint32_t machine);

#endif
