#include "collector/rules/judging.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const char *
judgements_text(struct judgements *out, const char *format, ...)
{
	va_list arguments, again;
	char *text = NULL;
	int length;

	va_start(arguments, format);
	va_copy(again, arguments);
	length = vsnprintf(NULL, 0, format, arguments);
	if (length >= 0)
		text = arena_take(&out->arena, (size_t)length + 1);
	if (text)
		vsnprintf(text, (size_t)length + 1, format, again);
	va_end(again);
	va_end(arguments);
	return text ? text : "";
}

/* Room for one more behind 'count' items; NULL without memory.  The room is
 * doubled at each power of two, so nobody needs to remember it. */
static void *
more(struct judgements *out, void *items, size_t count, size_t size)
{
	void *roomier;

	if (count > 0 && (count & (count - 1)) != 0)
		return items;
	roomier = arena_array(&out->arena, count > 0 ? count * 2 : 1, size);
	if (roomier && count > 0)
		memcpy(roomier, items, count * size);
	return roomier;
}

void
judgement_claims(struct judgements *out, struct judgement *j,
    const struct judged_claim *claim)
{
	struct judged_claim *items;

	if (!claim->text || claim->text[0] == '\0' ||
	    j->claim_count == JUDGED_SHOWN_MOST)
		return;
	items = more(out, j->claims, j->claim_count, sizeof(*items));
	if (!items)
		return;
	items[j->claim_count++] = *claim;
	j->claims = items;
}

void
judgement_mends(
    struct judgements *out, struct judgement *j, const struct judged_fix *fix)
{
	struct judged_fix *items;

	if (!fix->command || fix->command[0] == '\0' ||
	    j->fix_count == JUDGED_SHOWN_MOST)
		return;
	items = more(out, j->fixes, j->fix_count, sizeof(*items));
	if (!items)
		return;
	items[j->fix_count++] = *fix;
	j->fixes = items;
}

void
judgement_touches(struct judgement *j, const char *name)
{
	struct judged_touched *t = &j->touched;

	if (t->count < TOUCHED_SHOWN)
		t->names[t->count] = name;
	t->count++;
}

static void
add_thing(struct judgements *out, const char ***names, size_t *count,
    const char *name)
{
	const char **items;

	for (size_t i = 0; i < *count; i++) {
		if (strcmp((*names)[i], name) == 0)
			return;
	}
	if (*count == JUDGED_SHOWN_MOST)
		return;
	items = more(out, *names, *count, sizeof(*items));
	if (!items)
		return;
	items[(*count)++] = name;
	*names = items;
}

void
judgement_of_nic(struct judgements *out, struct judgement *j, const char *name)
{
	add_thing(out, &j->things.nics, &j->things.nic_count, name);
}

void
judgement_of_port(struct judgements *out, struct judgement *j, const char *name)
{
	add_thing(out, &j->things.ports, &j->things.port_count, name);
}

void
judgement_of_group(
    struct judgements *out, struct judgement *j, const char *name)
{
	add_thing(out, &j->things.groups, &j->things.group_count, name);
}

void
judgement_of_vswitch(
    struct judgements *out, struct judgement *j, const char *name)
{
	add_thing(out, &j->things.vswitches, &j->things.vswitch_count, name);
}

void
judgement_of_machine(
    struct judgements *out, struct judgement *j, const char *name)
{
	add_thing(out, &j->things.machines, &j->things.machine_count, name);
}
