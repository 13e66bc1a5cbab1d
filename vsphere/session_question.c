#include "vsphere/session_question.h"

#include <errno.h>
#include <string.h>

#include "base/log.h"
#include "base/secret.h"
#include "vsphere/ask.h"

enum {
	/* For changes; then the vCenter says that there are none. */
	WAIT_LEAST_S = 2,
	WAIT_S = 60
};

/* The password is read for each login: it may have been changed. */
static bool
write_login(struct session *s)
{
	char password[SECRET_SIZE];
	enum status status = secret_read(s->options->password_file, password);

	if (status == STATUS_OK)
		ask_login(
		    &s->exchange.body, s->sessions, s->options->user, password);
	explicit_bzero(password, sizeof(password));
	if (status == STATUS_OK)
		return true;
	if (!s->refused)
		log_error("password_file %s cannot be used: %s",
		    s->options->password_file,
		    status == STATUS_SYSTEM ? strerror(errno)
					    : status_text(status));
	s->refused = s->in_trouble = true;
	return false;
}

static void
begin_reading(struct session *s)
{
	inventory_begin(s->inventory);
	s->objects = 0;
	ask_objects(&s->exchange.body, s->collector, s->view);
}

/* Several answers within the time after which we would know nothing. */
long
session_wait_s(const struct session *s)
{
	long seconds = s->options->stale_s / 3;

	if (seconds < WAIT_LEAST_S)
		return WAIT_LEAST_S;
	return seconds < WAIT_S ? seconds : WAIT_S;
}

static void
write_changes(struct session *s)
{
	if (s->changes[0] == '\0' && !s->told_all)
		inventory_begin(s->inventory);
	ask_changes(
	    &s->exchange.body, s->collector, s->changes, session_wait_s(s));
}

bool
session_question(struct session *s)
{
	struct buffer *body = &s->exchange.body;

	switch (s->state) {
	case SESSION_SERVICE:
		ask_service(body);
		break;
	case SESSION_LOGIN:
		return write_login(s);
	case SESSION_VIEW:
		ask_view(body, s->views, s->root);
		break;
	case SESSION_OBJECTS:
		if (s->token[0])
			ask_more(body, s->collector, s->token);
		else
			begin_reading(s);
		break;
	case SESSION_FILTER:
		ask_filter(body, s->collector, s->view);
		break;
	case SESSION_CHANGES:
		write_changes(s);
		break;
	case SESSION_LOGOUT:
		ask_logout(body, s->sessions);
		break;
	case SESSION_RESTING:
	case SESSION_READ:
	case SESSION_ENDED:
		return false;
	}
	return true;
}

const struct shape *
session_shape(enum session_state state)
{
	switch (state) {
	case SESSION_SERVICE:
		return &shape_service;
	case SESSION_VIEW:
		return &shape_reference;
	case SESSION_OBJECTS:
	case SESSION_CHANGES:
		return NULL;
	case SESSION_LOGIN:
	case SESSION_FILTER:
	case SESSION_LOGOUT:
	case SESSION_RESTING:
	case SESSION_READ:
	case SESSION_ENDED:
		break;
	}
	return &shape_nothing;
}

enum session_state
session_next(const struct session *s)
{
	if (!s->has_service)
		return SESSION_SERVICE;
	if (s->target.cookie[0] == '\0')
		return SESSION_LOGIN;
	if (s->view[0] == '\0')
		return SESSION_VIEW;
	if (!s->has_objects)
		return SESSION_OBJECTS;
	if (s->options->once)
		return SESSION_READ;
	return s->has_filter ? SESSION_CHANGES : SESSION_FILTER;
}
