#include "vsphere/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/log.h"
#include "base/text.h"
#include "vsphere/session_question.h"

enum {
	WAIT_MOST_S = 600, /* for all of a large vCenter to be gathered */
	RETRY_LEAST_MS = 1000,
	RETRY_MOST_MS = 60 * 1000,
	/* Accounts are often locked after five wrong passwords within three
	 * minutes. */
	REFUSED_MS = 5 * 60 * 1000,
	LOGOUT_MS = 3000,
	/* So often without any answer: who knows what is there now. */
	FAILURES_MOST = 5,
	OBJECTS_TWICE_MOST = 1000,
	HASTY_MS = 500
};

static void advance(struct session *s);

/* ---- beginning anew
 * -------------------------------------------------------------- */

static void
forget_objects(struct session *s)
{
	s->view[0] = s->token[0] = s->changes[0] = '\0';
	s->has_objects = s->has_filter = s->told_all = false;
}

static void
forget_session(struct session *s)
{
	forget_objects(s);
	s->target.cookie[0] = '\0';
	s->settled = false;
}

static void
rest(struct session *s, int64_t ms)
{
	s->state = SESSION_RESTING;
	loop_timer_set(s->loop, &s->timer, instant_after(clock_now(), ms));
}

static int64_t
next_try_ms(struct session *s)
{
	uint64_t dice = 0;

	(void)!getrandom(&dice, sizeof(dice), GRND_NONBLOCK);
	return backoff_fail(&s->backoff, dice);
}

static void
say_trouble(struct session *s, const char *why)
{
	if (!s->in_trouble)
		log_warning(
		    "vCenter %s: %s; trying again", s->options->vcenter, why);
	s->in_trouble = true;
}

static void
say_refused(struct session *s, const char *why)
{
	if (!s->refused)
		log_error("vCenter %s: user \"%s\" or the password is "
			  "refused: %s; the next try is in 5 minutes, lest "
			  "the account be locked",
		    s->options->vcenter, s->options->user, why);
	s->refused = s->in_trouble = true;
}

/* A fault, while 'state' was asked: what of all that we have is still good? */
static void
take_fault(struct session *s, enum session_state state,
    const struct soap_fault *fault, const char *why)
{
	bool lost = strcmp(fault->kind, "NotAuthenticated") == 0;
	bool was_settled = s->settled;

	if (strcmp(fault->kind, "InvalidLogin") == 0) {
		forget_session(s);
		say_refused(s, why);
		rest(s, REFUSED_MS);
		return;
	}
	if (lost || state == SESSION_LOGIN || state == SESSION_SERVICE)
		forget_session(s);
	else
		forget_objects(s);
	if (lost && was_settled) {
		log_info("vCenter %s: the session is gone, logging in again",
		    s->options->vcenter);
		advance(s);
		return;
	}
	say_trouble(s, why);
	rest(s, next_try_ms(s));
}

/* No answer, or none that can be read. */
static void
take_failure(struct session *s, const char *why)
{
	say_trouble(s, why);
	if (!s->has_objects)
		s->token[0] = '\0'; /* used up, for all we know */
	if (++s->failures >= FAILURES_MOST) {
		forget_session(s);
		s->has_service = false;
		s->failures = 0;
	}
	rest(s, next_try_ms(s));
}

/* ---- answers
 * ------------------------------------------------------------------------ */

static void
copy_reference(char out[static REFERENCE_SIZE], const struct list *list,
    struct place place)
{
	text_copy(out, REFERENCE_SIZE, list_text(list, place));
}

static bool
take_service(struct session *s, const struct list *list)
{
	const struct service_value *v;

	if (list->count != 1)
		return false;
	v = list_items(list);
	copy_reference(s->root, list, v->root);
	copy_reference(s->collector, list, v->collector);
	copy_reference(s->views, list, v->views);
	copy_reference(s->sessions, list, v->sessions);
	text_copy(s->inventory->instance, sizeof(s->inventory->instance),
	    v->instance_uuid.at ? list_text(list, v->instance_uuid)
				: s->options->vcenter);
	log_debug("vCenter %s: %s %s build %s", s->options->vcenter,
	    list_text(list, v->name), list_text(list, v->version),
	    list_text(list, v->build));
	s->has_service =
	    s->root[0] && s->collector[0] && s->views[0] && s->sessions[0];
	return s->has_service;
}

static void
say_derived(struct session *s)
{
	const struct esxi *host;
	unsigned n = 0;

	for (host = inventory_hosts(s->inventory); host;
	     host = inventory_next_host(host)) {
		if (host->id_derived && ++n > s->derived)
			log_warning("host %s: its UUID is missing or that of "
				    "another host; its id is derived from the "
				    "vCenter's",
			    list_only(host->values[HOST_NAME]));
	}
	s->derived = n;
}

