#include "tests/support/captures.h"

#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "agent/savefile.h"

static void
give_up(const char *path, const char *why)
{
	fprintf(stderr, "%s: %s\n", path, why);
	exit(2);
}

const char *
captures_corpus(void)
{
	const char *path = getenv("DEMARC_CORPUS");

	return path && access(path, R_OK) == 0 ? path : NULL;
}

static void
add_frame(struct captures *c, struct cursor frame, enum link_type link,
    const char *path, unsigned number)
{
	struct captured *f;

	c->frames = reallocarray(c->frames, c->count + 1, sizeof(*c->frames));
	if (!c->frames)
		abort();
	f = &c->frames[c->count++];
	*f = (struct captured){ malloc(frame.left), frame.left, link,
		strdup(path), number };
	memcpy(f->octets, frame.next, frame.left);
}

static void
add_file(struct captures *c, const char *path)
{
	char error[SAVEFILE_ERROR_SIZE];
	struct savefile *file;
	struct cursor frame;

	if (savefile_open(path, &file, error))
		give_up(path, error);
	for (unsigned number = 1;; number++) {
		if (savefile_next(file, &frame, error))
			give_up(path, error);
		if (!cursor_ok(&frame))
			break;
		add_frame(c, frame, savefile_link(file), path, number);
	}
	savefile_free(file);
}

static int
by_name(const FTSENT **a, const FTSENT **b)
{
	return strcmp((*a)->fts_name, (*b)->fts_name);
}

void
captures_load(struct captures *out, const char *directory)
{
	char *name = strdup(directory);
	char *paths[] = { name, NULL };
	FTS *walk = fts_open(paths, FTS_NOCHDIR, by_name);
	FTSENT *entry;

	*out = (struct captures){ 0 };
	if (!walk)
		give_up(directory, "cannot be read");
	while ((entry = fts_read(walk))) {
		const char *end = strrchr(entry->fts_name, '.');

		if (entry->fts_info == FTS_F && end &&
		    strcmp(end, ".pcap") == 0)
			add_file(out, entry->fts_path);
	}
	fts_close(walk);
	free(name);
	if (out->count == 0)
		give_up(directory, "holds no capture; run this from the top");
}

void
captures_done(struct captures *captures)
{
	for (size_t i = 0; i < captures->count; i++) {
		free(captures->frames[i].octets);
		free(captures->frames[i].path);
	}
	free(captures->frames);
	*captures = (struct captures){ 0 };
}
