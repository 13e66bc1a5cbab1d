#include "collector/sharing_text.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void
sharing_text_host(struct buffer *out, const struct model_host *h)
{
	const struct store_host *row = &h->row;

	buffer_printf(out, "%" PRIx64 " %s %" PRId64 " %" PRId64 " %" PRId64,
	    (uint64_t)row->host_id, row->digest, row->next_n, row->number,
	    row->seen_at);
	for (size_t i = 0; i < h->claim_count; i++) {
		const struct model_claim *c = &h->claims[i];

		if (c->heard && c->heard->last_heard >= 0)
			buffer_printf(out,
			    " %" PRId64 ":%" PRId64 ":%" PRId64 ":%" PRId64,
			    c->n, c->heard->first_heard, c->heard->last_heard,
			    c->heard->expires);
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
	char *end;

	*out = strtoll(*text, &end, 10);
	if (end == *text || *end == '\0' || !strchr(ends, *end))
		return false;
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

struct line {
	int64_t n, first_heard, last_heard, expires;
};

/* One claim of a host; false at its end, with '*text' at the next host. */
static bool
read_line(const char **text, struct line *out)
{
	if (**text != ';' && read_number(text, ":", &out->n) &&
	    read_number(text, ":", &out->first_heard) &&
	    read_number(text, ":", &out->last_heard) &&
	    read_number(text, " ;", &out->expires))
		return true;
	*text += strcspn(*text, ";");
	if (**text == ';')
		++*text;
	return false;
}

static void
hear(struct model_heard *heard, size_t count, const struct line *line)
{
	for (size_t i = 0; i < count; i++) {
		struct heard *to = &heard[i].heard;

		if (heard[i].n != line->n || to->last_heard < 0)
			continue;
		to->first_heard = line->first_heard;
		to->last_heard = line->last_heard;
		to->expires = line->expires;
		return;
	}
}

void
sharing_text_read_heard(
    const char **text, struct model_heard *heard, size_t count)
{
	struct line line;

	while (read_line(text, &line))
		hear(heard, count, &line);
}
