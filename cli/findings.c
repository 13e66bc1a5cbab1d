#include "cli/findings.h"

#include "base/json.h"
#include "cli/client.h"

enum { NOTE_MOST = 4096 };

bool
findings_are_said(const struct findings_options *o)
{
	return o->owner || o->severity || o->rule || o->verdict;
}

bool
findings_path(const struct findings_options *o, const struct span_options *span,
    struct buffer *path)
{
	const struct {
		const char *name, *value;
	} filters[] = { { "owner", o->owner }, { "severity", o->severity },
		{ "rule", o->rule }, { "verdict", o->verdict },
		{ "host", span->host }, { "limit", span->limit } };
	char before = '?';

	for (size_t i = 0; i < sizeof(filters) / sizeof(filters[0]); i++) {
		if (!filters[i].value)
			continue;
		buffer_printf(path, "%c%s=", before, filters[i].name);
		client_escape(path, filters[i].value);
		before = '&';
	}
	return buffer_ok(path);
}

bool
findings_ack(char **words, struct buffer *path, struct buffer *body)
{
	struct json j = json_over(body);
	struct buffer note;

	if (!words[0] || !words[1])
		return false;
	buffer_init(&note, NOTE_MOST);
	for (char **word = words + 1; *word; word++) {
		if (word > words + 1)
			buffer_char(&note, ' ');
		buffer_text(&note, *word);
	}
	buffer_text(path, "/api/v1/findings/");
	client_escape(path, words[0]);
	buffer_text(path, "/ack");
	json_object_begin(&j);
	json_add_text(&j, "note", buffer_string(&note), note.size);
	json_object_end(&j);
	body->failed |= !buffer_ok(&note);
	buffer_done(&note);
	return buffer_ok(path) && buffer_ok(body);
}
