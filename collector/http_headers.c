#include "collector/http_headers.h"

#include <strings.h>

#define NAME(text_)                                                            \
	{                                                                      \
		text_, sizeof(text_) - 1                                       \
	}

static const struct {
	const char *text;
	size_t length;
} names[HEADER_COUNT] = {
	[HEADER_ACCEPT] = NAME("Accept"),
	[HEADER_ACCEPT_ENCODING] = NAME("Accept-Encoding"),
	[HEADER_CONTENT_ENCODING] = NAME("Content-Encoding"),
	[HEADER_CONTENT_LENGTH] = NAME("Content-Length"),
	[HEADER_CONTENT_TYPE] = NAME("Content-Type"),
	[HEADER_DEMARC_SENT_AT] = NAME("Demarc-Sent-At"),
	[HEADER_IF_NONE_MATCH] = NAME("If-None-Match"),
	[HEADER_LAST_EVENT_ID] = NAME("Last-Event-ID"),
};

static enum MHD_Result
note(void *context, enum MHD_ValueKind kind, const char *name, size_t name_size,
    const char *value, size_t value_size)
{
	struct http_headers *headers = context;

	(void)kind;
	(void)value_size;
	for (int i = 0; i < HEADER_COUNT; i++) {
		if (names[i].length != name_size ||
		    strncasecmp(names[i].text, name, name_size) != 0)
			continue;
		if (!headers->values[i])
			headers->values[i] = value;
		break;
	}
	return MHD_YES;
}

void
http_headers_read(struct MHD_Connection *connection, struct http_headers *out)
{
	*out = (struct http_headers){ .values = { NULL } };
	(void)MHD_get_connection_values_n(
	    connection, MHD_HEADER_KIND, note, out);
}
