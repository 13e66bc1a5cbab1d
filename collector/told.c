#include "collector/told.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void
told_init(struct told *t)
{
	*t = (struct told){ .since = INT64_MAX };
	buffer_init(&t->steps, TOLD_STEPS_MOST);
	buffer_init(&t->heard, TOLD_HEARD_MOST);
}

void
told_done(struct told *t)
{
	host_ids_done(&t->changed);
	buffer_done(&t->steps);
	buffer_done(&t->heard);
}

/* ---- a notice --------------------------------------------------------------
 */

static void
take_changed(struct told *t, const char *text)
{
	char *end;
	int64_t since = strtoll(text, &end, 10);

	if (since < t->since)
		t->since = since;
	for (;;) {
		int64_t id;

		text = end;
		id = (int64_t)strtoull(text, &end, 16);
		if (end == text)
			return;
		if (!host_ids_add(&t->changed, id))
			t->missed = true;
	}
}

static void
take_text(struct told *t, struct buffer *to, const char *text)
{
	buffer_text(to, text);
	if (buffer_ok(to))
		return;
	buffer_clear(to);
	t->missed = true;
}

/* A step that is missed shows by the next one, and all are compared. */
static void
take_steps(struct told *t, const char *text)
{
	char *end;
	int64_t since = strtoll(text, &end, 10);

	if (*end != ' ')
		return;
	if (since < t->since)
		t->since = since;
	take_text(t, &t->steps, end + 1);
}

static void
take_notice(struct told *t, char what, const char *text)
{
	switch (what) {
	case 'c':
		take_changed(t, text);
		break;
	case 'd':
		take_steps(t, text);
		break;
	case 'h':
		take_text(t, &t->heard, text);
		break;
	case 'n':
		/* It may be one that was killed before it had told. */
		t->asked = t->missed = true;
		break;
	case 's':
		t->missed = true;
		break;
	default:
		break; /* of a newer version */
	}
}

/* ---- the box ---------------------------------------------------------------
 */

void
told_put(struct told_box *box, const char *notice)
{
	size_t size = strlen(box->self);

	if (!notice) {
		told_miss(box, true);
		return;
	}
	/* "SELF c ..." */
	if (strlen(notice) < size + 3 || strncmp(notice, box->self, size) == 0)
		return;
	(void)pthread_mutex_lock(&box->lock);
	take_notice(&box->told, notice[size + 1], notice + size + 3);
	box->any = true;
	(void)pthread_mutex_unlock(&box->lock);
}

void
told_miss(struct told_box *box, bool greet)
{
	(void)pthread_mutex_lock(&box->lock);
	box->told.missed = true;
	box->told.greet = box->told.greet || greet;
	box->any = true;
	(void)pthread_mutex_unlock(&box->lock);
}

bool
told_waits(struct told_box *box)
{
	bool any;

	(void)pthread_mutex_lock(&box->lock);
	any = box->any;
	(void)pthread_mutex_unlock(&box->lock);
	return any;
}

void
told_take(struct told_box *box, struct told *out)
{
	(void)pthread_mutex_lock(&box->lock);
	*out = box->told;
	told_init(&box->told);
	box->any = false;
	(void)pthread_mutex_unlock(&box->lock);
}

enum status
told_box_init(struct told_box *box, uint64_t self)
{
	*box = (struct told_box){ .any = false };
	told_init(&box->told);
	(void)snprintf(box->self, sizeof(box->self), "%016" PRIx64, self);
	return pthread_mutex_init(&box->lock, NULL) == 0 ? STATUS_OK
							 : STATUS_SYSTEM;
}

void
told_box_done(struct told_box *box)
{
	told_done(&box->told);
	(void)pthread_mutex_destroy(&box->lock);
}
