#include "collector/sharing_text.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DIGITS_MOST = 19 }; /* of 64 bits */

static void
write_number(struct buffer *out, char before, int64_t number)
{
	buffer_char(out, before);
	buffer_number(out, number);
}

static void
write_head(struct buffer *out, const struct store_host *row)
{
	buffer_printf(
	    out, "%" PRIx64 " %s", (uint64_t)row->host_id, row->digest);
	write_number(out, ' ', row->next_n);
	write_number(out, ' ', row->number);
	write_number(out, ' ', row->seen_at);
}

static void
write_times(struct buffer *out, int64_t n, const struct heard *h)
{
	write_number(out, ' ', n);
	write_number(out, ':', h->first_heard);
	write_number(out, ':', h->last_heard);
	write_number(out, ':', h->expires);
}

void
sharing_text_host(struct buffer *out, const struct model_host *h)
{
	write_head(out, &h->row);
	for (size_t i = 0; i < h->claim_count; i++) {
		const struct model_claim *c = &h->claims[i];

		if (c->heard && c->heard->last_heard >= 0)
			write_times(out, c->n, c->heard);
	}
	buffer_char(out, ';');
}

/* Both are in the order of n. */
static void
write_closed(struct buffer *out, const struct model_change *change,
    const struct model_host *known)
{
	size_t at = 0;

	for (size_t i = 0; i < known->claim_count; i++) {
		int64_t n = known->claims[i].n;

		while (at < change->claim_count && change->claims[at].n < n)
			at++;
		if (at == change->claim_count || change->claims[at].n != n)
			write_number(out, ' ', -n);
	}
}

void
sharing_text_step(struct buffer *out, const struct model_change *change,
    const struct model_host *known)
{
	write_head(out, &change->row);
	write_number(out, ' ', change->row.shift);
	write_number(out, ' ', (int64_t)change->claim_count);
	write_number(out, ' ', known ? known->row.next_n : 0);
	write_number(out, ' ', known ? (int64_t)known->claim_count : 0);
	if (known)
		write_closed(out, change, known);
	for (size_t i = 0; i < change->claim_count; i++) {
		const struct heard *h = &change->claims[i].heard;

		if (h->last_heard < 0 && h->frames < 0)
			continue;
		write_times(out, change->claims[i].n, h);
		if (h->frames < 0)
			continue;
		write_number(out, ':', h->frames);
		write_number(out, ':', h->dropped);
		write_number(out, ':', h->malformed);
	}
	buffer_char(out, ';');
}

size_t
sharing_text_whole(const char *hosts, size_t size, size_t most)
{
	if (most > size)
		most = size;
	while (most > 0 && hosts[most - 1] != ';')
		most--;
	return most > 0 ? most : size;
}

/* A number and what ends it. */
static bool
read_number(const char **text, const char *ends, int64_t *out)
{
	bool negative = **text == '-';
	const char *begin = *text + negative, *end = begin;
	uint64_t number = 0;

	for (; *end >= '0' && *end <= '9'; end++)
		number = number * 10 + (uint64_t)(*end - '0');
	if (end == begin || end - begin > DIGITS_MOST || *end == '\0' ||
	    !strchr(ends, *end))
		return false;
	*out = (int64_t)(negative ? 0 - number : number);
	*text = *end == ';' ? end : end + 1;
	return true;
}

bool
sharing_text_read_host(const char **text, struct store_host *out)
{
	struct store_host h = { .host_id = 0 };
	char *end;
	size_t size;

	h.host_id = (int64_t)strtoull(*text, &end, 16);
	if (end == *text || *end != ' ')
		return false;
	*text = end + 1;
	size = strcspn(*text, " ;");
	if (size >= sizeof(h.digest) || (*text)[size] != ' ')
		return false;
	memcpy(h.digest, *text, size);
	*text += size + 1;
	if (!read_number(text, " ", &h.next_n) ||
	    !read_number(text, " ", &h.number) ||
	    !read_number(text, " ;", &h.seen_at))
		return false;
	*out = h;
	return true;
}

static void
skip_host(const char **text)
{
	*text += strcspn(*text, ";");
	if (**text == ';')
		++*text;
}

static bool
read_count(const char **text, size_t *out)
{
	int64_t count;

	if (!read_number(text, " ;", &count) || count < 0)
		return false;
	*out = (size_t)count;
	return true;
}

bool
sharing_text_read_step(const char **text, struct sharing_step *out)
{
	struct sharing_step s;

	if (!sharing_text_read_host(text, &s.row) ||
	    !read_number(text, " ", &s.row.shift) ||
	    !read_count(text, &s.is.claim_count) ||
	    !read_number(text, " ", &s.was.next_n) ||
	    !read_count(text, &s.was.claim_count))
		return false;
	s.is.next_n = s.row.next_n;
	s.rest = *text;
	skip_host(text);
	*out = s;
	return true;
}

int64_t
sharing_text_read_closed(const char **rest)
{
	int64_t n;

	if (**rest != '-' || !read_number(rest, " ;", &n))
		return 0;
	return -n;
}

struct line {
	int64_t n;
	struct heard heard;
	bool counted; /* its frames, too */
};

/* One claim of a host; false at its end, with '*text' at the next host. */
static bool
read_line(const char **text, struct line *out)
{
	struct heard *h = &out->heard;

	if (**text != ';' && read_number(text, ":", &out->n) &&
	    read_number(text, ":", &h->first_heard) &&
	    read_number(text, ":", &h->last_heard) &&
	    read_number(text, " :;", &h->expires)) {
		out->counted = (*text)[-1] == ':';
		if (!out->counted ||
		    (read_number(text, ":", &h->frames) &&
			read_number(text, ":", &h->dropped) &&
			read_number(text, " ;", &h->malformed)))
			return true;
	}
	skip_host(text);
	return false;
}

static void
hear(struct heard *to, const struct line *line)
{
	to->first_heard = line->heard.first_heard;
	to->last_heard = line->heard.last_heard;
	to->expires = line->heard.expires;
	if (!line->counted)
		return;
	to->frames = line->heard.frames;
	to->dropped = line->heard.dropped;
	to->malformed = line->heard.malformed;
}

/* Both are in the order of n. */
void
sharing_text_read_heard(
    const char **text, struct model_heard *heard, size_t count)
{
	struct line line;
	size_t at = 0;

	while (read_line(text, &line)) {
		while (at < count && heard[at].n < line.n)
			at++;
		if (at < count && heard[at].n == line.n)
			hear(&heard[at].heard, &line);
	}
}

void
sharing_text_read_claims(
    const char **rest, struct store_claim *claims, size_t count)
{
	struct line line;
	size_t at = 0;

	while (read_line(rest, &line)) {
		while (at < count && claims[at].n < line.n)
			at++;
		if (at < count && claims[at].n == line.n)
			hear(&claims[at].heard, &line);
	}
}
