#include "agent/answer_inside.h"

#include <stdio.h>
#include <string.h>

#include "agent/grid.h"
#include "agent/wording.h"
#include "base/text.h"
#include "report/address.h"

enum {
	COLUMN_GROUP,
	COLUMN_WHO,
	COLUMN_KIND,
	COLUMN_VNIC,
	COLUMN_MAC,
	COLUMN_STATE,
	COLUMNS
};

enum {
	/* More are no help on a screen; --json has all. */
	ROWS_MOST = 500,
	LINE_SIZE = 256,
	INDENT = 2,
	INDENT_MORE = 4
};

/* ---- lines that wrap -------------------------------------------------------
 */

struct paragraph {
	struct buffer *out;
	size_t width, at;
};

static struct paragraph
begin(struct buffer *out, size_t width)
{
	buffer_printf(out, "%*s", INDENT, "");
	return (struct paragraph){ out, width, INDENT };
}

/* A word that is not cut; a comma or so belongs to it. */
static void
add(struct paragraph *p, const char *word)
{
	size_t wide = words_width(word);

	if (p->at > INDENT && p->at + 1 + wide > p->width) {
		buffer_printf(p->out, "\n%*s", INDENT_MORE, "");
		p->at = INDENT_MORE;
	} else if (p->at > INDENT) {
		buffer_char(p->out, ' ');
		p->at++;
	}
	buffer_text(p->out, word);
	p->at += wide;
}

/* ---- one vSwitch ------------------------------------------------------------
 */

static const char *
kind_of(const struct vswitch *s)
{
	static const char *const kinds[] = { [VSWITCH_BRIDGE] = "Linux bridge",
		[VSWITCH_OVS] = "Open vSwitch",
		[VSWITCH_MACVTAP] = "in the kernel",
		[VSWITCH_SRIOV] = "in the NIC",
		[VSWITCH_STANDARD] = "standard switch",
		[VSWITCH_DISTRIBUTED] = "distributed switch",
		[VSWITCH_OPAQUE] = "opaque switch" };

	return kinds[s->kind];
}

static void
write_heading(const struct vswitch *s, struct buffer *out)
{
	buffer_printf(out, "\n%s: %s%s%s\n", s->name, kind_of(s),
	    s->datapath == DATAPATH_USERSPACE ? ", in userspace" : "",
	    s->has_filtering && s->filtering ? ", filters VLANs" : "");
}

static void
add_lacp(struct paragraph *p, const struct uplink *u)
{
	char mac[MAC_TEXT_SIZE], text[LINE_SIZE];

	if (u->lacp == LACP_CONFIGURED)
		add(p, "LACP without a partner,");
	if (u->lacp != LACP_NEGOTIATED)
		return;
	snprintf(text, sizeof(text), "LACP%s%s,",
	    u->has_partner ? " with " : " negotiated",
	    u->has_partner ? mac_format(u->partner_mac, mac) : "");
	add(p, text);
}

static void
write_uplink(const struct uplink *u, size_t width, struct buffer *out)
{
	static const char *const states[] = { [MEMBER_UNKNOWN] = "",
		[MEMBER_ACTIVE] = " active",
		[MEMBER_STANDBY] = " standby",
		[MEMBER_DOWN] = " down",
		[MEMBER_UNUSED] = " unused" };
	struct paragraph p = begin(out, width);
	char text[LINE_SIZE];

	add(&p, "uplink");
	snprintf(text, sizeof(text), "%s:", u->name);
	add(&p, text);
	if (u->vlan > 0) {
		snprintf(text, sizeof(text), "VLAN %u,", u->vlan);
		add(&p, text);
	}
	if (u->mode[0] != '\0') {
		snprintf(text, sizeof(text), "%s,", u->mode);
		add(&p, text);
	}
	add_lacp(&p, u);
	for (unsigned i = 0; i < u->member_count; i++) {
		snprintf(text, sizeof(text), "%s%s%s", u->members[i].nic,
		    states[u->members[i].state],
		    i + 1 < u->member_count ? "," : "");
		add(&p, text);
	}
	buffer_char(out, '\n');
}

