/*
 * drawing.h - which drawing is asked for, and a scene as that.
 *
 *	request -> [drawing] -> wish; scene, wish -> layout -> writer -> octets
 *
 * Memory:  texts of a wish are lent from the request.
 * Errors:  false: the reply is filled with the problem.
 */
#ifndef COLLECTOR_DRAWING_H
#define COLLECTOR_DRAWING_H

#include "base/attributes.h"
#include "collector/draw/formats.h"
#include "collector/draw/layout.h"
#include "collector/draw/svg.h"
#include "collector/exchange.h"
#include "collector/picture.h"

enum {
	DRAWING_KEY_SIZE = 8192,
	DRAWING_TITLE_MOST = 80, /* octets */
	DRAWING_QUESTION_MOST = 200,
	DRAWING_PAGES_MOST = 999,
	DRAWING_ORIGIN_SIZE = 280
};

struct drawing_wish {
	const struct format *format;
	const char *scope;
	const char *highlight, *title, *question; /* NULL: not said */
	const char *at; /* the moment it is of; NULL: now */
	/* "https://HOST:PORT" of its links; "": they are relative, as those of
	 * a part of a page have to be. */
	char origin[DRAWING_ORIGIN_SIZE];
	enum layout_detail detail;
	unsigned page;
	struct svg_style style;
	struct pictures *pictures; /* who makes PNG and PDF; lent */
};

MUST_USE bool drawing_ask(struct drawing_wish *out,
    const struct request *request, struct reply *reply);

/* What tells this wish from others; false: it is too long. */
MUST_USE bool drawing_key(
    const struct drawing_wish *wish, char out[static DRAWING_KEY_SIZE]);

/* Adds where this drawing is to be seen as it is now, without its page; but
 * for the moment that it was asked of. */
void drawing_href(const struct drawing_wish *wish, struct buffer *out);

/* Appends the drawing to 'out'; or a problem to the reply. */
MUST_USE bool drawing_write(struct buffer *out, const struct drawing_wish *wish,
    const struct scene *scene, const struct request *request,
    struct reply *reply);

#endif
