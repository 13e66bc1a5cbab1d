/*
 * ladder.h - the drawing of many hosts: each pair of switches as two bars, the
 * hosts as cards below them, every cable straight down.  What is normal is said
 * once, and only what differs is written.
 *
 *	board -> pods -> normal -> [ladder] -> sheet
 *
 * A cable to the upper bar runs behind the lower one, so that two cables of a
 * host never cross; one to another pair is a curve, red if a finding is about
 * it.  One to a pair of another page ends with an arrow, and says where it
 *goes.
 *
 * Memory:  the sheet's.
 * Errors:  the sheet's 'arena.failed'.
 * Units:   CSS pixels.
 */
#ifndef COLLECTOR_DRAW_LADDER_H
#define COLLECTOR_DRAW_LADDER_H

#include "collector/draw/board.h"
#include "collector/draw/normal.h"
#include "collector/draw/pods.h"

enum {
	LADDER_BAR_H = 60,
	LADDER_BAR_PITCH = 98,
	LADDER_PORT_W = 12,
	LADDER_PORT_H = 13,
	LADDER_CARD_H = 170,
	LADDER_HOSTS_MOST = 48 /* of one pair on one page */
};

/* A pod where it stands. */
struct bars {
	const struct pod *pod;
	struct setting normal;
	uint32_t same, all; /* ports of that setting, of all that say one */
	uint32_t strays;    /* cables that come from other pods */
	uint32_t placed;    /* of those, as they are put */
	double x, w;        /* of the bars */
	double card_x, card_w, card_pitch;
	double nic_pitch; /* as the numbers of the ports need it */
};

struct ladder {
	struct board board;
	struct bars *bars;
	uint32_t bar_count;
	double bar_y, host_y, foot_y;
	const char *page; /* "Page 2 of 7. "; "" */
	bool *alike;      /* by host: looks inside as most do */
	uint32_t typical, alike_count;
	uint32_t *unplaced; /* NICs whose difference found no room */
	uint32_t unplaced_count;
};

/* 'page' of 'pages'; 0: all pods on one. */
void ladder_layout(struct sheet *out, const struct scene *scene, unsigned page,
    unsigned pages);

/* One card for each page. */
void ladder_index(struct sheet *out, const struct scene *scene);

/* "sw-d01-a + sw-d01-b": what a page is called. */
const char *ladder_pod_name(
    struct sheet *out, const struct scene *scene, const struct pod *pod);

/* How many pages the hosts of a scene need. */
unsigned ladder_pages(const struct scene *scene);

/* Sets 'out' for the hosts of 'page', by their places; false: no memory. */
bool ladder_page_hosts(const struct scene *scene, unsigned page, bool *out);

/* ---- its parts -------------------------------------------------------------
 */

void ladder_put_bars(struct ladder *l, struct bars *bars);
void ladder_put_hosts(struct ladder *l, struct bars *bars);
void ladder_put_cables(struct ladder *l, struct bars *bars);
void ladder_put_differences(struct ladder *l, const struct bars *bars);
/* Lists, below 'at', how those ports differ that had no room for it at their
 * cables; gives the y of the last line. */
double ladder_put_unplaced(struct ladder *l, struct point at);
/* Where the cable of 'nic' leads, when its switch is not on this page: "leaf9
 * Te1/3"; else "". */
const char *ladder_elsewhere(struct ladder *l, uint32_t nic);
/* "8" of "Eth1/8": a note or the tooltip has the rest. */
const char *ladder_port_number(const char *port);
/* What is below the hosts; gives how high the page is. */
double ladder_put_foot(struct ladder *l, double width);

#endif
