#include "collector/drawing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "collector/percent.h"
#include "collector/problem.h"
#include "collector/scope.h"

enum { NAMES_SIZE = 160, RETRY_AFTER_S = 5 };

static const char path_begin[] = "/api/v1/draw.";

static const char *const parameters[] = { "scope", "at", "highlight", "title",
	"question", "detail", "page", "theme", "mode", NULL };
static const char *const details[] = {
	[LAYOUT_AUTO] = "auto",
	[LAYOUT_STRIP] = "strip",
	[LAYOUT_FULL] = "full",
	[LAYOUT_LADDER] = "ladder",
	[LAYOUT_INDEX] = "index",
	NULL,
};
static const char *const themes[] = {
	[SVG_LIGHT] = "light",
	[SVG_DARK] = "dark",
	[SVG_PRINT] = "print",
	NULL,
};
static const char *const modes[] = {
	[SVG_EMBED] = "embed",
	[SVG_INLINE] = "inline",
	[SVG_OUTLINES] = "outlines",
	NULL,
};

/* ---- the question ------------------------------------------------------ */

static void
join(const char *const *words, char out[static NAMES_SIZE])
{
	size_t size = 0;

	out[0] = '\0';
	for (; *words && size < NAMES_SIZE; words++)
		size += (size_t)snprintf(out + size, NAMES_SIZE - size, "%s%s",
		    size > 0 ? ", " : "", *words);
}

static bool
refuse(struct reply *reply, const struct request *request, const char *name,
    const char *wanted, const char *const *words)
{
	char list[NAMES_SIZE] = "";

	if (words)
		join(words, list);
	problem_reply(reply, &(struct problem){ 400, request->path, NULL },
	    "the parameter \"%.40s\" %s%s", name, wanted, list);
	return false;
}

/* One of the words; '*out' keeps what it is when nothing is said. */
static bool
take_word(const struct request *request, const char *name,
    const char *const *words, unsigned *out, struct reply *reply)
{
	const char *text = request->argument(request, name);

	for (unsigned i = 0; text && words[i]; i++) {
		if (strcmp(words[i], text) == 0) {
			*out = i;
			return true;
		}
	}
	return !text || refuse(reply, request, name, "is one of: ", words);
}

static bool
take_text(const struct request *request, const char *name, size_t most,
    const char **out, struct reply *reply)
{
	const char *text = request->argument(request, name);

	*out = text;
	if (!text)
		return true;
	if (text[0] == '\0' || strlen(text) > most ||
	    !text_is_utf8(text, strlen(text)))
		return refuse(reply, request, name,
		    "is empty, too long or no text", NULL);
	for (; *text; text++) {
		if ((unsigned char)*text < ' ' || *text == 127)
			return refuse(reply, request, name,
			    "has a control character", NULL);
	}
	return true;
}

static bool
take_page(const struct request *request, unsigned *out, struct reply *reply)
{
	const char *text = request->argument(request, "page");
	size_t digits = text ? strspn(text, "0123456789") : 0;
	long number;

	if (!text)
		return true;
	number = digits > 0 && digits < 4 && text[digits] == '\0'
		     ? strtol(text, NULL, 10)
		     : -1;
	if (number < 1 || number > DRAWING_PAGES_MOST)
		return refuse(
		    reply, request, "page", "is a number from 1 to 999", NULL);
	*out = (unsigned)number;
	return true;
}

static bool
take_format(struct drawing_wish *out, const struct request *request,
    struct reply *reply)
{
	const char *suffix = request->path + strlen(path_begin);
	char list[NAMES_SIZE];
	size_t size = 0;

	out->format = format_find(suffix);
	if (out->format && strcmp(out->format->suffix, suffix) == 0)
		return true;
	list[0] = '\0';
	for (size_t i = 0; format_at(i) && size < sizeof(list); i++)
		size += (size_t)snprintf(list + size, sizeof(list) - size,
		    "%s%s", size > 0 ? ", " : "", format_at(i)->suffix);
	problem_reply(reply, &(struct problem){ 404, request->path, NULL },
	    "nothing is drawn as \"%.40s\"; there are: %s", suffix, list);
	return false;
}

