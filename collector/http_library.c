#include "collector/http_library.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"

void
http_library_log(void *context, const char *format, va_list arguments)
{
	char text[256];

	(void)context;
	(void)vsnprintf(text, sizeof(text), format, arguments);
	text[strcspn(text, "\n")] = '\0';
	log_debug("http: %s", text);
}

size_t
http_library_unescape(
    void *context, struct MHD_Connection *connection, char *text)
{
	(void)context;
	(void)connection;
	for (char *at = strstr(text, "%00"); at; at = strstr(at + 3, "%00"))
		memcpy(at, "%ff", 3);
	return MHD_http_unescape(text);
}
