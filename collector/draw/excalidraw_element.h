/*
 * excalidraw_element.h - what all elements of a file of Excalidraw have.
 *
 *	excalidraw -> [excalidraw_element] -> json
 *
 * Memory:  plain values; 'kind', 'stroke' and the like are constants of ours.
 * Errors:  those of the buffer.
 */
#ifndef COLLECTOR_DRAW_EXCALIDRAW_ELEMENT_H
#define COLLECTOR_DRAW_EXCALIDRAW_ELEMENT_H

#include "base/json.h"
#include "collector/draw/sheet.h"
#include "collector/draw/spell.h"

struct element_id {
	char text[SPELL_SIZE + 8];
};

/* As Excalidraw counts the ways to be round. */
enum element_round { ELEMENT_SHARP = 0, ELEMENT_CURVED = 2, ELEMENT_ROUND = 3 };

/* What all elements have. */
struct element {
	struct element_id id;
	const char *type;
	struct rect at;
	const char *stroke, *fill; /* fill NULL: none */
	double width;              /* of the stroke */
	int opacity;
	enum element_round round;
	bool hatched, dashed;
	uint32_t box; /* whose host or switch is its group; SHEET_NONE */
	const char *kind, *href; /* href NULL: none */
};

/* 'prefix' has two letters, and tells what the id is of. */
struct element_id element_id(const char *prefix, const char *id);

/* Begins an element; what its type has follows, and boundElements. */
void element_begin(
    struct json *j, const struct sheet *s, const struct element *e);

/* Ends one that nothing is glued to. */
void element_end_unbound(struct json *j);

/* Name and value; texts are spelled. */
void element_text(struct json *j, const char *name, const char *text);
void element_number(struct json *j, const char *name, double number);
void element_null(struct json *j, const char *name);

/* A number in an array. */
void element_place(struct json *j, double number);

#endif
