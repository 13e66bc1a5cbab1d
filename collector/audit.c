#include "collector/audit.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"

enum { TEXT_SIZE = 384, PATH_SIZE = 160 };

/* Others chose it. */
static const char *
clean(const char *text, char out[static PATH_SIZE])
{
	bool cut;

	out[text_clean(out, PATH_SIZE - 1, text, strlen(text), &cut)] = '\0';
	return out;
}

static void
write_line(enum log_level level, const char *verb,
    const struct request *request, const char *text)
{
	char path[PATH_SIZE], method[PATH_SIZE], said[PATH_SIZE * 2];
	bool cut;

	said[text_clean(said, sizeof(said) - 1, text, strlen(text), &cut)] =
	    '\0';
	log_line(level, "audit: %s %.16s %s, token %s, from %s: %s", verb,
	    clean(request->method, method), clean(request->path, path),
	    request->caller ? request->caller->name : "none",
	    request->peer ? request->peer : "here", said);
}

void
audit_refused(const struct request *request, const char *why, ...)
{
	char text[TEXT_SIZE];
	va_list arguments;

	va_start(arguments, why);
	(void)vsnprintf(text, sizeof(text), why, arguments);
	va_end(arguments);
	write_line(LOG_LEVEL_WARNING, "refused", request, text);
}

void
audit_changed(const struct request *request, const char *what, ...)
{
	char text[TEXT_SIZE];
	va_list arguments;

	va_start(arguments, what);
	(void)vsnprintf(text, sizeof(text), what, arguments);
	va_end(arguments);
	write_line(LOG_LEVEL_INFO, "taken", request, text);
}
