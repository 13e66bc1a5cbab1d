#include "cli/span.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/moment.h"
#include "cli/client.h"

enum { LINES_MOST = 200 /* more is asked for by --limit */ };

bool
span_fits(const struct span_options *o, enum span_kind kind, const char *name,
    char error[static SPAN_ERROR_SIZE])
{
	bool changes = kind == SPAN_CHANGES, diff = kind == SPAN_DIFF;
	bool findings = kind == SPAN_FINDINGS, moment = kind == SPAN_MOMENT;
	const struct {
		const char *name, *value;
		bool taken;
	} options[] = { { "at", o->at, moment || findings },
		{ "since", o->since, changes }, { "until", o->until, changes },
		{ "host", o->host, changes || diff || findings },
		{ "kind", o->kind, changes || diff },
		{ "limit", o->limit, changes || diff || findings } };
	static const char *const reasons[] = {
		[SPAN_MOMENT] = "it is of one moment, said with --at",
		[SPAN_CHANGES] = "it is of a span: --since and --until",
		[SPAN_DIFF] = "it compares the moments FROM and TO",
		[SPAN_FINDINGS] = "they are of one moment, said with --at",
		[SPAN_ACK] = "it is of now",
	};

	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
		if (!options[i].value || options[i].taken)
			continue;
		(void)snprintf(error, SPAN_ERROR_SIZE,
		    "%s takes no --%s: %s; see demarc help %s", name,
		    options[i].name, reasons[kind], name);
		return false;
	}
	return true;
}

/* A span may end later than now, and is of what is known then. */
static bool
must_be_past(const char *name)
{
	return strcmp(name, "until") != 0 && strcmp(name, "to") != 0;
}

static bool
add_moment(const char *name, const char *text, int64_t now, struct buffer *path,
    char error[static SPAN_ERROR_SIZE])
{
	int64_t at;

	if (!text)
		return true;
	if (!moment_read_said(text, now, &at)) {
		(void)snprintf(error, SPAN_ERROR_SIZE,
		    "\"%.80s\" is no moment; write %s", text,
		    moment_forms_said);
		return false;
	}
	if (at > now && must_be_past(name)) {
		(void)snprintf(
		    error, SPAN_ERROR_SIZE, "\"%.80s\" is in the future", text);
		return false;
	}
	buffer_printf(path, "%s=%" PRId64 "&", name, at);
	return true;
}

bool
span_of_question(const struct span_options *o, char first, int64_t now,
    struct buffer *path, char error[static SPAN_ERROR_SIZE])
{
	if (!o->at)
		return true;
	buffer_char(path, first);
	return add_moment("at", o->at, now, path, error);
}

static void
add_text(const char *name, const char *text, struct buffer *path)
{
	if (!text)
		return;
	buffer_printf(path, "%s=", name);
	client_escape(path, text);
	buffer_char(path, '&');
}

bool
span_of_changes(const struct span_options *o, char **words, int64_t now,
    struct buffer *path, char error[static SPAN_ERROR_SIZE])
{
	(void)words;
	if (!add_moment("since", o->since, now, path, error) ||
	    !add_moment("until", o->until, now, path, error))
		return false;
	add_text("host", o->host, path);
	add_text("kind", o->kind, path);
	if (o->limit)
		add_text("limit", o->limit, path);
	else
		buffer_printf(path, "limit=%d&", LINES_MOST);
	return true;
}

bool
span_of_diff(const struct span_options *o, char **words, int64_t now,
    struct buffer *path, char error[static SPAN_ERROR_SIZE])
{
	if (words[1] && words[2]) {
		(void)snprintf(error, SPAN_ERROR_SIZE,
		    "diff takes two moments; put one that has a blank in "
		    "quotes");
		return false;
	}
	if (!add_moment("from", words[0], now, path, error) ||
	    !add_moment("to", words[1], now, path, error))
		return false;
	add_text("host", o->host, path);
	add_text("kind", o->kind, path);
	add_text("limit", o->limit, path);
	return true;
}