static void
tell_changes(struct session *s)
{
	struct instant now = clock_now();

	if (s->inventory->ids_changed) {
		inventory_identify(s->inventory);
		say_derived(s);
	}
	if (s->inventory->changed)
		s->changed(s->owner, now);
	s->inventory->changed = false;
}

static void
take_whole_reading(struct session *s)
{
	inventory_end(s->inventory);
	s->has_objects = true;
	log_info("vCenter %s: read %u hosts, %u VMs, %u distributed switches, "
		 "%u port groups of theirs",
	    s->options->vcenter, inventory_count(s->inventory, OBJECT_HOST),
	    inventory_count(s->inventory, OBJECT_VM),
	    inventory_count(s->inventory, OBJECT_SWITCH),
	    inventory_count(s->inventory, OBJECT_GROUP));
	tell_changes(s);
	s->read(s->owner, clock_now());
}

/* False: pages that never end. */
static bool
take_page(struct session *s, const struct soap_result *r)
{
	s->objects += r->objects;
	text_copy(s->token, sizeof(s->token), r->token);
	if (s->token[0] == '\0')
		take_whole_reading(s);
	else if (r->objects == 0 ||
		 s->objects > 2 * s->inventory->count + OBJECTS_TWICE_MOST)
		return false;
	return true;
}

static void
take_changes(struct session *s, const struct soap_result *r)
{
	if (r->version[0])
		text_copy(s->changes, sizeof(s->changes), r->version);
	if (!s->told_all && !r->truncated) {
		s->told_all = true;
		inventory_end(s->inventory);
	}
	tell_changes(s);
	/* A part of a property that we only have as a whole. */
	if (r->partial)
		s->has_objects = false;
}

static bool
take_answer(struct session *s, const struct soap_result *r)
{
	switch (s->state) {
	case SESSION_SERVICE:
		return take_service(s, r->list);
	case SESSION_LOGIN:
		text_copy(s->target.cookie, sizeof(s->target.cookie),
		    s->exchange.new_cookie);
		return s->target.cookie[0] != '\0';
	case SESSION_VIEW:
		copy_reference(s->view, r->list,
		    r->list->count > 0
			? *(const struct place *)list_items(r->list)
			: (struct place){ 0 });
		return s->view[0] != '\0';
	case SESSION_OBJECTS:
		return s->kept == STATUS_OK && take_page(s, r);
	case SESSION_FILTER:
		s->has_filter = true;
		return true;
	case SESSION_CHANGES:
		take_changes(s, r);
		return s->kept == STATUS_OK;
	case SESSION_RESTING:
	case SESSION_READ:
	case SESSION_LOGOUT:
	case SESSION_ENDED:
		break;
	}
	return true;
}

/* To say at once that nothing has changed is not what waiting means: asked
 * again at once, it would be said again at once. */
static bool
is_hasty(const struct session *s, const struct soap_result *r)
{
	return s->state == SESSION_CHANGES && r->objects == 0 &&
	       instant_ms_between(s->asked_at, s->heard_at) < HASTY_MS;
}

static void
take_good(struct session *s, const struct soap_result *r)
{
	s->heard_at = clock_now();
	s->heard = true;
	s->failures = 0;
	if (!take_answer(s, r)) {
		forget_objects(s);
		if (s->state == SESSION_LOGIN || s->state == SESSION_SERVICE)
			forget_session(s);
		take_failure(s, "it does not answer what it was asked, or "
				"more than can be kept");
		return;
	}
	/* Whoever was told of the answer may have wanted no more. */
	if (s->state == SESSION_LOGOUT || s->state == SESSION_ENDED)
		return;
	if (s->state == SESSION_LOGIN)
		s->refused = false;
	if (s->state > SESSION_LOGIN)
		s->settled = true;
	if (s->state == SESSION_OBJECTS || s->state == SESSION_CHANGES) {
		if (s->in_trouble)
			log_info(
			    "vCenter %s: answers again", s->options->vcenter);
		s->in_trouble = false;
		backoff_succeed(&s->backoff);
	}
	if (is_hasty(s, r))
		rest(s, RETRY_LEAST_MS);
	else
		advance(s);
}

static void
end(struct session *s)
{
	loop_timer_stop(s->loop, &s->timer);
	exchange_cancel(&s->exchange);
	s->state = SESSION_ENDED;
	s->ended(s->owner);
}

