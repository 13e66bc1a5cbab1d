#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	LINE_SIZE = 1024,
	GATE_MS = 60000 /* a kind of line that floods is told once a minute */
};

static const struct {
	const char *word;
	const char *journal; /* sd-daemon(3): syslog's numbers */
} levels[] = {
	[LOG_LEVEL_ERROR] = { "error", "<3>" },
	[LOG_LEVEL_WARNING] = { "warning", "<4>" },
	[LOG_LEVEL_INFO] = { "info", "<6>" },
	[LOG_LEVEL_DEBUG] = { "debug", "<7>" },
};

static enum log_level level_shown = LOG_LEVEL_INFO;

void
log_set_level(enum log_level level)
{
	level_shown = level;
}

bool
log_level_from_word(const char *word, enum log_level *out_level)
{
	for (size_t i = 0; i < sizeof(levels) / sizeof(levels[0]); i++) {
		if (strcmp(word, levels[i].word) == 0) {
			*out_level = (enum log_level)i;
			return true;
		}
	}
	return false;
}

bool
log_shows(enum log_level level)
{
	return level <= level_shown;
}

/* One write a line, so that lines of several threads and processes never mix.
 */
void
log_line(enum log_level level, const char *format, ...)
{
	char line[LINE_SIZE];
	va_list arguments;
	int begin, length;

	if (!log_shows(level))
		return;
	if (getenv("JOURNAL_STREAM"))
		begin =
		    snprintf(line, sizeof(line), "%s", levels[level].journal);
	else
		begin =
		    snprintf(line, sizeof(line), "%s: ", levels[level].word);
	va_start(arguments, format);
	length = vsnprintf(
	    line + begin, sizeof(line) - (size_t)begin - 1, format, arguments);
	va_end(arguments);
	if (length < 0)
		return;
	length = (int)strlen(line);
	line[length++] = '\n';
	if (write(STDERR_FILENO, line, (size_t)length) < 0)
		return; /* there is no place left to say it */
}

bool
log_gate(struct log_gate *gate, int64_t now_ms, uint32_t *out_held)
{
	if (now_ms < gate->open_at_ms) {
		gate->held++;
		return false;
	}
	*out_held = gate->held;
	gate->held = 0;
	gate->open_at_ms = now_ms + GATE_MS;
	return true;
}
