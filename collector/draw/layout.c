#include "collector/draw/layout.h"

#include "collector/draw/full.h"
#include "collector/draw/ladder.h"
#include "collector/draw/strip.h"

enum {
	FULL_HOSTS = 4,
	LADDER_HOSTS = 24, /* on one page, whatever their switches */
	/* Of machines, ports and so on: beyond what a server has to hold. */
	THINGS_MOST = 1 << 20
};

enum layout_detail
layout_detail(const struct scene *scene)
{
	if (scene->path)
		return LAYOUT_STRIP;
	if (scene->host_count <= FULL_HOSTS)
		return LAYOUT_FULL;
	return scene->host_count <= LADDER_HOSTS ? LAYOUT_LADDER : LAYOUT_INDEX;
}

/* What can be drawn of what was asked for. */
static enum layout_detail
possible(const struct scene *scene, enum layout_detail detail)
{
	if (detail == LAYOUT_AUTO || (detail == LAYOUT_STRIP && !scene->path) ||
	    (detail == LAYOUT_FULL &&
		scene->host_count > LAYOUT_FULL_HOSTS_MOST))
		return layout_detail(scene);
	return detail;
}

unsigned
layout_pages(const struct scene *scene, enum layout_detail detail)
{
	detail = possible(scene, detail);
	if (detail == LAYOUT_INDEX ||
	    (detail == LAYOUT_LADDER && scene->host_count > LADDER_HOSTS))
		return ladder_pages(scene);
	return 1;
}

bool
layout_page_hosts(const struct scene *scene, unsigned page, bool *out)
{
	return ladder_page_hosts(scene, page, out);
}

static bool
is_too_large(const struct scene *s)
{
	return s->switch_count > THINGS_MOST || s->port_count > THINGS_MOST ||
	       s->host_count > THINGS_MOST || s->nic_count > THINGS_MOST ||
	       s->vswitch_count > THINGS_MOST || s->group_count > THINGS_MOST ||
	       s->machine_count > THINGS_MOST || s->vnic_count > THINGS_MOST ||
	       s->claim_count > THINGS_MOST || s->finding_count > THINGS_MOST;
}

static void
lay(struct sheet *out, const struct scene *scene, enum layout_detail detail,
    unsigned page, unsigned pages)
{
	if (detail == LAYOUT_STRIP)
		strip_layout(out, scene);
	else if (detail == LAYOUT_FULL)
		full_layout(out, scene);
	else if (pages == 1 && detail == LAYOUT_LADDER)
		ladder_layout(out, scene, 0, 1);
	else if (page == 0)
		ladder_index(out, scene);
	else
		ladder_layout(out, scene, page, pages);
}

enum status
layout(struct sheet *out, const struct scene *scene, enum layout_detail detail,
    unsigned page)
{
	unsigned pages;

	sheet_init(out);
	if (is_too_large(scene))
		return STATUS_TOO_LARGE;
	detail = possible(scene, detail);
	pages = layout_pages(scene, detail);
	if (page > pages)
		return STATUS_NOT_FOUND;
	lay(out, scene, detail, page, pages);
	return out->arena.failed ? STATUS_NO_MEMORY : STATUS_OK;
}
