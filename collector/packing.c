#include "collector/packing.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/gzip.h"
#include "base/text.h"

/* What is smaller takes one packet anyway. */
enum { PACKED_SIZE_LEAST = 1024 };

static const uint64_t FNV_OFFSET = 14695981039346656037U;
static const uint64_t FNV_PRIME = 1099511628211U;

/* Is the weight behind a coding zero?  ";q=0", ";q=0.000" */
static bool
is_refused(const char *weight, size_t size)
{
	const char *q = memchr(weight, '=', size);

	if (!q)
		return false;
	q++;
	size -= (size_t)(q - weight);
	return size > 0 && *q == '0' && strspn(q, "0. \t") >= size;
}

bool
packing_takes_gzip(const char *said)
{
	bool any = false;

	while (said && *said) {
		size_t size, name;

		said += strspn(said, " \t,");
		size = strcspn(said, ",");
		name = strcspn(said, " \t;,");
		if (name == 4 && strncasecmp(said, "gzip", name) == 0)
			return !is_refused(said + name, size - name);
		if (name == 1 && *said == '*')
			any = !is_refused(said + name, size - name);
		said += size;
	}
	return any;
}

bool
packing_has_tag(const char *said, const char *tag)
{
	size_t length = strlen(tag);

	while (said && *said) {
		said += strspn(said, " \t,");
		if (*said == '*')
			return true;
		if (strncmp(said, "W/", 2) == 0)
			said += 2;
		if (strncmp(said, tag, length) == 0)
			return true;
		said += *said == '"';
		said += strcspn(said, "\"");
		said += *said == '"';
	}
	return false;
}

static bool
is_text(const char *type)
{
	return strncmp(type, "text/", 5) == 0 || strstr(type, "json") ||
	       strstr(type, "javascript") || strstr(type, "svg");
}

static uint64_t
sum_of(const struct buffer *b)
{
	uint64_t sum = FNV_OFFSET;

	for (size_t i = 0; i < b->size; i++)
		sum = (sum ^ (unsigned char)b->octets[i]) * FNV_PRIME;
	return sum;
}

static void
leave_out(struct reply *reply)
{
	reply->status = 304;
	reply->octets = "";
	reply->size = 0;
	buffer_clear(&reply->body);
}

static void
pack(struct reply *reply)
{
	const char *octets =
	    reply->octets ? reply->octets : buffer_string(&reply->body);
	size_t size = reply->octets ? reply->size : reply->body.size;
	struct buffer packed;

	buffer_init(&packed, REPLY_SIZE_MOST);
	if (gzip_pack(octets, size, GZIP_QUICK, &packed) != STATUS_OK) {
		buffer_done(&packed);
		return;
	}
	buffer_done(&reply->body);
	reply->body = packed;
	reply->octets = NULL;
	reply->content_encoding = "gzip";
}

void
packing_finish(const struct request *request, struct reply *reply)
{
	size_t size = reply->octets ? reply->size : reply->body.size;
	bool text = is_text(reply->content_type);
	char tag[sizeof(reply->etag) - 2];

	if (reply->status != 200)
		return;
	if (reply->etag[0] == '\0')
		(void)snprintf(reply->etag, sizeof(reply->etag),
		    "\"%016" PRIx64 "\"", sum_of(&reply->body));
	if (text)
		reply->vary =
		    reply->vary ? "Accept, Accept-Encoding" : "Accept-Encoding";
	if (packing_has_tag(request->if_none_match, reply->etag))
		leave_out(reply);
	else if (text && size >= PACKED_SIZE_LEAST &&
		 packing_takes_gzip(request->accept_encoding))
		pack(reply);
	if (!text)
		return;
	/* The same, but not the same octets for everybody. */
	text_copy(tag, sizeof(tag), reply->etag);
	(void)snprintf(reply->etag, sizeof(reply->etag), "W/%s", tag);
}

struct request
packing_request(const struct request *r, struct arena *texts)
{
	return (struct request){ .method = "GET",
		.path = arena_text(texts, r->path),
		.accept_encoding = arena_text(texts, r->accept_encoding),
		.if_none_match = arena_text(texts, r->if_none_match) };
}
