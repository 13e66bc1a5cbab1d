#include "agent/path_watch.h"

#include <errno.h>
#include <limits.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "base/text.h"

enum {
	APPEARS = IN_CREATE | IN_MOVED_TO | IN_ATTRIB,
	GOES = IN_DELETE_SELF | IN_MOVE_SELF,
	/* Many events of others do not keep the rest waiting. */
	EVENTS_SIZE = 4096
};

/* Watches the nearest directory that is there. */
static bool
place_watch(struct path_watch *w)
{
	char directory[PATH_MAX];
	char *slash;

	if (w->path[0] != '/' || strlen(w->path) >= sizeof(directory))
		return false;
	text_copy(directory, sizeof(directory), w->path);
	while ((slash = strrchr(directory, '/')) != NULL) {
		w->next = w->path + (slash - directory) + 1;
		slash[slash == directory ? 1 : 0] = '\0';
		w->place = inotify_add_watch(
		    w->fd, directory, APPEARS | GOES | IN_ONLYDIR);
		if (w->place >= 0)
			return true;
		if ((errno != ENOENT && errno != ENOTDIR) || slash == directory)
			return false;
	}
	return false;
}

static bool
is_next(const struct path_watch *w, const struct inotify_event *event)
{
	size_t length = strcspn(w->next, "/");

	return event->len > length &&
	       strncmp(event->name, w->next, length) == 0 &&
	       event->name[length] == '\0';
}

/* Does one of these events change what we wait for? */
static bool
concerns(const struct path_watch *w, const char *events, size_t size)
{
	struct inotify_event event;
	bool any = false;

	for (size_t at = 0; at + sizeof(event) <= size;
	     at += sizeof(event) + event.len) {
		const void *here = &events[at];

		memcpy(&event, here, sizeof(event));
		if (event.mask & IN_Q_OVERFLOW)
			return true;
		if (event.wd != w->place)
			continue;
		any = any || (event.mask & (GOES | IN_IGNORED)) ||
		      is_next(w, here);
	}
	return any;
}

static void
something_happened(void *owner, uint32_t events, struct instant now)
{
	_Alignas(struct inotify_event) char text[EVENTS_SIZE];
	struct path_watch *w = owner;
	ssize_t size = read(w->fd, text, sizeof(text));

	(void)events;
	(void)now;
	if (size <= 0 || !concerns(w, text, (size_t)size))
		return;
	/* What was above the path may now be the path. */
	path_watch_stop(w);
	(void)path_watch_start(w);
	w->appeared(w->owner);
}

bool
path_watch_start(struct path_watch *w)
{
	if (w->on)
		return true;
	w->fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	if (w->fd < 0)
		return false;
	w->on = true;
	w->watch = (struct loop_watch){
		.fd = -1, .ready = something_happened, .owner = w
	};
	if (place_watch(w) &&
	    loop_watch(w->loop, &w->watch, w->fd, EPOLLIN) == STATUS_OK)
		return true;
	path_watch_stop(w);
	return false;
}

void
path_watch_stop(struct path_watch *w)
{
	if (!w->on)
		return;
	loop_unwatch(w->loop, &w->watch);
	close(w->fd);
	w->on = false;
}
