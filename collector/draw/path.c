#include "collector/draw/path.h"

/* Beyond this no drawing goes; a place that is no number becomes 0. */
static const double farthest = 1e7;

struct path
path_start(struct buffer *out)
{
	return (struct path){ .out = out };
}

long
path_tenths(double value)
{
	double tenths = value * 10 + .5;
	long out;

	if (!(value > -farthest && value < farthest))
		return 0;
	out = (long)tenths;
	return (double)out > tenths ? out - 1 : out;
}

/* Writes the digits of 'value' so that they end before 'end'. */
static char *
digits_before(char *end, unsigned long value)
{
	do {
		*--end = (char)('0' + value % 10);
		value /= 10;
	} while (value);
	return end;
}

void
path_number(struct buffer *out, long tenths)
{
	char text[24], *end = text + sizeof(text), *at = end;
	unsigned long size =
	    tenths < 0 ? 0UL - (unsigned long)tenths : (unsigned long)tenths;

	if (size % 10) {
		*--at = (char)('0' + size % 10);
		*--at = '.';
	}
	if (size >= 10 || size == 0)
		at = digits_before(at, size / 10);
	if (tenths < 0)
		*--at = '-';
	buffer_append(out, at, (size_t)(end - at));
}

/* A command letter, unless the last one is repeated. */
static void
command(struct path *p, char letter)
{
	if (p->last != letter)
		buffer_char(p->out, letter);
	p->last = letter;
}

/* A place as seen from the pen; a minus sign parts numbers as a blank does. */
static void
place(struct path *p, long x, long y)
{
	const struct buffer *out = p->out;
	char last = out->size ? out->octets[out->size - 1] : ' ';

	if (x - p->x >= 0 && last >= '0' && last <= '9')
		buffer_char(p->out, ' ');
	path_number(p->out, x - p->x);
	if (y - p->y >= 0)
		buffer_char(p->out, ' ');
	path_number(p->out, y - p->y);
}

static void
reach(struct path *p, struct point to)
{
	long x = path_tenths(to.x), y = path_tenths(to.y);

	place(p, x, y);
	p->x = x;
	p->y = y;
}

static void
control_at(struct path *p, struct point control)
{
	place(p, path_tenths(control.x), path_tenths(control.y));
}

/* A move is absolute: pieces of a path then stand for themselves. */
void
path_move(struct path *p, struct point to)
{
	p->x = p->y = 0;
	p->last = 0;
	command(p, 'M');
	reach(p, to);
}

void
path_line(struct path *p, struct point to)
{
	command(p, 'l');
	reach(p, to);
}

void
path_curve(
    struct path *p, const struct point controls[static 2], struct point to)
{
	command(p, 'c');
	control_at(p, controls[0]);
	control_at(p, controls[1]);
	reach(p, to);
}

void
path_smooth(struct path *p, struct point control, struct point to)
{
	command(p, 's');
	control_at(p, control);
	reach(p, to);
}

void
path_close(struct path *p)
{
	buffer_char(p->out, 'z');
	p->last = 0;
}
