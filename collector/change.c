#include "collector/change.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/age.h"

void
change_list_init(struct change_list *l)
{
	*l = (struct change_list){ .most = CHANGES_MOST };
}

void
change_list_done(struct change_list *l)
{
	free(l->items);
	arena_done(&l->arena);
	change_list_init(l);
}

static bool
make_room(struct change_list *l)
{
	size_t capacity = l->capacity * 2 + 16;
	struct change *more;

	if (l->count < l->capacity)
		return true;
	more = realloc(l->items, capacity * sizeof(*more));
	if (!more) {
		l->arena.failed = true;
		return false;
	}
	l->items = more;
	l->capacity = capacity;
	return true;
}

void
change_add(
    struct change_list *l, const struct change *c, const char *format, ...)
{
	char text[CHANGE_TEXT_MOST];
	struct arena *a = &l->arena;
	va_list arguments;

	if (l->count >= l->most) {
		l->left_out++;
		return;
	}
	if (!make_room(l))
		return;
	va_start(arguments, format);
	(void)vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	l->items[l->count] = (struct change){ .what = c->what,
		.kind = c->kind,
		.thing = arena_text(a, c->thing ? c->thing : ""),
		.member = arena_text(a, c->member ? c->member : ""),
		.was = c->was ? arena_text(a, c->was) : NULL,
		.is = c->is ? arena_text(a, c->is) : NULL,
		.text = arena_text(a, text) };
	if (!a->failed)
		l->count++;
}

void
change_add_silence(struct change_list *l, const struct change_silence *s)
{
	const struct change c = { .what = s->back ? CHANGE_ENDED : CHANGE_BEGAN,
		.kind = "silence",
		.thing = s->host ? "" : "collector",
		.was = s->back ? "silent" : "heard",
		.is = s->back ? "heard" : "silent" };
	char length[AGE_SIZE];

	age_text(s->seconds, length);
	if (s->host && s->back)
		change_add(l, &c, "%s is back, after %s", s->host, length);
	else if (s->host)
		change_add(l, &c, "%s fell silent", s->host);
	else if (s->back)
		change_add(l, &c, "the collector runs again, after %s", length);
	else
		change_add(l, &c, "the collector stopped");
}

const char *
change_what_name(enum change_what what)
{
	static const char *const names[] = { "began", "ended", "changed",
		"moved" };

	return names[what];
}

static void
add_value(struct json *j, const char *name, const char *value)
{
	json_name(j, name);
	if (value)
		json_string(j, value);
	else
		json_null(j);
}

void
change_write(struct json *j, const struct change *c)
{
	json_add_string(j, "kind", c->kind);
	json_add_string(j, "what", change_what_name(c->what));
	json_add_string(j, "thing", c->thing);
	json_add_string(j, "member", c->member);
	add_value(j, "was", c->was);
	add_value(j, "is", c->is);
	json_add_string(j, "text", c->text);
}
