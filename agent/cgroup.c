#include "agent/cgroup.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

enum { ID_LENGTH = 64, NAME_MOST = 64 };

static size_t
count_hex(const char *text, size_t size)
{
	size_t count = 0;

	while (count < size && ((text[count] >= '0' && text[count] <= '9') ||
				   (text[count] >= 'a' && text[count] <= 'f')))
		count++;
	return count;
}

static bool
begins(const char *text, size_t size, const char *with)
{
	size_t length = strlen(with);

	return size > length && memcmp(text, with, length) == 0;
}

static void
set_name(struct workload *w, const char *name, size_t size)
{
	char clean[NAME_MOST + 1];
	bool cut;

	size = text_clean(clean, NAME_MOST, name, size, &cut);
	clean[size] = '\0';
	text_copy(w->name, sizeof(w->name), clean);
	snprintf(w->id, sizeof(w->id), "lxc:%s", clean);
}

/* One part of a path: ID, docker-ID.scope, lxc.payload.NAME.  'before' is the
 * part above it. */
static bool
take_part(const char *part, size_t size, const char *before, size_t above,
    struct workload *w)
{
	const char *at = part, *end = part + size;

	if (begins(part, size, "lxc.payload.")) {
		set_name(w, part + 12, size - 12);
		return true;
	}
	if (above == 3 && memcmp(before, "lxc", 3) == 0) {
		set_name(w, part, size);
		return true;
	}
	while (at < end && count_hex(at, (size_t)(end - at)) != ID_LENGTH) {
		at = memchr(at, '-', (size_t)(end - at));
		at = at ? at + 1 : end;
	}
	if (at == end)
		return false;
	w->name[0] = '\0';
	memcpy(w->id, at, ID_LENGTH);
	w->id[ID_LENGTH] = '\0';
	return true;
}

/* The innermost part that names a container. */
static bool
take_path(const char *path, size_t size, struct workload *w)
{
	const char *before = path, *end = path + size;
	size_t above = 0;
	bool found = false;

	while (path < end) {
		const char *slash = memchr(path, '/', (size_t)(end - path));
		size_t part = (size_t)((slash ? slash : end) - path);

		if (part > 0 && take_part(path, part, before, above, w))
			found = true;
		before = path;
		above = part;
		path += part + 1;
	}
	return found;
}

bool
cgroup_container(const char *text, size_t size, struct workload *out)
{
	struct workload w = { .kind = WORKLOAD_CONTAINER };
	bool found = false;

	while (size > 0 && !found) {
		const char *end = memchr(text, '\n', size);
		size_t line = end ? (size_t)(end - text) : size;
		const char *path = memchr(text, '/', line);

		if (path)
			found =
			    take_path(path, line - (size_t)(path - text), &w);
		if (!end)
			break;
		size -= line + 1;
		text = end + 1;
	}
	if (found)
		*out = w;
	return found;
}
