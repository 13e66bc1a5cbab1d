/*
 * main.c - demarc-picture: an SVG in, a PNG or a PDF out.
 *
 *	demarc-picture png|pdf < drawing.svg > picture
 *
 * The collector starts it for each picture (collector/picture.h), with nothing
 * but the two pipes.  It opens no file and no socket on behalf of the SVG: an
 * SVG from memory has no place that others could be relative to.
 *
 * Exit status: 0; 1: the SVG is none, or too large; 2: wrong usage.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cairo-pdf.h>
#include <cairo.h>
#include <fontconfig/fontconfig.h>
#include <librsvg/rsvg.h>

#include "collector/picture/truetype.h"

enum {
	SVG_SIZE_MOST = 32 << 20,   /* four times what a page ever had */
	PIXELS_MOST = 40 * 1000000, /* 160 MB of memory */
	SIDE_MOST = 16000,          /* cairo has 32767; a sheet of 4 m */
	MEMORY_MOST = 1 << 30,
	CPU_S_MOST = 20
};

static const double points_per_pixel = 72. / 96;

/* What goes wrong here ends here. */
static void
lower_limits(void)
{
	static const struct rlimit cpu = { CPU_S_MOST, CPU_S_MOST };
	static const struct rlimit core = { 0, 0 };
	static const struct rlimit memory = { MEMORY_MOST, MEMORY_MOST };

	setrlimit(RLIMIT_CPU, &cpu);
	setrlimit(RLIMIT_CORE, &core);
	setrlimit(RLIMIT_AS, &memory);
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

static bool
write_whole(int file, const unsigned char *octets, size_t size)
{
	while (size > 0) {
		ssize_t done = write(file, octets, size);

		if (done <= 0)
			return false;
		octets += done;
		size -= (size_t)done;
	}
	return true;
}

/* Makes the hand font known to this process; without it a cursive font of the
 * system writes the texts.  fontconfig wants a name of a file. */
static void
know_font(void)
{
	char path[32];
	int file = memfd_create("hand.ttf", MFD_CLOEXEC);

	if (file < 0 || !write_whole(file, hand_truetype, hand_truetype_size)) {
		fprintf(stderr, "demarc-picture: no memory for the font\n");
		return;
	}
	snprintf(path, sizeof(path), "/proc/self/fd/%d", file);
	if (hand_truetype_size > 0 &&
	    !FcConfigAppFontAddFile(NULL, (const FcChar8 *)path))
		fprintf(stderr, "demarc-picture: the font is not readable\n");
}

static cairo_status_t
to_output(void *context, const unsigned char *octets, unsigned size)
{
	(void)context;
	return write_whole(STDOUT_FILENO, octets, size)
		   ? CAIRO_STATUS_SUCCESS
		   : CAIRO_STATUS_WRITE_ERROR;
}

static RsvgHandle *
read_svg(void)
{
	unsigned char *svg = malloc(SVG_SIZE_MOST);
	size_t size = svg ? fread(svg, 1, SVG_SIZE_MOST, stdin) : 0;
	GError *error = NULL;
	RsvgHandle *out = NULL;

	if (size == SVG_SIZE_MOST)
		fprintf(stderr, "demarc-picture: more than 32 MB\n");
	else if (svg)
		out = rsvg_handle_new_from_data(svg, size, &error);
	if (error)
		fprintf(stderr, "demarc-picture: %s\n", error->message);
	g_clear_error(&error);
	free(svg);
	return out;
}

static bool
draw(RsvgHandle *svg, cairo_surface_t *onto, double width, double height)
{
	const RsvgRectangle page = { 0, 0, width, height };
	cairo_t *cairo = cairo_create(onto);
	GError *error = NULL;
	bool drawn = rsvg_handle_render_document(svg, cairo, &page, &error) &&
		     cairo_status(cairo) == CAIRO_STATUS_SUCCESS;

	if (error)
		fprintf(stderr, "demarc-picture: %s\n", error->message);
	g_clear_error(&error);
	cairo_destroy(cairo);
	return drawn;
}

static bool
write_png(RsvgHandle *svg, double width, double height)
{
	cairo_surface_t *onto = cairo_image_surface_create(
	    CAIRO_FORMAT_RGB24, (int)(width + .5), (int)(height + .5));
	bool done = draw(svg, onto, width, height) &&
		    cairo_surface_write_to_png_stream(onto, to_output, NULL) ==
			CAIRO_STATUS_SUCCESS;

	cairo_surface_destroy(onto);
	return done;
}

static bool
write_pdf(RsvgHandle *svg, double width, double height)
{
	const double w = width * points_per_pixel;
	const double h = height * points_per_pixel;
	cairo_surface_t *onto =
	    cairo_pdf_surface_create_for_stream(to_output, NULL, w, h);
	bool done;

	/* The same drawing is the same octets, whenever it was made. */
	cairo_pdf_surface_set_metadata(
	    onto, CAIRO_PDF_METADATA_CREATE_DATE, "");
	cairo_pdf_surface_set_metadata(
	    onto, CAIRO_PDF_METADATA_CREATOR, "demarc " DEMARC_VERSION);
	done = draw(svg, onto, w, h);
	cairo_surface_finish(onto);
	done = done && cairo_surface_status(onto) == CAIRO_STATUS_SUCCESS;
	cairo_surface_destroy(onto);
	return done;
}

/* The size of the drawing, if it is one that may be made. */
static bool
may_be_made(RsvgHandle *svg, bool png, double *width, double *height)
{
	if (rsvg_handle_get_intrinsic_size_in_pixels(svg, width, height) &&
	    *width >= 1 && *width <= SIDE_MOST && *height >= 1 &&
	    *height <= SIDE_MOST && (!png || *width * *height <= PIXELS_MOST))
		return true;
	fprintf(stderr,
	    "demarc-picture: %.0f x %.0f pixels: no drawing, or too large\n",
	    *width, *height);
	return false;
}

/* Of what is no format; gives the exit status. */
static int
answer(const char *asked)
{
	static const char usage[] =
	    "usage: demarc-picture png|pdf < drawing.svg > picture\n";

	if (strcmp(asked, "--version") == 0)
		return puts("demarc-picture " DEMARC_VERSION) < 0;
	if (strcmp(asked, "--help") == 0)
		return fputs(usage, stdout) < 0;
	fputs(usage, stderr);
	return 2;
}

int
main(int argc, char **argv)
{
	const char *asked = argc == 2 ? argv[1] : "";
	bool png = strcmp(asked, "png") == 0;
	double width = 0, height = 0;
	RsvgHandle *svg;
	bool done = false;

	if (!png && strcmp(asked, "pdf") != 0)
		return answer(asked);
	lower_limits();
	know_font();
	svg = read_svg();
	if (!svg)
		return 1;
	if (may_be_made(svg, png, &width, &height))
		done = png ? write_png(svg, width, height)
			   : write_pdf(svg, width, height);
	g_object_unref(svg);
	return done ? 0 : 1;
}
