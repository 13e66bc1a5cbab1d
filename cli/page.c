#include "cli/page.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/width.h"

/* ECMA-48 SGR.  Bright blue: plain blue cannot be read on a dark ground. */
static const char *const sequences[] = {
	[TONE_PLAIN] = "",
	[TONE_STRONG] = "\033[1m",
	[TONE_QUIET] = "\033[2m",
	[TONE_SYSTEMS] = "\033[32m",
	[TONE_NETWORK] = "\033[94m",
	[TONE_PROBLEM] = "\033[31m",
};

const char *
page_tone_on(const struct page *page, enum tone tone)
{
	return page->colour ? sequences[tone] : "";
}

const char *
page_tone_off(const struct page *page, enum tone tone)
{
	return page->colour && tone != TONE_PLAIN ? "\033[0m" : "";
}

void
page_say(struct page *page, enum tone tone, const char *format, ...)
{
	char text[PAGE_TEXT_SIZE];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	buffer_text(page->out, page_tone_on(page, tone));
	buffer_text(page->out, text);
	buffer_text(page->out, page_tone_off(page, tone));
}

void
page_clean(struct buffer *out, const char *text)
{
	char clean[PAGE_TEXT_SIZE];
	size_t size;
	bool cut;

	if (!text)
		return;
	size = text_clean(clean, sizeof(clean), text, strlen(text), &cut);
	buffer_append(out, clean, size);
	if (cut)
		buffer_text(out, "…");
}

void
page_quote(struct page *page, enum tone tone, const char *text)
{
	if (!text)
		return;
	buffer_text(page->out, page_tone_on(page, tone));
	page_clean(page->out, text);
	buffer_text(page->out, page_tone_off(page, tone));
}

/* The octets of a word and the blanks before it; no escape sequence of ours
 * holds a blank. */
static size_t
next_word(const char *text, int *out_columns)
{
	size_t size = strspn(text, " ");
	struct buffer seen;

	buffer_init(&seen, strlen(text) + 1);
	buffer_append(&seen, text, size);
	while (text[size] != '\0' && text[size] != ' ' && text[size] != '\n') {
		if (text[size] == '\033')
			size += strcspn(text + size, "m");
		else
			buffer_char(&seen, text[size]);
		size += text[size] != '\0';
	}
	*out_columns = width_of(buffer_string(&seen));
	buffer_done(&seen);
	return size;
}

void
page_wrap(struct page *page, size_t from, int indent)
{
	size_t most = page->out->size - from;
	int at = 0, columns;
	char *text;

	if (page->uncut || most == 0 || !buffer_ok(page->out))
		return;
	text = strdup(page->out->octets + from);
	if (!text)
		return;
	page->out->size = from;
	for (const char *next = text; *next != '\0';) {
		size_t size = next_word(next, &columns);
		size_t blanks = strspn(next, " ");

		if (at > 0 && blanks > 0 && at + columns > page->columns) {
			buffer_printf(page->out, "\n%*s", indent, "");
			at = indent + columns - (int)blanks;
			next += blanks;
			size -= blanks;
		} else {
			at += columns;
		}
		buffer_append(page->out, next, size);
		next += size;
		if (*next == '\n') {
			buffer_char(page->out, *next++);
			at = 0;
		}
	}
	free(text);
}
