#include "collector/pieces_findings.h"

#include <string.h>

#include "collector/findings.h"

static void
add(struct json *j, const struct finding *f, const struct json_value *said)
{
	char id[FINDING_ID_SIZE];

	finding_id_text(f->id, id);
	json_object_begin(j);
	json_add_string(j, "id", id);
	json_add_string(j, "rule", f->rule->id);
	json_add_string(j, "verdict", ruling_word(f->ruling));
	json_add_string(j, "severity", rule_severity_word(f->severity));
	json_add_string(j, "owner", rule_owner_word(f->owner));
	json_add_string(j, "sentence", finding_sentence(said));
	json_object_end(j);
}

static bool
has(const struct json_value *list, const char *name)
{
	for (const struct json_value *v = json_first(list); v;
	     v = json_next(v)) {
		const char *text = json_string_of(v);

		if (text && strcmp(text, name) == 0)
			return true;
	}
	return false;
}

/* What lies on another NIC does not hurt this way. */
static bool
is_on(const struct walk_leg *leg, const struct json_value *said)
{
	const struct json_value *things = json_get(said, "things");
	const char *nic = json_get_string(said, "nic");

	if (nic && leg->nic != INSIDE_NONE)
		return strcmp(nic, leg->host->nics[leg->nic].name) == 0;
	if (nic)
		return false;
	if (leg->group &&
	    has(json_get(things, "port_groups"), leg->group->name))
		return true;
	for (size_t i = 0; i < leg->switch_count; i++) {
		if (has(json_get(things, "vswitches"), leg->switches[i]->name))
			return true;
	}
	return leg->workload &&
	       has(json_get(json_get(said, "touched"), "names"),
		   leg->workload->name);
}

static void
write(struct json *j, const struct view *v, const struct model_host *h,
    const struct walk_leg *leg)
{
	const struct findings_host *all;

	/* Of a moment that is past these are not looked up: that is not none.
	 */
	if (!v->findings)
		return;
	all = findings_of(v->findings, h->host_id);
	json_name(j, "findings");
	json_array_begin(j);
	for (size_t i = 0; all && i < all->count; i++) {
		struct json_value *said CLEANUP(json_cleanup) = NULL;

		if (!all->items[i].open)
			continue;
		said = json_parse_own(all->items[i].text);
		if (!leg || is_on(leg, said))
			add(j, &all->items[i], said);
	}
	json_array_end(j);
}

void
piece_findings_of_host(
    struct json *j, const struct view *v, const struct model_host *h)
{
	write(j, v, h, NULL);
}

void
piece_findings_of_leg(
    struct json *j, const struct view *v, const struct walk_leg *leg)
{
	write(j, v, leg->host, leg);
}
