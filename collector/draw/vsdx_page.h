/*
 * vsdx_page.h - the page of a drawing for Visio: its shapes.
 *
 *	sheet -> [vsdx_page] -> vsdx
 *
 * Memory:  the caller's.
 * Errors:  those of the buffer.
 * Units:   CSS pixels in, inches out.
 */
#ifndef COLLECTOR_DRAW_VSDX_PAGE_H
#define COLLECTOR_DRAW_VSDX_PAGE_H

#include "base/buffer.h"
#include "collector/draw/sheet.h"

#define VSDX_NAMESPACE                                                         \
	"xmlns=\"http://schemas.microsoft.com/office/visio/2012/main\" "       \
	"xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/"     \
	"relationships\" xml:space=\"preserve\""

void vsdx_page(struct buffer *out, const struct sheet *s);

/* One length. */
void vsdx_cell(struct buffer *out, const char *name, double px);

#endif
