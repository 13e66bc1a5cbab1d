#include "cli/page.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

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
