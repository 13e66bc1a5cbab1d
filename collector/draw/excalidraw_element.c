#include "collector/draw/excalidraw_element.h"

#include <stdio.h>

enum { NUMBER_SIZE = 32 };

struct element_id
element_id(const char *prefix, const char *id)
{
	struct spelled spelled;
	struct element_id out;

	(void)snprintf(
	    out.text, sizeof(out.text), "%s%s", prefix, spell_id(&spelled, id));
	return out;
}

void
element_text(struct json *j, const char *name, const char *text)
{
	struct spelled spelled;

	json_add_string(j, name, spell(&spelled, text));
}

void
element_place(struct json *j, double number)
{
	struct buffer text;

	buffer_init(&text, NUMBER_SIZE);
	spell_number(&text, number);
	json_raw(j, buffer_string(&text), text.size);
	buffer_done(&text);
}

void
element_number(struct json *j, const char *name, double number)
{
	json_name(j, name);
	element_place(j, number);
}

void
element_null(struct json *j, const char *name)
{
	json_name(j, name);
	json_null(j);
}

static void
add_groups(struct json *j, const struct sheet *s, uint32_t box)
{
	json_name(j, "groupIds");
	json_array_begin(j);
	if (box < s->box_count) {
		while (s->boxes[box].parent < box)
			box = s->boxes[box].parent;
		json_string(j, element_id("g-", s->boxes[box].id).text);
	}
	json_array_end(j);
}

static void
add_pen(struct json *j, const struct element *e)
{
	json_add_string(j, "strokeColor", e->stroke);
	json_add_string(
	    j, "backgroundColor", e->fill ? e->fill : "transparent");
	json_add_string(j, "fillStyle", e->hatched ? "hachure" : "solid");
	element_number(j, "strokeWidth", e->width);
	json_add_string(j, "strokeStyle", e->dashed ? "dashed" : "solid");
	json_add_number(j, "roughness", 1);
	json_add_number(j, "opacity", e->opacity);
	if (e->round == ELEMENT_SHARP) {
		element_null(j, "roundness");
		return;
	}
	json_name(j, "roundness");
	json_object_begin(j);
	json_add_number(j, "type", e->round);
	json_object_end(j);
}

static void
add_custom(struct json *j, const struct element *e)
{
	json_name(j, "customData");
	json_object_begin(j);
	json_name(j, "demarc");
	json_object_begin(j);
	json_add_string(j, "kind", e->kind);
	json_add_string(j, "id", e->id.text + 2);
	json_object_end(j);
	json_object_end(j);
}

void
element_begin(struct json *j, const struct sheet *s, const struct element *e)
{
	uint64_t hash = spell_hash(e->id.text);

	json_object_begin(j);
	json_add_string(j, "id", e->id.text);
	json_add_string(j, "type", e->type);
	element_number(j, "x", e->at.x);
	element_number(j, "y", e->at.y);
	element_number(j, "width", e->at.w);
	element_number(j, "height", e->at.h);
	json_add_number(j, "angle", 0);
	add_pen(j, e);
	add_groups(j, s, e->box);
	element_null(j, "frameId");
	json_add_number(j, "seed", (int64_t)(hash & INT32_MAX));
	json_add_number(j, "version", 1);
	json_add_number(j, "versionNonce", (int64_t)(hash >> 33));
	json_add_boolean(j, "isDeleted", false);
	json_add_number(j, "updated", 1);
	json_add_boolean(j, "locked", false);
	if (e->href && spell_is_address(e->href))
		element_text(j, "link", e->href);
	else
		element_null(j, "link");
	add_custom(j, e);
}

void
element_end_unbound(struct json *j)
{
	json_name(j, "boundElements");
	json_array_begin(j);
	json_array_end(j);
	json_object_end(j);
}
