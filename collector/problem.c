#include "collector/problem.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"

enum { DETAIL_SIZE = 640, INSTANCE_SIZE = 256 };

const char *
problem_title(unsigned status)
{
	static const struct {
		unsigned status;
		const char *title;
	} titles[] = {
		{ 400, "Bad Request" },
		{ 401, "Unauthorized" },
		{ 403, "Forbidden" },
		{ 404, "Not Found" },
		{ 405, "Method Not Allowed" },
		{ 409, "Conflict" },
		{ 410, "Gone" },
		{ 413, "Content Too Large" },
		{ 415, "Unsupported Media Type" },
		{ 421, "Misdirected Request" },
		{ 429, "Too Many Requests" },
		{ 500, "Internal Server Error" },
		{ 503, "Service Unavailable" },
		{ 507, "Insufficient Storage" },
	};

	for (size_t i = 0; i < sizeof(titles) / sizeof(titles[0]); i++) {
		if (titles[i].status == status)
			return titles[i].title;
	}
	return "Error";
}

void
problem_reply(struct reply *r, const struct problem *p, const char *detail, ...)
{
	char text[DETAIL_SIZE], clean[DETAIL_SIZE], instance[INSTANCE_SIZE];
	struct json j = json_over(&r->body);
	va_list arguments;
	size_t size, clean_size;
	bool cut;

	va_start(arguments, detail);
	(void)vsnprintf(text, sizeof(text), detail, arguments);
	va_end(arguments);
	/* It may repeat what was asked. */
	clean_size = text_clean(clean, sizeof(clean), text, strlen(text), &cut);
	size = text_clean(
	    instance, sizeof(instance), p->instance, strlen(p->instance), &cut);
	buffer_clear(&r->body);
	r->status = p->status;
	r->octets = NULL;
	r->content_type = "application/problem+json";
	json_object_begin(&j);
	json_add_string(&j, "type", "about:blank");
	json_add_string(&j, "title", problem_title(p->status));
	json_add_number(&j, "status", p->status);
	json_add_text(&j, "detail", clean, clean_size);
	json_add_text(&j, "instance", instance, size);
	if (p->where && p->where[0] != '\0')
		json_add_string(&j, "path", p->where);
	json_object_end(&j);
}
