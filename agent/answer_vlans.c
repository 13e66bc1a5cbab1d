#include "agent/answer_vlans.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "agent/grid.h"
#include "agent/wording.h"
#include "base/text.h"
#include "report/address.h"
#include "report/vlans.h"

enum {
	COLUMN_NIC,
	COLUMN_VLAN,
	COLUMN_HEARD,
	COLUMN_FRAMES,
	COLUMN_SENDERS,
	COLUMN_STATE,
	COLUMNS
};

enum {
	MS_PER_S = 1000,
	/* A table of more is no answer, and takes megabytes. */
	ROWS_MOST = 1000
};

static void
set_cell(struct grid_row *row, int column, const char *text)
{
	text_copy(row->cells[column], GRID_CELL_SIZE, text);
}

static void
add_heading(struct grid *grid)
{
	static const char *const names[COLUMNS] = { "NIC", "VLAN", "HEARD",
		"FRAMES", "SENDERS", "STATE" };
	struct grid_row *row = grid_add(grid);

	for (int c = 0; row && c < COLUMNS; c++)
		set_cell(row, c, names[c]);
}

static void
set_senders(struct grid_row *row, const struct heard_vlan *vlan)
{
	char *cell = row->cells[COLUMN_SENDERS], text[ADDRESS_TEXT_SIZE];

	for (unsigned i = 0; i < vlan->address_count; i++) {
		size_t used = strlen(cell);

		snprintf(cell + used, GRID_CELL_SIZE - used, "%s%s",
		    i > 0 ? ", " : "",
		    address_format(&vlan->addresses[i], text));
	}
}

static void
add_vlan(
    struct grid *grid, const struct nic *nic, const struct heard_vlan *vlan)
{
	struct grid_row *row = grid_add(grid);
	char age[24];

	if (!row)
		return;
	words_age(age, sizeof(age), clock_unix_s() - vlan->last_at);
	set_cell(row, COLUMN_NIC, nic->link.name);
	snprintf(row->cells[COLUMN_VLAN], GRID_CELL_SIZE, "%u", vlan->id);
	snprintf(row->cells[COLUMN_HEARD], GRID_CELL_SIZE, "%s ago", age);
	snprintf(row->cells[COLUMN_FRAMES], GRID_CELL_SIZE, "%" PRIu32,
	    vlan->frames);
	set_senders(row, vlan);
	set_cell(row, COLUMN_STATE, "arrives");
}

/* All of them in one row. */
static void
add_summary(struct grid *grid, const struct nic *nic,
    const struct heard_vlans_nic *heard)
{
	struct grid_row *row = grid_add(grid);
	char text[VLANS_TEXT_SIZE];
	struct vlans all = { 0 };

	if (!row)
		return;
	for (size_t i = 0; i < heard->count; i++)
		vlans_add(&all, heard->items[i].id, heard->items[i].id);
	set_cell(row, COLUMN_NIC, nic->link.name);
	set_cell(row, COLUMN_VLAN, vlans_format(&all, text));
	snprintf(row->cells[COLUMN_STATE], GRID_CELL_SIZE,
	    "%zu arrive; --json tells each", heard->count);
}

static const char *
why_none(const struct agent *agent, const struct nic *nic)
{
	const struct heard_vlans_nic *heard =
	    heard_vlans_find(&agent->vlans.heard, nic->link.index);

	if (agent->vlans.plan.window_ms == 0)
		return "vlan_window is 0: not listened for";
	if (!nic->listening)
		return "not listening";
	if (!nic->link.up)
		return "down";
	if (!nic->link.carrier)
		return "no carrier";
	return heard && heard->complete ? "none heard"
					: "unknown: no window has passed yet";
}

static void
add_nic(const struct agent *agent, const struct nic *nic, struct grid *grid)
{
	const struct heard_vlans_nic *heard =
	    heard_vlans_find(&agent->vlans.heard, nic->link.index);
	struct grid_row *row;

	if (heard && grid->count + heard->count > ROWS_MOST) {
		add_summary(grid, nic, heard);
		return;
	}
	for (size_t i = 0; heard && i < heard->count; i++)
		add_vlan(grid, nic, &heard->items[i]);
	if ((heard && heard->count > 0) || (row = grid_add(grid)) == NULL)
		return;
	set_cell(row, COLUMN_NIC, nic->link.name);
	set_cell(row, COLUMN_VLAN, "-");
	set_cell(row, COLUMN_STATE, why_none(agent, nic));
}

/* What the table does not show by itself. */
static void
add_limits(const struct agent *agent, const char *name, struct buffer *out)
{
	const struct window_plan *plan = &agent->vlans.plan;

	if (plan->window_ms == 0)
		return;
	buffer_printf(out, "\nTagged broadcasts and multicasts, %lld s ",
	    (long long)(plan->window_ms / MS_PER_S));
	if (plan->period_ms > 0)
		buffer_printf(out, "in every %lld s",
		    (long long)(plan->period_ms / MS_PER_S));
	else
		buffer_text(out, "whenever asked");
	buffer_text(out, "; a VLAN that is silent is not heard.\n");
	for (const struct nic *n = agent->nics.first; n; n = n->next) {
		if (n->hears_vlans && n->vlans_filtered &&
		    (!name || strcmp(name, n->link.name) == 0))
			buffer_printf(out,
			    "%s drops VLANs that this host does not use; where "
			    "the driver can: ethtool -K %s rx-vlan-filter "
			    "off\n",
			    n->link.name, n->link.name);
	}
}

void
answer_vlans_table(const struct agent *agent, const char *nic, size_t width,
    struct buffer *out)
{
	struct grid grid;

	grid_init(&grid, COLUMNS);
	add_heading(&grid);
	for (const struct nic *n = agent->nics.first; n; n = n->next) {
		if (!nic || strcmp(n->link.name, nic) == 0)
			add_nic(agent, n, &grid);
	}
	grid_write(&grid, width, out);
	grid_done(&grid);
	add_limits(agent, nic, out);
}

static struct nic *
find_nic(const struct agent *agent, const char *name)
{
	struct nic *at = agent->nics.first;

	while (at && (at->removed_at != 0 || strcmp(at->link.name, name) != 0))
		at = at->next;
	return at;
}

bool
answer_vlans_now(struct agent *agent, const char *name, struct buffer *out)
{
	struct nic *nic = name ? find_nic(agent, name) : NULL;
	int64_t open_ms = -1;

	if (!name || nic)
		open_ms = vlan_listening_ask(agent, nic);
	if (open_ms >= 0) {
		buffer_printf(out, "%" PRId64 "\n", open_ms);
		return true;
	}
	if (nic)
		buffer_printf(out, "%s cannot be listened to: %s\n", name,
		    why_none(agent, nic));
	else if (agent->vlans.plan.window_ms == 0)
		buffer_text(out, "vlan_window is 0: VLANs are not listened "
				 "for\n");
	else
		buffer_text(out, "no NIC that is listened on has a carrier\n");
	return false;
}
