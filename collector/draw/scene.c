#include "collector/draw/scene.h"

void
scene_init(struct scene *s)
{
	*s = (struct scene){ .id = "",
		.title = "",
		.question = "",
		.remark = "",
		.href = "",
		.marked_machine = SCENE_NONE,
		.marked_nic = SCENE_NONE };
}

void
scene_done(struct scene *s)
{
	arena_done(&s->arena);
	scene_init(s);
}

static bool
has(const uint32_t *places, size_t count, uint32_t place)
{
	for (size_t i = 0; i < count; i++)
		if (places[i] == place)
			return true;
	return false;
}

bool
scene_is_about(
    const struct scene *s, const struct scene_finding *f, uint32_t nic)
{
	return has(f->nics, f->nic_count, nic) ||
	       has(f->ports, f->port_count, s->nics[nic].port);
}

bool
scene_is_wrong(const struct scene *s, uint32_t nic)
{
	for (size_t i = 0; i < s->finding_count; i++)
		if (!s->findings[i].quiet &&
		    scene_is_about(s, &s->findings[i], nic))
			return true;
	return false;
}
