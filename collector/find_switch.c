#include "collector/find_switch.h"

#include <stdio.h>
#include <string.h>

#include "collector/summary.h"

static void
find_switch(struct finding *g, uint32_t at)
{
	const struct device *d = &g->t->devices[at];
	struct thing x;

	x = finding_begin(g);
	finding_add_all(&x, FIELD_NAME, true, &d->names, "name of the switch");
	finding_add_all(
	    &x, FIELD_MAC, true, &d->chassis_ids, "chassis MAC of the switch");
	finding_add_all(&x, FIELD_ADDRESS, true, &d->addresses,
	    "management address of the switch");
	finding_add_all(
	    &x, FIELD_ID, true, &d->serials, "serial of the switch");
	finding_add(&x, FIELD_NAME, true, d->model, "model of the switch");
	finding_add(&x, FIELD_NAME, true, d->id, "id of the switch");
	(void)finding_try(g, &x, (struct hit){ .kind = FIND_SWITCH, .at = at });
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
	finding_add(x, FIELD_NAME, true, title, "name of the switch port");
}

static void
find_port(struct finding *g, uint32_t at)
{
	const struct port *p = &g->t->ports[at];
	const struct device *d = &g->t->devices[p->device];
	struct thing x;

	x = finding_begin(g);
	finding_add(&x, FIELD_PORT, true, p->key, "name of the switch port");
	finding_add_all(
	    &x, FIELD_NAME, true, &p->names, "name of the switch port");
	add_title(&x, d, p);
	finding_add_all(
	    &x, FIELD_MAC, true, &p->names, "MAC of the switch port");
	finding_add(&x, FIELD_NAME, true, summary_description(g->t, p),
	    "description of the switch port");
	for (uint32_t k = 0; k < p->claim_count; k++)
		finding_add(&x, FIELD_MAC, true,
		    g->t->claims[p->claims[k]].said->source_mac,
		    "MAC of the switch port");
	finding_add_all(&x, FIELD_NAME, false, &d->names, "");
	finding_add_all(&x, FIELD_ADDRESS, false, &d->addresses, "");
	finding_add_all(&x, FIELD_NAME, false, &d->serials, "");
	finding_add(&x, FIELD_NAME, false, d->id, "");
	(void)finding_try(g, &x, (struct hit){ .kind = FIND_PORT, .at = at });
}

void
find_device(struct finding *g, uint32_t at)
{
	const struct device *d = &g->t->devices[at];

	if (at >= g->t->device_count || d->claim_count == 0)
		return;
	find_switch(g, at);
	for (uint32_t i = 0; i < d->port_count; i++)
		find_port(g, d->first_port + i);
}
