/*
 * full.h - the drawing of a few hosts: switches above the demarc line, hosts
 * below it with every port group and machine, and all that both sides say of
 * each cable.
 *
 *	board -> [full] -> sheet
 *
 * Memory:  the sheet's.
 * Errors:  the sheet's 'arena.failed'.
 * Units:   CSS pixels.
 */
#ifndef COLLECTOR_DRAW_FULL_H
#define COLLECTOR_DRAW_FULL_H

#include "collector/draw/board.h"
#include "collector/draw/inside.h"

enum {
	FULL_SWITCH_H = 118,
	FULL_PORT = 20, /* the square of a port, half of it on the box */
	FULL_NIC_W = 22,
	FULL_NIC_H = 20
};

/* A switch, and its ports from left to right. */
struct device {
	uint32_t at;
	uint32_t *ports;
	uint32_t port_count;
	double x, w;
};

struct full {
	struct board board;
	struct house *houses; /* from left to right */
	struct device *devices;
	uint32_t house_count, device_count;
	double switch_y, host_y, foot_y, width;
};

/* The whole. */
void full_layout(struct sheet *out, const struct scene *scene);

/* ---- its parts, in the order in which they are called ------------------- */

/* Finds where everything stands. */
void full_place_houses(struct full *f);
void full_place_devices(struct full *f);
void full_place_bands(struct full *f);

/* Put things on the sheet. */
void full_put_devices(struct full *f);
void full_put_house(struct full *f, const struct house *house);
/* Of a house: */
void full_put_vswitch(
    struct full *f, const struct house *house, const struct bay *bay);
void full_put_tabs(
    struct full *f, const struct house *house, const struct bay *bay);
/* of machines that hang on several port groups. */
void full_put_second_wires(struct full *f, const struct house *house);
void full_put_cables(struct full *f);
void full_put_marked(struct full *f);

#endif
