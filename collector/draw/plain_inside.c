#include "collector/draw/plain_inside.h"

#include <string.h>

#include "collector/draw/plain_sides.h"
#include "collector/draw/then.h"

enum { ROOM_MOST = 8192 /* of one list: names beyond it are not said */ };

struct inside_text {
	struct plain *page;
	const struct sorted *sorted;
	const struct scene *scene;
	uint32_t host;
};

/* What a machine hangs on; without a group on the switch alone, without that
 * on nothing that is told. */
struct hook {
	uint32_t group, vswitch;
};

static void
put_words(struct plain *p, const char *said)
{
	plain_both(p, (struct plain_sides){ .left = "",
			  .right = said,
			  .sign = PLAIN_LINE,
			  .walled = true });
}

static void
put_said(struct inside_text *t, struct buffer *said)
{
	put_words(t->page, buffer_string(said));
	buffer_done(said);
}

static bool
hangs_on(const struct scene *s, const struct scene_vnic *vnic, struct hook hook)
{
	if (vnic->group < s->group_count)
		return vnic->group == hook.group;
	if (hook.group != SCENE_NONE)
		return false;
	return vnic->vswitch < s->vswitch_count ? vnic->vswitch == hook.vswitch
						: hook.vswitch == SCENE_NONE;
}

/* The vNIC by which it hangs there; SCENE_NONE: it does not. */
static uint32_t
vnic_on(const struct inside_text *t, uint32_t machine, struct hook hook)
{
	const struct places *vnics = &t->sorted->vnics[machine];

	for (uint32_t i = 0; i < vnics->count; i++) {
		if (hangs_on(t->scene, &t->scene->vnics[vnics->at[i]], hook))
			return vnics->at[i];
	}
	return SCENE_NONE;
}

/* "web-01", "web-02 (off)" */
static void
add_machine(struct buffer *out, const struct inside_text *t, uint32_t machine,
    uint32_t vnic)
{
	const struct scene *s = t->scene;
	const struct scene_machine *m = &s->machines[machine];
	const char *idle =
	    then_idle(m, vnic < s->vnic_count ? &s->vnics[vnic] : NULL);

	buffer_text(out, m->name);
	if (*idle)
		buffer_printf(out, " (%s)", idle);
}

/* Those of the host that hang there, each once, behind what 'said' says; false:
 * none does. */
static bool
add_machines(const struct inside_text *t, struct buffer *said, struct hook hook)
{
	const struct places *machines = &t->sorted->machines[t->host];
	const char *between = ": ";

	for (uint32_t i = 0; i < machines->count; i++) {
		uint32_t machine = machines->at[i];
		uint32_t vnic = vnic_on(t, machine, hook);
		bool bare = t->sorted->vnics[machine].count == 0 &&
			    hook.vswitch == SCENE_NONE;

		if (vnic == SCENE_NONE && !bare)
			continue;
		buffer_text(said, between);
		add_machine(said, t, machine, vnic);
		between = ", ";
	}
	return *between == ',';
}

/* "PG-WEB, VLAN 120: web-01, web-02" */
static void
put_group(struct inside_text *t, uint32_t vswitch, uint32_t group)
{
	const struct scene_group *g = &t->scene->groups[group];
	struct buffer said;

	buffer_init(&said, ROOM_MOST);
	buffer_printf(&said, "- %s", g->name);
	if (*g->vlan && strcmp(g->vlan, g->name) != 0)
		buffer_printf(&said, ", %s", g->vlan);
	(void)add_machines(t, &said, (struct hook){ group, vswitch });
	put_said(t, &said);
}

/* Those without a port group, if there are any. */
static void
put_rest(struct inside_text *t, const char *heading, uint32_t vswitch)
{
	struct buffer said;

	buffer_init(&said, ROOM_MOST);
	buffer_text(&said, heading);
	if (add_machines(t, &said, (struct hook){ SCENE_NONE, vswitch }))
		put_words(t->page, buffer_string(&said));
	buffer_done(&said);
}

/* "vSwitch0, standard vSwitch: vmnic0, vmnic1" */
static void
put_vswitch(struct inside_text *t, uint32_t at)
{
	const struct scene *s = t->scene;
	const struct scene_vswitch *v = &s->vswitches[at];
	const struct places *groups = &t->sorted->groups[at];
	const char *between = ": ";
	struct buffer said;

	buffer_init(&said, ROOM_MOST);
	buffer_text(&said, v->name);
	if (*v->about)
		buffer_printf(&said, ", %s", v->about);
	for (size_t i = 0; i < v->nic_count; i++) {
		if (v->nics[i] >= s->nic_count)
			continue;
		buffer_printf(&said, "%s%s", between, s->nics[v->nics[i]].name);
		between = ", ";
	}
	put_said(t, &said);
	for (uint32_t i = 0; i < groups->count; i++)
		put_group(t, at, groups->at[i]);
	put_rest(t, "- without a port group", at);
}

void
plain_inside(struct plain *p, const struct sorted *sorted, uint32_t host)
{
	struct inside_text t = { p, sorted, sorted->scene, host };
	const struct places *vswitches = &sorted->vswitches[host];

	for (uint32_t i = 0; i < vswitches->count; i++)
		put_vswitch(&t, vswitches->at[i]);
	put_rest(&t, "on nothing that is known", SCENE_NONE);
	if (t.scene->hosts[host].inside_unread)
		put_words(p, "its inside is not drawn here");
}
