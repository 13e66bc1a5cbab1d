#include "collector/find_switch.h"

#include <stdio.h>
#include <string.h>

#include "collector/summary.h"

static void
find_switch(struct trying *g, uint32_t at)
{
	const struct device *d = &g->t->devices[at];
	struct thing x;

	x = trying_begin(g);
	trying_add_all(&x, FIELD_NAME, true, &d->names, "name of the switch");
	trying_add_all(
	    &x, FIELD_MAC, true, &d->chassis_ids, "chassis MAC of the switch");
	trying_add_all(&x, FIELD_ADDRESS, true, &d->addresses,
	    "management address of the switch");
	trying_add_all(&x, FIELD_ID, true, &d->serials, "serial of the switch");
	trying_add(&x, FIELD_NAME, true, d->model, "model of the switch");
	trying_add(&x, FIELD_NAME, true, d->id, "id of the switch");
	(void)trying_try(g, &x, (struct hit){ .kind = FIND_SWITCH, .at = at });
}

/* "Core Switch Port 3" is not its words: a name with blanks is asked for with
 * all of them. */
static void
add_title(struct thing *x, const struct device *d, const struct port *p)
{
	char title[QUERY_SIZE_MOST];

	if (!strchr(d->name, ' ') && !strchr(p->name, ' '))
		return;
	(void)snprintf(title, sizeof(title), "%s %s", d->name, p->name);
	trying_add(x, FIELD_NAME, true, title, "name of the switch port");
}

static void
find_port(struct trying *g, uint32_t at)
{
	const struct port *p = &g->t->ports[at];
	const struct device *d = &g->t->devices[p->device];
	struct thing x;

	x = trying_begin(g);
	trying_add(&x, FIELD_PORT, true, p->key, "name of the switch port");
	trying_add_all(
	    &x, FIELD_NAME, true, &p->names, "name of the switch port");
	add_title(&x, d, p);
	trying_add_all(
	    &x, FIELD_MAC, true, &p->names, "MAC of the switch port");
	trying_add(&x, FIELD_NAME, true, summary_description(g->t, p),
	    "description of the switch port");
	for (uint32_t k = 0; k < p->claim_count; k++)
		trying_add(&x, FIELD_MAC, true,
		    g->t->claims[p->claims[k]].said->source_mac,
		    "MAC of the switch port");
	trying_add_all(&x, FIELD_NAME, false, &d->names, "");
	trying_add_all(&x, FIELD_ADDRESS, false, &d->addresses, "");
	trying_add_all(&x, FIELD_NAME, false, &d->serials, "");
	trying_add(&x, FIELD_NAME, false, d->id, "");
	(void)trying_try(g, &x, (struct hit){ .kind = FIND_PORT, .at = at });
}

void
find_device(struct trying *g, uint32_t at)
{
	const struct device *d = &g->t->devices[at];

	if (at >= g->t->device_count || d->claim_count == 0)
		return;
	find_switch(g, at);
	for (uint32_t i = 0; i < d->port_count; i++)
		find_port(g, d->first_port + i);
}