/* A file leads back to the collector by the name that it was asked by. */
static void
note_origin(struct drawing_wish *out, const struct request *request)
{
	if (request->host && out->style.mode != SVG_INLINE)
		(void)snprintf(out->origin, sizeof(out->origin), "%s://%s",
		    request->secure ? "https" : "http", request->host);
}

/* What would change nothing is refused: who asks for it expects something. */
static bool
fits_format(const struct drawing_wish *w, const struct request *request,
    struct reply *reply)
{
	enum {
		SVG = 1 << FORMAT_SVG,
		SEEN = SVG | 1 << FORMAT_PICTURE,
		LAID_OUT = SEEN | 1 << FORMAT_SHEET
	};
	static const struct {
		const char *name, *is;
		unsigned of;
	} some[] = {
		{ "mode", "is of svg alone", SVG },
		{ "theme", "is of svg, png and pdf alone", SEEN },
		{ "detail", "is not of text, which says all", LAID_OUT },
		{ "page", "is not of text, which has all on one", LAID_OUT },
	};

	for (size_t i = 0; i < sizeof(some) / sizeof(some[0]); i++) {
		if (!(some[i].of & 1U << w->format->source) &&
		    request->argument(request, some[i].name))
			return refuse(
			    reply, request, some[i].name, some[i].is, NULL);
	}
	return true;
}

bool
drawing_ask(struct drawing_wish *out, const struct request *request,
    struct reply *reply)
{
	unsigned detail = LAYOUT_AUTO, theme = SVG_LIGHT, mode = SVG_EMBED;
	const char *other = NULL;

	*out = (struct drawing_wish){ .format = NULL };
	if (request->other_argument)
		other = request->other_argument(request, parameters);
	if (other)
		return refuse(reply, request, other,
		    "does not exist here; there are: ", parameters);
	out->scope = request->argument(request, "scope");
	out->at = request->argument(request, "at");
	if (!take_format(out, request, reply) ||
	    !fits_format(out, request, reply) ||
	    !take_text(request, "highlight", SCOPE_SIZE_MOST - 1,
		&out->highlight, reply) ||
	    !take_text(
		request, "title", DRAWING_TITLE_MOST, &out->title, reply) ||
	    !take_text(request, "question", DRAWING_QUESTION_MOST,
		&out->question, reply) ||
	    !take_page(request, &out->page, reply) ||
	    !take_word(request, "detail", details, &detail, reply) ||
	    !take_word(request, "theme", themes, &theme, reply) ||
	    !take_word(request, "mode", modes, &mode, reply))
		return false;
	out->detail = (enum layout_detail)detail;
	out->style.theme = (enum svg_theme)theme;
	out->style.mode = (enum svg_mode)mode;
	note_origin(out, request);
	return true;
}

bool
drawing_key(const struct drawing_wish *w, char out[static DRAWING_KEY_SIZE])
{
	/* No text of them has a line's end. */
	int size = snprintf(out, DRAWING_KEY_SIZE,
	    "%s %d %u %d %d %s\n%s\n%s\n%s\n%s", w->format->suffix, w->detail,
	    w->page, w->style.theme, w->style.mode, w->origin, w->scope,
	    w->highlight ? w->highlight : "", w->title ? w->title : "",
	    w->question ? w->question : "");

	return size > 0 && size < DRAWING_KEY_SIZE;
}

static void
add_argument(struct buffer *out, const char *name, const char *value)
{
	if (!value)
		return;
	buffer_printf(out, "&%s=", name);
	percent_add(out, value);
}

void
drawing_href(const struct drawing_wish *w, struct buffer *out)
{
	/* Formats that are saved and opened elsewhere lead to what a browser
	 * shows. */
	buffer_printf(out, "%s%ssvg?scope=", w->origin, path_begin);
	percent_add(out, w->scope);
	add_argument(out, "highlight", w->highlight);
	add_argument(out, "title", w->title);
	add_argument(out, "question", w->question);
	add_argument(out, "at", w->at);
	if (w->detail != LAYOUT_AUTO)
		add_argument(out, "detail", details[w->detail]);
	if (w->style.theme != SVG_LIGHT)
		add_argument(out, "theme", themes[w->style.theme]);
}

/* ---- the drawing ------------------------------------------------------- */

