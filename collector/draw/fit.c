#include "collector/draw/fit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "collector/draw/letters.h"

/* The font has no ellipsis of its own. */
static const char dots[] = "...";

/* The first 'size' octets of 'text', and 'end' behind them. */
static const char *
joined(struct arena *a, const char *text, size_t size, const char *end)
{
	size_t end_size = strlen(end);
	char *out = arena_take(a, size + end_size + 1);

	if (!out)
		return "";
	memcpy(out, text, size);
	memcpy(out + size, end, end_size);
	return out;
}

const char *
fit_cut(struct arena *a, const char *text, struct fit fit)
{
	double room = fit.width - letters_width(dots, fit.size);
	size_t size = letters_fit(text, fit.size, fit.width);

	if (!text[size])
		return text;
	size = letters_fit(text, fit.size, room);
	while (size && text[size - 1] == ' ')
		size--;
	return joined(a, text, size, dots);
}

/* Where the first line of 'text' ends: at its last blank that fits. */
static size_t
line_size(const char *text, struct fit fit)
{
	size_t fits = letters_fit(text, fit.size, fit.width), end = fits;

	if (!text[fits])
		return fits;
	while (end && text[end] != ' ')
		end--;
	return end ? end : fits;
}

size_t
fit_lines(struct arena *a, const char *text, struct fit fit, const char **lines,
    size_t most)
{
	size_t count = 0;

	while (*text && count < most) {
		size_t size = line_size(text, fit);

		if (count + 1 == most || !size) {
			lines[count++] = fit_cut(a, text, fit);
			break;
		}
		lines[count++] = joined(a, text, size, "");
		text += size;
		text += strspn(text, " ");
	}
	return count;
}

/* How many VLANs "10,20-29" names; what is no number counts for nothing. */
static unsigned long
vlan_count(const char *vlans)
{
	unsigned long count = 0;

	while (*vlans) {
		char *end;
		unsigned long first = strtoul(vlans, &end, 10), last = first;

		if (*end == '-')
			last = strtoul(end + 1, &end, 10);
		if (end == vlans)
			end++;
		else if (last >= first)
			count += last - first + 1;
		vlans = end + (*end == ',');
	}
	return count;
}

/* "10,20" as "carries 10, 20". */
static const char *
spelt(struct arena *a, const char *verb, const char *vlans)
{
	size_t verb_size = strlen(verb);
	char *out = arena_take(a, verb_size + 2 * strlen(vlans) + 1), *to;

	if (!out)
		return "";
	memcpy(out, verb, verb_size);
	for (to = out + verb_size; *vlans; vlans++) {
		*to++ = *vlans;
		if (*vlans == ',')
			*to++ = ' ';
	}
	*to = '\0';
	return out;
}

/* A list longer than this fits nowhere: it is only counted. */
enum { SPELT_MOST = 256 };

const char *
fit_vlans(struct arena *a, const char *verb, const char *vlans, struct fit fit)
{
	char text[32];

	if (strlen(vlans) < SPELT_MOST) {
		const char *whole = spelt(a, verb, vlans);
		const char *bare = *whole ? whole + strlen(verb) : whole;

		if (letters_width(whole, fit.size) <= fit.width)
			return whole;
		if (letters_width(bare, fit.size) <= fit.width)
			return bare;
	}
	snprintf(text, sizeof(text), "%lu VLANs", vlan_count(vlans));
	return joined(a, text, strlen(text), "");
}
