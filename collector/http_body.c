#include "collector/http_body.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_SIZE = 16384 };

static bool
make_room(struct http_body *body, atomic_size_t *all, size_t size)
{
	size_t capacity = body->capacity;
	char *more;

	/* Nobody gets more than this for what he only announces. */
	if (capacity == 0 && body->announced > 0 &&
	    body->announced < FIRST_SIZE)
		capacity = body->announced;
	else if (capacity == 0)
		capacity = FIRST_SIZE;
	if (body->size + size <= body->capacity)
		return true;
	while (capacity < body->size + size)
		capacity *= 2;
	if (atomic_load(all) + capacity - body->capacity >
	    HTTP_BODIES_SIZE_MOST)
		return false;
	more = realloc(body->octets, capacity);
	if (!more)
		return false;
	(void)atomic_fetch_add(all, capacity - body->capacity);
	body->octets = more;
	body->capacity = capacity;
	return true;
}

bool
http_body_take(
    struct http_body *body, atomic_size_t *all, const char *octets, size_t size)
{
	if (body->size + size > BODY_SIZE_MOST)
		body->too_large = true;
	if (!body->too_large && !make_room(body, all, size))
		body->no_memory = true;
	if (body->too_large || body->no_memory) {
		body->drained += size;
		return body->drained <= HTTP_BODY_DRAINED_MOST;
	}
	memcpy(body->octets + body->size, octets, size);
	body->size += size;
	return true;
}

void
http_body_forget(struct http_body *body, atomic_size_t *all)
{
	(void)atomic_fetch_sub(all, body->capacity);
	free(body->octets);
	body->octets = NULL;
	body->size = body->capacity = 0;
}