static bool
refuse_drawing(struct reply *reply, const struct request *request,
    unsigned status, const char *why)
{
	problem_reply(
	    reply, &(struct problem){ status, request->path, NULL }, "%s", why);
	if (status == 503)
		reply->retry_after_s = RETRY_AFTER_S;
	return false;
}

static bool
refuse_page(struct reply *reply, const struct request *request)
{
	struct problem problem = { 404, request->path, NULL };

	if (reply->pages == 0)
		return refuse_drawing(reply, request, 404,
		    "the drawing has only one page; leave out page=");
	problem_reply(reply, &problem,
	    "the drawing has %u pages; leave out page= for their index",
	    reply->pages);
	return false;
}

static bool
refuse_layout(
    struct reply *reply, const struct request *request, enum status status)
{
	switch (status) {
	case STATUS_NOT_FOUND:
		return refuse_page(reply, request);
	case STATUS_TOO_LARGE:
		return refuse_drawing(reply, request, 400,
		    "the drawing would be larger than anybody reads; ask for "
		    "fewer hosts, or for detail=index");
	default:
		return refuse_drawing(reply, request, 503,
		    "the collector is out of memory; ask again later");
	}
}

/* What has a theme. */
static enum status
write_svg(struct buffer *out, const struct drawing_wish *wish,
    const struct sheet *sheet)
{
	bool pdf = strcmp(wish->format->suffix, "pdf") == 0;

	if (wish->format->source == FORMAT_PICTURE)
		return pictures_make(wish->pictures, out, sheet,
		    pdf ? PICTURE_PDF : PICTURE_PNG, wish->style.theme);
	svg_write(out, sheet, &wish->style);
	return buffer_ok(out) ? STATUS_OK : STATUS_NO_MEMORY;
}

static enum status
write_format(struct buffer *out, const struct drawing_wish *wish,
    const struct sheet *sheet, const struct scene *scene)
{
	if (wish->format->source == FORMAT_SVG ||
	    wish->format->source == FORMAT_PICTURE)
		return write_svg(out, wish, sheet);
	return format_write(out, wish->format, sheet, scene);
}

static bool
refuse_format(struct reply *reply, const struct request *request,
    const struct format *format, enum status status)
{
	if (status == STATUS_TOO_LARGE)
		return refuse_drawing(reply, request, 400,
		    format->too_large ? format->too_large
				      : "the drawing is too large for this "
					"format; ask for SVG");
	if (status == STATUS_NOT_FOUND)
		return refuse_drawing(reply, request, 404,
		    "PNG and PDF were left out when this demarc was built; "
		    "ask for draw.svg");
	return refuse_drawing(reply, request, 503,
	    status == STATUS_BUSY ? "too many pictures are being made; ask "
				    "again later"
				  : "the drawing could not be made; ask "
				    "again later");
}

/* One page alone is nothing to say. */
static void
note_pages(struct reply *reply, const struct drawing_wish *wish,
    const struct scene *scene)
{
	unsigned pages = layout_pages(scene, wish->detail);

	reply->pages = pages > 1 ? pages : 0;
}

bool
drawing_write(struct buffer *out, const struct drawing_wish *wish,
    const struct scene *scene, const struct request *request,
    struct reply *reply)
{
	enum status status;
	struct sheet sheet;

	if (wish->detail == LAYOUT_STRIP && !scene->path)
		return refuse_drawing(reply, request, 404,
		    "detail=strip is the way of one thing: of a VM, a NIC, a "
		    "switch port");
	if (wish->detail == LAYOUT_FULL &&
	    scene->host_count > LAYOUT_FULL_HOSTS_MOST)
		return refuse_drawing(reply, request, 400,
		    "detail=full is of up to 24 hosts; ask for fewer of them, "
		    "or for detail=ladder");
	if (wish->format->source == FORMAT_SCENE) {
		status = write_format(out, wish, NULL, scene);
	} else {
		note_pages(reply, wish, scene);
		status = layout(&sheet, scene, wish->detail, wish->page);
		if (status != STATUS_OK) {
			sheet_done(&sheet);
			return refuse_layout(reply, request, status);
		}
		status = write_format(out, wish, &sheet, scene);
		sheet_done(&sheet);
	}
	return status == STATUS_OK ||
	       refuse_format(reply, request, wish->format, status);
}
