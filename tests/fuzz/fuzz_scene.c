/* What strangers choose, all the way to the files: names, ids that are made of
 * names, what is missing and what refers to what. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "collector/draw/formats.h"
#include "collector/draw/layout.h"
#include "collector/draw/scene_sum.h"
#include "collector/draw/svg.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/scenes.h"
#include "tests/support/scopes.h"

enum {
	NAME_MOST = 1024,
	ID_MOST = NAME_MOST + 32,
	HEAD = 4, /* octets that say which scene */
	HOSTS_MOST = 40,
	SIZE_MOST = 64 << 20
};

struct names {
	struct scene *scene;
	const char *name;
	unsigned each; /* the how many-th is called so */
};

static void
call(const struct names *n, unsigned at, const char **id, const char **name)
{
	char text[ID_MOST];
	const char *own;

	if (at % n->each)
		return;
	(void)snprintf(text, sizeof(text), "%s/%s", *id, n->name);
	own = arena_text(&n->scene->arena, text);
	*id = own ? own : *id;
	*name = n->name;
}

static void
call_all(const struct names *n)
{
	struct scene *s = n->scene;

	for (unsigned i = 0; i < s->switch_count; i++)
		call(n, i, &s->switches[i].id, &s->switches[i].name);
	for (unsigned i = 0; i < s->port_count; i++)
		call(n, i, &s->ports[i].id, &s->ports[i].name);
	for (unsigned i = 0; i < s->host_count; i++)
		call(n, i, &s->hosts[i].id, &s->hosts[i].name);
	for (unsigned i = 0; i < s->nic_count; i++)
		call(n, i, &s->nics[i].id, &s->nics[i].name);
	for (unsigned i = 0; i < s->bond_count; i++)
		call(n, i, &s->bonds[i].id, &s->bonds[i].mode);
	for (unsigned i = 0; i < s->vswitch_count; i++)
		call(n, i, &s->vswitches[i].id, &s->vswitches[i].about);
	for (unsigned i = 0; i < s->group_count; i++)
		call(n, i, &s->groups[i].id, &s->groups[i].name);
	for (unsigned i = 0; i < s->machine_count; i++)
		call(n, i, &s->machines[i].id, &s->machines[i].name);
	for (unsigned i = 0; i < s->finding_count; i++)
		call(n, i, &s->findings[i].id, &s->findings[i].command);
	for (unsigned i = 0; i < s->claim_count; i++)
		s->claims[i].text = i % n->each ? "" : n->name;
	s->title = s->question = s->remark = n->name;
}

static void
write_all(const struct sheet *sheet, const struct scene *scene)
{
	const struct format *f;
	struct buffer out;

	for (size_t at = 0; (f = format_at(at)); at++) {
		enum status status = STATUS_OK;

		if (f->source == FORMAT_PICTURE)
			continue;
		buffer_init(&out, SIZE_MOST);
		if (f->source == FORMAT_SVG)
			svg_write(&out, sheet,
			    &(struct svg_style){
				(enum svg_mode)(at % 3), SVG_LIGHT });
		else
			status = format_write(&out, f, sheet, scene);
		fuzz_expect(status == STATUS_OK || status == STATUS_TOO_LARGE);
		fuzz_expect(strcmp(f->suffix, "vsdx") == 0 ||
			    text_is_utf8(out.octets, out.size));
		buffer_done(&out);
	}
}

static void
make_scene(struct scene *out, const uint8_t head[static HEAD])
{
	if (head[0] == 0)
		scenes_path(out);
	else if (head[0] == 1)
		scenes_pod(out);
	else
		scopes_make(out, head[1], head[0] % HOSTS_MOST);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char name[NAME_MOST] = "";
	struct scene scene;
	struct sheet sheet;
	uint64_t sum;

	if (size < HEAD)
		return 0;
	memcpy(name, data + HEAD,
	    size - HEAD < NAME_MOST ? size - HEAD : NAME_MOST - 1);
	make_scene(&scene, data);
	call_all(&(struct names){ &scene, name, 1U + data[2] % 5 });
	sum = scene_sum(&scene);
	if (layout(&sheet, &scene, (enum layout_detail)(data[3] % 5),
		data[3] / 64) == STATUS_OK)
		write_all(&sheet, &scene);
	fuzz_expect(scene_sum(&scene) == sum);
	sheet_done(&sheet);
	scene_done(&scene);
	return 0;
}