static void
write_ways(
    const struct virtual *v, uint32_t vswitch, size_t width, struct buffer *out)
{
	unsigned count = 0;

	for (uint32_t i = 0; i < v->uplinks.count; i++) {
		const struct uplink *u = virtual_uplink(v, i);

		if (u->vswitch != vswitch)
			continue;
		write_uplink(u, width, out);
		count++;
	}
	for (uint32_t i = 0; i < v->patches.count; i++) {
		const struct patch *p = virtual_patch(v, i);
		const struct vswitch *peer = virtual_vswitch(v, p->peer);

		if (p->vswitch != vswitch)
			continue;
		buffer_printf(out, "%*spatch %s: to %s\n", INDENT, "", p->name,
		    peer ? peer->name : "nobody knows where");
		count++;
	}
	if (count == 0)
		buffer_printf(out, "%*sno uplink\n", INDENT, "");
}

/* ---- who hangs there
 * --------------------------------------------------------- */

static const char *
workload_kind(const struct workload *w)
{
	static const char *const kinds[] = { [WORKLOAD_VM] = "VM",
		[WORKLOAD_CONTAINER] = "container",
		[WORKLOAD_NAMESPACE] = "namespace",
		[WORKLOAD_KERNEL_PORT] = "this host" };

	return kinds[w->kind];
}

static const char *
state_of(const struct workload *w, const struct vnic *n)
{
	static const char *const states[] = { [STATE_PAUSED] = "paused",
		[STATE_SUSPENDED] = "suspended",
		[STATE_OFF] = "off",
		[STATE_RUNNING] = NULL };

	if (w->state != STATE_UNKNOWN && states[w->state])
		return states[w->state];
	if (!n->has_connected)
		return "unknown";
	return n->connected ? "connected" : "not connected";
}

static void
add_row(struct grid *grid, const struct virtual *v, const struct vnic *n)
{
	const struct workload *w = virtual_workload(v, n->workload);
	const struct port_group *g = virtual_port_group(v, n->port_group);
	char name[PORT_GROUP_NAME_SIZE], mac[MAC_TEXT_SIZE];
	struct grid_row *row = grid_add(grid);

	if (!row || !w)
		return;
	if (g)
		snprintf(row->cells[COLUMN_GROUP], GRID_CELL_SIZE, "  %.190s",
		    virtual_port_group_name(g, name));
	text_copy(row->cells[COLUMN_WHO], GRID_CELL_SIZE,
	    w->name[0] ? w->name : w->id);
	text_copy(row->cells[COLUMN_KIND], GRID_CELL_SIZE, workload_kind(w));
	text_copy(row->cells[COLUMN_VNIC], GRID_CELL_SIZE, n->name);
	text_copy(row->cells[COLUMN_MAC], GRID_CELL_SIZE,
	    n->has_mac ? mac_format(n->mac, mac) : "-");
	text_copy(row->cells[COLUMN_STATE], GRID_CELL_SIZE, state_of(w, n));
}

static void
add_heading(struct grid *grid)
{
	static const char *const names[COLUMNS] = { "  PORT GROUP", "WORKLOAD",
		"KIND", "VNIC", "MAC", "STATE" };
	struct grid_row *row = grid_add(grid);

	for (int c = 0; row && c < COLUMNS; c++)
		text_copy(row->cells[c], GRID_CELL_SIZE, names[c]);
}

/* Those of one port group stand together; VIRTUAL_NONE: of none. */
static unsigned
add_group(struct grid *grid, const struct virtual *v, uint32_t vswitch,
    uint32_t group)
{
	unsigned count = 0;

	for (uint32_t i = 0; i < v->vnics.count; i++) {
		const struct vnic *n = virtual_vnic(v, i);

		if (n->vswitch != vswitch || n->port_group != group)
			continue;
		if (grid->count <= ROWS_MOST)
			add_row(grid, v, n);
		count++;
	}
	return count;
}

static void
write_vnics(
    const struct virtual *v, uint32_t vswitch, size_t width, struct buffer *out)
{
	unsigned count = 0;
	struct grid grid;

	grid_init(&grid, COLUMNS);
	add_heading(&grid);
	for (uint32_t g = 0; g < v->port_groups.count; g++) {
		if (virtual_port_group(v, g)->vswitch == vswitch)
			count += add_group(&grid, v, vswitch, g);
	}
	count += add_group(&grid, v, vswitch, VIRTUAL_NONE);
	if (count > 0)
		grid_write(&grid, width, out);
	if (count > ROWS_MOST)
		buffer_printf(out, "%*sand %u more; --json has all\n", INDENT,
		    "", count - ROWS_MOST);
	grid_done(&grid);
}

void
answer_inside_write(const struct virtual *v, size_t width, struct buffer *out)
{
	for (uint32_t i = 0; i < v->vswitches.count; i++) {
		write_heading(virtual_vswitch(v, i), out);
		write_ways(v, i, width, out);
		write_vnics(v, i, width, out);
	}
}
