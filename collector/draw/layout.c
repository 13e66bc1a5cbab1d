#include "collector/draw/layout.h"

#include "collector/draw/full.h"
#include "collector/draw/strip.h"

enum layout_detail
layout_detail(const struct scene *scene)
{
	return scene->path ? LAYOUT_STRIP : LAYOUT_FULL;
}

unsigned
layout_pages(const struct scene *scene, enum layout_detail detail)
{
	(void)scene;
	(void)detail;
	return 1;
}

enum status
layout(struct sheet *out, const struct scene *scene, enum layout_detail detail,
    unsigned page)
{
	sheet_init(out);
	if (page > 1)
		return STATUS_NOT_FOUND;
	if (detail == LAYOUT_AUTO)
		detail = layout_detail(scene);
	if (detail == LAYOUT_STRIP && scene->path)
		strip_layout(out, scene);
	else
		full_layout(out, scene);
	return out->arena.failed ? STATUS_NO_MEMORY : STATUS_OK;
}
