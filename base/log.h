/*
 * log.h - one line per event: level, place, text.
 *
 * Lines go to standard error, with the <N> prefix that journald understands
 * when JOURNAL_STREAM is set, else with the level as a word.  The modules that
 * read and remember never log; the one that decides logs, once.
 *
 * Memory:  none kept but the level.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <stdbool.h>
#include <stdint.h>

#include "base/attributes.h"

enum log_level {
	LOG_LEVEL_ERROR,
	LOG_LEVEL_WARNING,
	LOG_LEVEL_INFO,
	LOG_LEVEL_DEBUG
};

/* Lines above this level are dropped; INFO at the start. */
void log_set_level(enum log_level level);

/* Gives the level named 'word' (error, warning, info, debug). */
bool log_level_from_word(const char *word, enum log_level *out_level);

/* To leave work undone whose line would be dropped. */
bool log_shows(enum log_level level);

void log_line(enum log_level level, const char *format, ...) PRINTF_LIKE(2, 3);

#define log_error(...) log_line(LOG_LEVEL_ERROR, __VA_ARGS__)
#define log_warning(...) log_line(LOG_LEVEL_WARNING, __VA_ARGS__)
#define log_info(...) log_line(LOG_LEVEL_INFO, __VA_ARGS__)
#define log_debug(...) log_line(LOG_LEVEL_DEBUG, __VA_ARGS__)

/* Slows a flood of one kind of line down: log_gate says whether now is the
 * time for it, and how many were held back since the last one. */
struct log_gate {
	int64_t open_at_ms; /* monotonic; the gate is shut until then */
	uint32_t held;      /* lines held back meanwhile */
};
bool log_gate(struct log_gate *gate, int64_t now_ms, uint32_t *out_held);

#endif
