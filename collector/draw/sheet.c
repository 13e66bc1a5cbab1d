#include "collector/draw/sheet.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	ROOM_FIRST = 64,
	ROOM_MOST = 1 << 22, /* of one array: far beyond what anybody reads */
	FORMAT_SIZE_MOST = 4096
};

void
sheet_init(struct sheet *s)
{
	*s = (struct sheet){ .id = "", .title = "", .about = "", .href = "" };
}

void
sheet_done(struct sheet *s)
{
	free(s->boxes);
	free(s->cables);
	free(s->texts);
	free(s->marks);
	free(s->rings);
	free(s->notes);
	arena_done(&s->arena);
	sheet_init(s);
}

/* The array with room for one more; NULL without memory, and the old one
 * stays. */
static void *
grown(struct sheet *s, void *items, size_t item_size, uint32_t *room)
{
	uint32_t more = *room ? *room * 2 : ROOM_FIRST;
	void *out = NULL;

	if (more <= ROOM_MOST)
		out = reallocarray(items, more, item_size);
	if (!out) {
		s->arena.failed = true;
		return NULL;
	}
	*room = more;
	return out;
}

#define ADD(s, array, count, room, item)                                       \
	do {                                                                   \
		if ((s)->count == (s)->room) {                                 \
			void *more = grown(                                    \
			    (s), (s)->array, sizeof(*(s)->array), &(s)->room); \
			if (!more)                                             \
				return SHEET_NONE;                             \
			(s)->array = more;                                     \
		}                                                              \
		(s)->array[(s)->count] = (item);                               \
		return (s)->count++;                                           \
	} while (0)

uint32_t
sheet_box(struct sheet *s, struct sheet_box box)
{
	ADD(s, boxes, box_count, box_room, box);
}

uint32_t
sheet_cable(struct sheet *s, struct sheet_cable cable)
{
	if (!cable.points)
		cable.point_count = 0;
	if (!cable.beyond)
		cable.beyond = "";
	ADD(s, cables, cable_count, cable_room, cable);
}

uint32_t
sheet_text(struct sheet *s, struct sheet_text text)
{
	ADD(s, texts, text_count, text_room, text);
}

uint32_t
sheet_mark(struct sheet *s, struct sheet_mark mark)
{
	if (!mark.points)
		mark.point_count = 0;
	ADD(s, marks, mark_count, mark_room, mark);
}

uint32_t
sheet_ring(struct sheet *s, struct sheet_ring ring)
{
	ADD(s, rings, ring_count, ring_room, ring);
}

uint32_t
sheet_note(struct sheet *s, struct sheet_note note)
{
	ADD(s, notes, note_count, note_room, note);
}

const char *
sheet_format(struct sheet *s, const char *format, ...)
{
	char text[FORMAT_SIZE_MOST];
	const char *out;
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	out = arena_text(&s->arena, text);
	return out ? out : "";
}

const struct point *
sheet_points(struct sheet *s, const struct point *points, size_t count)
{
	struct point *out = arena_array(&s->arena, count, sizeof(*out));

	if (out)
		memcpy(out, points, count * sizeof(*out));
	return out;
}
