#include "collector/rules/telling.h"

#include <ctype.h>
#include <string.h>

#include "collector/rules/carrying.h"

/* What the rule wants, within a sentence: "both ends agree", "LLDP is on". */
static const char *
within_sentence(const struct saying *t)
{
	const char *what = t->rule->what;
	size_t length = strlen(what);
	bool acronym = length > 1 && isupper((unsigned char)what[1]);

	if (length > 0 && what[length - 1] == '.')
		length--;
	return judgements_text(t->out, "%c%.*s",
	    acronym ? what[0] : tolower((unsigned char)what[0]),
	    length > 0 ? (int)length - 1 : 0, what + 1);
}

struct judgement *
tell(const struct saying *t, enum ruling ruling, const char *about)
{
	struct judgement *j = judgements_add(t->out, t->rule, ruling);

	if (!j)
		return NULL;
	j->about = about;
	j->sentence = judgements_text(t->out, "%s %s: %s%s.", t->k->name, about,
	    ruling == RULING_UNKNOWN ? "it is not known whether " : "",
	    within_sentence(t));
	return j;
}

void
tell_unknown(const struct saying *t, const char *about, const char *wanting)
{
	struct judgement *j = tell(t, RULING_UNKNOWN, about);

	if (j)
		j->wanting = wanting;
}

bool
tell_is_current(const struct saying *t, const struct known_source *source)
{
	return t->k->current && source->current;
}

bool
tell_nic_is_current(const struct saying *t, const struct known_nic *nic)
{
	return tell_is_current(t, &nic->source) && nic->removed_at < 0;
}

const struct known_port *
tell_port(const struct saying *t, const struct known_nic *nic)
{
	if (!t->k->current || nic->cable != KNOWN_CABLE_SURE ||
	    nic->port >= t->k->port_count)
		return NULL;
	return &t->k->ports[nic->port];
}

bool
tell_speaks(const struct saying *t, const struct known_nic *nic,
    const struct known_neighbor *n)
{
	return t->k->current && n->ended_at < 0 && carrying_speaks(nic, n);
}

void
tell_of_nic(
    const struct saying *t, struct judgement *j, const struct known_nic *nic)
{
	const struct known_port *port = tell_port(t, nic);

	judgement_of_nic(t->out, j, nic->name);
	if (port)
		judgement_of_port(t->out, j, port->text);
	if (nic->vswitch < t->k->vswitch_count)
		judgement_of_vswitch(
		    t->out, j, t->k->vswitches[nic->vswitch].name);
}

enum platform
tell_vswitch_platform(const struct saying *t, uint32_t vswitch)
{
	const char *kind = "";

	if (vswitch < t->k->vswitch_count)
		kind = t->k->vswitches[vswitch].kind;
	if (strcmp(kind, "openvswitch") == 0)
		return PLATFORM_OPENVSWITCH;
	if (strcmp(kind, "distributed") == 0)
		return PLATFORM_VCENTER;
	return strcmp(t->k->platform, "esxi") == 0 ? PLATFORM_ESXI
						   : PLATFORM_LINUX;
}

void
tell_host_fix(const struct saying *t, struct judgement *j,
    enum platform platform, enum fix_action action,
    const struct fix_words *words)
{
	judgement_mends(t->out, j,
	    &(struct judged_fix){ .side = OWNED_BY_SYSTEMS,
		.where = platform == PLATFORM_VCENTER && t->k->via[0]
			     ? t->k->via
			     : t->k->name,
		.platform = platform_name(platform),
		.command =
		    fix_command(&t->out->arena, platform, action, words) });
}

bool
tell_is_machine(const struct known_machine *m)
{
	return strcmp(m->kind, "kernel_port") != 0;
}

bool
tell_runs(const struct known_machine *m)
{
	return strcmp(m->state, "off") != 0 &&
	       strcmp(m->state, "suspended") != 0;
}

void
tell_touched_by_vswitch(
    const struct saying *t, struct judgement *j, uint32_t vswitch)
{
	const struct known *k = t->k;

	for (size_t i = 0; i < k->machine_count; i++) {
		const struct known_machine *m = &k->machines[i];
		bool hurt = false;

		for (uint32_t v = 0; v < m->vnic_count; v++)
			hurt |= k->vnics[m->first_vnic + v].vswitch == vswitch;
		if (hurt && tell_is_machine(m) && tell_runs(m))
			judgement_touches(j, m->name);
	}
}

const char *
tell_machines(const struct saying *t, const struct judgement *j)
{
	if (j->touched.count == 0)
		return "no machine";
	return judgements_text(t->out, "%zu machine%s", j->touched.count,
	    j->touched.count == 1 ? "" : "s");
}

const char *
tell_list(const struct saying *t, const char *const *names, size_t count)
{
	const char *text = count > 0 ? names[0] : "";

	for (size_t i = 1; i < count; i++)
		text = judgements_text(t->out, "%s%s%s", text,
		    i + 1 == count ? " and " : ", ", names[i]);
	return text;
}
