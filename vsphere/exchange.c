#include "vsphere/exchange.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "vsphere/ask.h"

enum { STATUS_ANSWER = 200, STATUS_FAULT = 500 };

void
exchange_init(struct exchange *exchange, struct http *http)
{
	*exchange = (struct exchange){ .http = http };
	buffer_init(&exchange->body, ASK_SIZE_MOST);
}

void
exchange_cancel(struct exchange *exchange)
{
	http_cancel(&exchange->call);
	soap_free(exchange->soap);
	exchange->soap = NULL;
}

void
exchange_done(struct exchange *exchange)
{
	exchange_cancel(exchange);
	buffer_done(&exchange->body);
}

static bool
take(void *owner, const char *octets, size_t size)
{
	struct exchange *e = owner;

	e->size += size;
	/* A page of a proxy that refuses is no SOAP, nor is it wanted. */
	if (e->status != STATUS_ANSWER && e->status != STATUS_FAULT)
		return e->size < (1u << 20);
	if (e->size > HTTP_ANSWER_SIZE_MOST)
		e->parsed = STATUS_TOO_LARGE;
	else
		e->parsed = soap_take(e->soap, octets, size);
	return e->parsed == STATUS_OK;
}

/* "Set-Cookie: vmware_soap_session="..."; Path=/": kept to the letter. */
static void
keep_cookie(struct exchange *e, const char *line, size_t size)
{
	static const char name[] = "Set-Cookie:";
	static const char session[] = "vmware_soap_session=";
	size_t begin = sizeof(name) - 1, length = 0;

	if (size < begin || strncasecmp(line, name, begin) != 0)
		return;
	while (begin < size && line[begin] == ' ')
		begin++;
	while (begin + length < size && !strchr(";\r\n", line[begin + length]))
		length++;
	if (length >= sizeof(e->new_cookie) || length < sizeof(session) ||
	    strncmp(line + begin, session, sizeof(session) - 1) != 0)
		return;
	memcpy(e->new_cookie, line + begin, length);
	e->new_cookie[length] = '\0';
}

static void
header(void *owner, const char *line, size_t size)
{
	struct exchange *e = owner;
	char first[16] = "";

	if (size > 5 && strncmp(line, "HTTP/", 5) == 0) {
		const char *blank = memchr(line, ' ', size);
		size_t rest = blank ? size - (size_t)(blank - line) : 0;

		if (rest > 4)
			memcpy(first, blank + 1, 3);
		e->status = strtol(first, NULL, 10);
		return;
	}
	keep_cookie(e, line, size);
}

static enum exchange_end
judge(struct exchange *e, const struct http_result *http,
    struct soap_result *result, char why[static EXCHANGE_WHY_SIZE])
{
	enum status status = e->parsed;

	if (status == STATUS_OK && http->status == 0) {
		snprintf(why, EXCHANGE_WHY_SIZE, "%s", http->why);
		return EXCHANGE_FAILED;
	}
	if (status == STATUS_OK && http->status != STATUS_ANSWER &&
	    http->status != STATUS_FAULT) {
		snprintf(why, EXCHANGE_WHY_SIZE,
		    "it answers with status %ld; is its address right?",
		    http->status);
		return EXCHANGE_FAILED;
	}
	if (status == STATUS_OK)
		status = soap_end(e->soap, result);
	if (status != STATUS_OK) {
		snprintf(why, EXCHANGE_WHY_SIZE,
		    "its answer cannot be read: %s", status_text(status));
		return EXCHANGE_FAILED;
	}
	if (result->fault.kind[0] == '\0')
		return EXCHANGE_ANSWERED;
	snprintf(why, EXCHANGE_WHY_SIZE, "it says %s: %s", result->fault.kind,
	    result->fault.text);
	return EXCHANGE_FAULT;
}

static void
done(void *owner, const struct http_result *http)
{
	struct exchange *e = owner;
	struct soap_result result = { .objects = 0 };
	char why[EXCHANGE_WHY_SIZE] = "";
	enum exchange_end end = judge(e, http, &result, why);

	soap_free(e->soap);
	e->soap = NULL;
	e->done(e->owner, end, &result, why);
}

enum status
exchange_start(struct exchange *exchange, const struct exchange_target *target,
    const struct soap_settings *read, long silence_s)
{
	struct http_request request = { .url = target->url,
		.ca = target->ca,
		.headers = { "Content-Type: text/xml; charset=utf-8",
		    "SOAPAction: \"urn:vim25/6.5\"" },
		.body = buffer_string(&exchange->body),
		.body_size = exchange->body.size,
		.silence_s = silence_s,
		.most_s = EXCHANGE_S,
		.take = take,
		.header = header,
		.done = done,
		.owner = exchange };
	enum status status;

	if (!buffer_ok(&exchange->body))
		return STATUS_NO_MEMORY;
	exchange->parsed = STATUS_OK;
	exchange->size = 0;
	exchange->status = 0;
	exchange->new_cookie[0] = '\0';
	if (target->cookie[0]) {
		snprintf(exchange->cookie_line, sizeof(exchange->cookie_line),
		    "Cookie: %s", target->cookie);
		request.headers[2] = exchange->cookie_line;
	}
	status = soap_new(read, &exchange->soap);
	if (status == STATUS_OK)
		status = http_start(exchange->http, &exchange->call, &request);
	if (status != STATUS_OK) {
		soap_free(exchange->soap);
		exchange->soap = NULL;
	}
	return status;
}