static void
exchange_ended(void *owner, enum exchange_end how,
    const struct soap_result *result, const char *why)
{
	struct session *s = owner;

	if (s->state == SESSION_LOGIN && s->exchange.body.octets)
		explicit_bzero(
		    s->exchange.body.octets, s->exchange.body.capacity);
	if (s->state == SESSION_LOGOUT) {
		free(result->list);
		end(s);
		return;
	}
	if (how == EXCHANGE_ANSWERED)
		take_good(s, result);
	else if (how == EXCHANGE_FAULT)
		take_fault(s, s->state, &result->fault, why);
	else
		take_failure(s, why);
	free(result->list);
	if (how != EXCHANGE_ANSWERED && s->options->once &&
	    s->state == SESSION_RESTING)
		s->failed(s->owner);
}

/* ---- questions
 * ------------------------------------------------------------------------- */

static void
take_update(void *owner, struct update *update)
{
	struct session *s = owner;
	enum status status = inventory_take(s->inventory, update);

	if (s->kept == STATUS_OK)
		s->kept = status;
}

static enum status
ask(struct session *s)
{
	struct soap_settings read = { .shape = session_shape(s->state),
		.take = take_update,
		.owner = s };
	/* Nothing is said while there are no changes, nor while all that
	 * there is gets gathered. */
	bool gathers = s->state == SESSION_OBJECTS ||
		       (s->state == SESSION_CHANGES && !s->told_all);
	long silence_s = gathers ? WAIT_MOST_S
			 : s->state == SESSION_CHANGES
			     ? session_wait_s(s) + SILENCE_S
			     : SILENCE_S;

	s->kept = STATUS_OK;
	s->asked_at = clock_now();
	return exchange_start(&s->exchange, &s->target, &read, silence_s);
}

static void
advance(struct session *s)
{
	s->state = session_next(s);
	if (s->state == SESSION_READ)
		return;
	if (!session_question(s)) {
		rest(s, RETRY_MOST_MS);
		if (s->options->once)
			s->failed(s->owner);
		return;
	}
	if (ask(s) != STATUS_OK)
		take_failure(s, "no memory for a question");
}

/* ---- beginning and end
 * -------------------------------------------------------------------- */

static void
timer_fired(void *owner, struct instant now)
{
	struct session *s = owner;

	(void)now;
	if (s->state == SESSION_LOGOUT)
		end(s);
	else
		advance(s);
}

void
session_init(struct session *session, struct loop *loop, struct http *http,
    const struct options *options)
{
	const char *name = strstr(options->vcenter, "://");

	*session = (struct session){ .loop = loop,
		.options = options,
		.target = { .url = options->vcenter, .ca = options->ca },
		.backoff = {
		    .least_ms = RETRY_LEAST_MS, .most_ms = RETRY_MOST_MS } };
	exchange_init(&session->exchange, http);
	session->exchange.done = exchange_ended;
	session->exchange.owner = session;
	session->timer =
	    (struct loop_timer){ .fire = timer_fired, .owner = session };
	name = name ? name + 3 : options->vcenter;
	snprintf(session->via, sizeof(session->via), "%.*s",
	    (int)strcspn(name, "/"), name);
}

void
session_done(struct session *session)
{
	loop_timer_stop(session->loop, &session->timer);
	/* The password may be among them. */
	if (session->exchange.body.octets)
		explicit_bzero(session->exchange.body.octets,
		    session->exchange.body.capacity);
	exchange_done(&session->exchange);
}

void
session_start(struct session *session)
{
	advance(session);
}

void
session_stop(struct session *session)
{
	if (session->state == SESSION_LOGOUT || session->state == SESSION_ENDED)
		return;
	exchange_cancel(&session->exchange);
	session->state = SESSION_LOGOUT;
	if (session->target.cookie[0] == '\0' || !session_question(session) ||
	    ask(session) != STATUS_OK) {
		end(session);
		return;
	}
	loop_timer_set(session->loop, &session->timer,
	    instant_after(clock_now(), LOGOUT_MS));
}

void
session_lost(struct session *session)
{
	if (session->state == SESSION_LOGOUT ||
	    session->state == SESSION_ENDED ||
	    session->state == SESSION_RESTING ||
	    session->target.cookie[0] == '\0')
		return;
	exchange_cancel(&session->exchange);
	log_info("vCenter %s: the session is gone, logging in again",
	    session->options->vcenter);
	forget_session(session);
	advance(session);
}

bool
session_is_open(const struct session *session)
{
	return session->has_objects && session->target.cookie[0] != '\0' &&
	       session->state != SESSION_LOGOUT &&
	       session->state != SESSION_ENDED &&
	       session->state != SESSION_RESTING;
}

bool
session_is_fresh(const struct session *session, struct instant now)
{
	int64_t stale_ms = session->options->stale_s * 1000;

	return session->heard &&
	       instant_ms_between(session->heard_at, now) <= stale_ms;
}
