#include "collector/draw/formats.h"

#include <strings.h>

#include "collector/draw/dot.h"
#include "collector/draw/drawio.h"
#include "collector/draw/excalidraw.h"
#include "collector/draw/graphml.h"
#include "collector/draw/mermaid.h"
#include "collector/draw/plain.h"
#include "collector/draw/vsdx.h"

static const struct format formats[] = {
	{ "svg", "image/svg+xml", "SVG", FORMAT_SVG, NULL, NULL, NULL },
	{ "png", "image/png", "PNG", FORMAT_PICTURE, NULL, NULL, NULL },
	{ "pdf", "application/pdf", "PDF", FORMAT_PICTURE, NULL, NULL, NULL },
	{ "drawio", "application/vnd.jgraph.mxfile", "draw.io", FORMAT_SHEET,
	    NULL, drawio_write, NULL },
	{ "excalidraw", "application/vnd.excalidraw+json", "Excalidraw",
	    FORMAT_SHEET, NULL, excalidraw_write, NULL },
	{ "dot", "text/vnd.graphviz", "DOT", FORMAT_SHEET, NULL, dot_write,
	    NULL },
	{ "gv", "text/vnd.graphviz", "DOT", FORMAT_SHEET, NULL, dot_write,
	    NULL },
	{ "mmd", "text/vnd.mermaid", "Mermaid", FORMAT_SHEET,
	    "Mermaid draws at most 500 edges and 50,000 characters: "
	    "choose a smaller scope, or DOT",
	    mermaid_write, NULL },
	{ "graphml", "application/graphml+xml", "GraphML", FORMAT_SHEET, NULL,
	    graphml_write, NULL },
	{ "vsdx", "application/vnd.ms-visio.drawing", "Visio", FORMAT_SHEET,
	    NULL, vsdx_write, NULL },
	{ "txt", "text/plain; charset=utf-8", "text", FORMAT_SCENE, NULL, NULL,
	    plain_write },
	{ "ascii", "text/plain; charset=us-ascii", "text in plain ASCII",
	    FORMAT_SCENE, NULL, NULL, plain_write_ascii },
};

enum { FORMATS = sizeof(formats) / sizeof(formats[0]) };

const struct format *
format_find(const char *suffix)
{
	for (size_t i = 0; i < FORMATS; i++)
		if (strcasecmp(formats[i].suffix, suffix) == 0)
			return &formats[i];
	return NULL;
}

const struct format *
format_at(size_t place)
{
	return place < FORMATS ? &formats[place] : NULL;
}

enum status
format_write(struct buffer *out, const struct format *f,
    const struct sheet *sheet, const struct scene *scene)
{
	enum status status = STATUS_UNKNOWN;

	if (f->write_sheet)
		status = f->write_sheet(out, sheet);
	else if (f->write_scene)
		status = f->write_scene(out, scene);
	if (status == STATUS_OK && !buffer_ok(out))
		status = STATUS_NO_MEMORY;
	return status;
}
