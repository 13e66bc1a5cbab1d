#include "collector/assets.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "collector/embedded.h"

enum { PATH_SIZE = 1024 };

/* "/" is index.html, "/a/main.js" is main.js; NULL: not ours. */
static const char *
name_of(const char *path)
{
	if (strcmp(path, "/") == 0)
		return "index.html";
	if (strcmp(path, "/favicon.ico") == 0)
		return "favicon.ico";
	if (strncmp(path, "/a/", 3) != 0)
		return NULL;
	return path + 3;
}

static const struct embedded_file *
embedded(const char *name)
{
	for (const struct embedded_file *f = embedded_web; f->name; f++) {
		if (strcmp(f->name, name) == 0)
			return f;
	}
	return NULL;
}

/* No way out of the directory, and nothing hidden in it. */
static bool
is_harmless(const char *name)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "0123456789._-/";

	return name[0] != '.' && name[0] != '/' && !strstr(name, "..") &&
	       !strstr(name, "/.") && name[strspn(name, allowed)] == '\0';
}

/* While developing: the type is that of the embedded file of the same name,
 * or follows from the ending. */
static const char *
type_of(const char *name)
{
	const struct embedded_file *f = embedded(name);
	const char *ending = strrchr(name, '.');

	if (f)
		return f->mime_type;
	for (f = embedded_web; f->name && ending; f++) {
		const char *other = strrchr(f->name, '.');

		if (other && strcmp(other, ending) == 0)
			return f->mime_type;
	}
	return "application/octet-stream";
}

static bool
from_directory(struct reply *reply, const char *directory, const char *name)
{
	char path[PATH_SIZE];

	if (!is_harmless(name) ||
	    snprintf(path, sizeof(path), "%s/%s", directory, name) >= PATH_SIZE)
		return false;
	if (buffer_read_file(&reply->body, path) != STATUS_OK)
		return false;
	reply->content_type = type_of(name);
	return true;
}

bool
assets_reply(
    struct reply *reply, const struct request *request, const char *directory)
{
	const char *name = name_of(request->path);
	const struct embedded_file *f;

	if (!name)
		return false;
	if (directory)
		return from_directory(reply, directory, name);
	f = embedded(name);
	if (!f)
		return false;
	reply->content_type = f->mime_type;
	/* Ask each time whether it has changed: an upgrade shows at once. */
	reply->cache_control = "no-cache";
	text_copy(reply->etag, sizeof(reply->etag), f->etag);
	reply->octets = f->octets;
	reply->size = f->size;
	return true;
}
