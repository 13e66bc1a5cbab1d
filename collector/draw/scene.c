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
