#include "collector/request_log.h"

#include <inttypes.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"

/* A longer path is cut. */
enum { PATH_SHOWN_SIZE = 400, METHOD_SHOWN_SIZE = 16 };

/* Others chose it. */
static const char *
clean(const char *text, char *out, size_t size)
{
	bool cut;

	out[text_clean(out, size - 1, text, strlen(text), &cut)] = '\0';
	return out;
}

void
request_log(const struct request *request, const struct metrics_served *served)
{
	char path[PATH_SHOWN_SIZE], method[METHOD_SHOWN_SIZE];

	if (!log_shows(LOG_LEVEL_DEBUG))
		return;
	log_debug("request: %s %u %zu octets in %" PRId64 ".%03d ms "
		  "from %s, token %s: %s",
	    clean(request->method, method, sizeof(method)), served->status,
	    served->sent, served->took_us / 1000, (int)(served->took_us % 1000),
	    request->peer && request->peer[0] ? request->peer : "nobody known",
	    request->caller ? request->caller->name : "none",
	    clean(request->path, path, sizeof(path)));
}
