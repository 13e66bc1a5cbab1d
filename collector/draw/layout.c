#include "collector/draw/layout.h"

#include "collector/draw/full.h"

enum layout_detail
layout_detail(const struct scene *scene)
{
	(void)scene;
	return LAYOUT_FULL;
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
	(void)detail;
	sheet_init(out);
	if (page > 1)
		return STATUS_NOT_FOUND;
	full_layout(out, scene);
	return out->arena.failed ? STATUS_NO_MEMORY : STATUS_OK;
}
