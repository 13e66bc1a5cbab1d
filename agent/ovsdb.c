#include "agent/ovsdb.h"

#include <errno.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <unistd.h>

#include "agent/path_watch.h"
#include "base/backoff.h"
#include "base/json.h"
#include "base/json_split.h"
#include "base/log.h"
#include "base/text.h"

enum {
	READ_SIZE = 16 * 1024,
	/* Others have their turn after so many. */
	READS_AT_ONCE = 16,
	SEND_MOST = 64 * 1024, /* an echo is a few octets */
	RETRY_LEAST_MS = 1000,
	RETRY_MOST_MS = 60 * 1000,
	/* A directory that is mounted over ours makes no event. */
	RETRY_SELDOM_MS = 600 * 1000,
	/* A session that lasted so long was a good one. */
	SOUND_MS = 30 * 1000,
	/* Between the making of the socket and its first accept. */
	SETTLE_MS = 100,
	/* The database may be stopped, or its machine swap. */
	ANSWER_MS = 10 * 1000,
	/* So long nobody need say anything: then we ask whether it is there. */
	PROBE_MS = 60 * 1000,
	/* Such a text makes a tree that is worth giving back. */
	TRIM_SIZE = 256 * 1024
};

struct ovsdb {
	struct ovsdb_settings to;
	struct loop_watch watch;
	struct loop_timer retry;
	struct loop_timer patience; /* of a session */
	struct path_watch appears;  /* while there is none */
	struct backoff backoff;
	struct json_split split;
	bool is_open, told_open;
	bool waits; /* for an answer */
	bool asked; /* the opener */
	struct instant begun;
	/* The reasons that were logged last. */
	int told_errno;
	const char *told_why;
};

/* ---- the end of a session -------------------------------------------------
 */

static void
try_later(struct ovsdb *o, bool until_it_appears)
{
	int64_t wait_ms = RETRY_SELDOM_MS;
	uint64_t dice = 0;

	if (!path_watch_start(&o->appears) || !until_it_appears) {
		(void)!getrandom(&dice, sizeof(dice), GRND_NONBLOCK);
		wait_ms = backoff_fail(&o->backoff, dice);
	}
	loop_timer_set(
	    o->to.loop, &o->retry, instant_after(clock_now(), wait_ms));
}

static void
close_session(struct ovsdb *o)
{
	int fd = o->watch.fd;

	if (fd < 0)
		return;
	loop_unwatch(o->to.loop, &o->watch);
	loop_timer_stop(o->to.loop, &o->patience);
	close(fd);
	json_split_done(&o->split);
	o->to.forget(o->to.owner);
}

static void
end_session(struct ovsdb *o, const char *why)
{
	if (instant_ms_between(o->begun, clock_now()) >= SOUND_MS) {
		backoff_succeed(&o->backoff);
		o->told_why = NULL;
	}
	if (why != o->told_why) {
		log_warning("Open vSwitch at %s: %s; its bridges are unknown "
			    "until it answers again",
		    o->to.path, why);
		o->told_open = false;
	}
	o->told_why = why;
	o->is_open = false;
	close_session(o);
	try_later(o, false);
}

/* ---- what we say -----------------------------------------------------------
 */

static void
wait_for(struct ovsdb *o, bool answer)
{
	o->waits = answer;
	loop_timer_set(o->to.loop, &o->patience,
	    instant_after(clock_now(), answer ? ANSWER_MS : PROBE_MS));
}

static bool
say(struct ovsdb *o, const struct buffer *text)
{
	/* A peer that does not take these few octets is not well. */
	return buffer_ok(text) &&
	       send(o->watch.fd, buffer_string(text), text->size,
		   MSG_NOSIGNAL | MSG_DONTWAIT) == (ssize_t)text->size;
}

/* One monitor for each table: so the first answers are smaller. */
static bool
ask(struct ovsdb *o, int number)
{
	const char *table = o->to.questions[number][0];
	const char *columns = o->to.questions[number][1];
	CLEANUP(buffer_done) struct buffer text = { 0 };

	buffer_init(&text, SEND_MOST);
	buffer_printf(&text,
	    "{\"id\":%d,\"method\":\"monitor\",\"params\":"
	    "[\"Open_vSwitch\",\"%s\",{\"%s\":{\"columns\":%s}}]}",
	    number, table, table, columns);
	wait_for(o, true);
	return say(o, &text);
}

static bool
echo(struct ovsdb *o, const struct json_value *message)
{
	char *params = json_write_copy(json_get(message, "params"));
	char *id = json_write_copy(json_get(message, "id"));
	CLEANUP(buffer_done) struct buffer text = { 0 };
	bool ok;

	buffer_init(&text, SEND_MOST);
	buffer_printf(&text, "{\"id\":%s,\"result\":%s,\"error\":null}",
	    id ? id : "null", params ? params : "[]");
	ok = say(o, &text);
	free(params);
	free(id);
	return ok;
}

/* A database that was stopped does not close its sessions. */
static void
lose_patience(void *owner, struct instant now)
{
	static const char probe[] =
	    "{\"id\":\"echo\",\"method\":\"echo\",\"params\":[]}";
	struct ovsdb *o = owner;
	CLEANUP(buffer_done) struct buffer text = { 0 };

	(void)now;
	if (o->waits) {
		end_session(o, "it does not answer");
		return;
	}
	buffer_init(&text, SEND_MOST);
	buffer_text(&text, probe);
	wait_for(o, true);
	if (!say(o, &text))
		end_session(o, "it takes no question");
}

/* ---- what we hear -----------------------------------------------------------
 */

static bool
take_answer(struct ovsdb *o, const struct json_value *message)
{
	const struct json_value *result = json_get(message, "result");
	int64_t number = json_get_number(message, "id", -1);

	if (json_get_string(message, "id"))
		return true; /* of our echo */
	if (number < 0 || number >= o->to.question_count ||
	    !json_is_object(result))
		return false;
	if (!o->to.take(o->to.owner, result))
		return false;
	if (number + 1 < o->to.question_count)
		return ask(o, (int)number + 1);
	if (!o->told_open)
		log_info(
		    "Open vSwitch at %s: following its bridges", o->to.path);
	o->told_open = o->is_open = true;
	o->told_errno = 0;
	wait_for(o, false);
	return true;
}

static bool
take_message(struct ovsdb *o, const struct json_value *message)
{
	const char *method = json_get_string(message, "method");
	const struct json_value *params = json_get(message, "params");

	if (!method)
		return take_answer(o, message);
	if (strcmp(method, "echo") == 0)
		return echo(o, message);
	if (strcmp(method, "update") == 0)
		return o->to.take(o->to.owner, json_next(json_first(params)));
	return true; /* a notice that we did not ask for */
}

static bool
take_text(struct ovsdb *o)
{
	const struct buffer *text = &o->split.text;
	struct json_value *message = NULL;
	char error[JSON_ERROR_SIZE];
	bool ok;

	if (json_parse(buffer_string(text), text->size, &message, error) !=
	    STATUS_OK)
		return false;
	ok = take_message(o, message);
	json_free(message);
	if (text->size > TRIM_SIZE) {
		buffer_done(&o->split.text);
		malloc_trim(0);
	}
	return ok;
}

static bool
take_octets(struct ovsdb *o, const char *octets, size_t size)
{
	size_t taken;

	for (; size > 0; octets += taken, size -= taken) {
		if (json_split_take(&o->split, octets, size, &taken) !=
		    STATUS_OK)
			return false;
		if (json_split_whole(&o->split) && !take_text(o))
			return false;
	}
	return true;
}

static void
hear(void *owner, uint32_t events, struct instant now)
{
	struct ovsdb *o = owner;
	char octets[READ_SIZE];

	(void)events;
	(void)now;
	for (int i = 0; i < READS_AT_ONCE; i++) {
		ssize_t size =
		    recv(o->watch.fd, octets, sizeof(octets), MSG_DONTWAIT);

		if (size < 0 && (errno == EAGAIN || errno == EINTR))
			return;
		if (size <= 0) {
			end_session(o, "the session ended");
			return;
		}
		wait_for(o, !o->is_open);
		if (!take_octets(o, octets, (size_t)size)) {
			end_session(o, "it says what makes no sense");
			return;
		}
	}
}

/* ---- the beginning of a session
 * ---------------------------------------------- */

/* A host without Open vSwitch is nothing to talk of. */
static void
tell_refused(struct ovsdb *o, int why)
{
	if (why == o->told_errno || why == ENOENT)
		return;
	o->told_errno = why;
	log_warning("cannot reach Open vSwitch at %s: %s; trying again%s",
	    o->to.path, strerror(why),
	    why == EACCES ? " (its socket is root's: start the agent as root, "
			    "or in a group that may connect)"
			  : "");
	if (o->watch.fd < 0)
		o->to.forget(o->to.owner); /* that it is missed is news */
}

static void
take_connection(void *owner, int fd, int why)
{
	struct ovsdb *o = owner;

	o->asked = false;
	if (why == EPIPE) {
		log_warning("the process that opens the socket of Open vSwitch "
			    "has ended; the agent goes on without");
		why = EACCES;
	}
	if (fd < 0) {
		tell_refused(o, why);
		try_later(o, why == ENOENT);
		return;
	}
	if (loop_watch(o->to.loop, &o->watch, fd, EPOLLIN) != STATUS_OK) {
		close(fd);
		try_later(o, false);
		return;
	}
	path_watch_stop(&o->appears);
	o->begun = clock_now();
	if (!ask(o, 0))
		end_session(o, "it takes no question");
}

/* What appears after the question is seen by the watch. */
static void
begin(struct ovsdb *o)
{
	int fd;

	if (o->asked || o->watch.fd >= 0)
		return;
	(void)path_watch_start(&o->appears);
	o->begun = clock_now();
	o->asked = o->to.opener && opener_ask(o->to.opener);
	if (o->asked)
		return;
	fd = opener_connect(o->to.path);
	take_connection(o, fd, fd < 0 ? errno : 0);
}

/* Not more often than once in RETRY_LEAST_MS, whatever happens there. */
static void
path_appeared(void *owner)
{
	struct ovsdb *o = owner;
	struct instant soon = instant_after(clock_now(), SETTLE_MS);
	struct instant least = instant_after(o->begun, RETRY_LEAST_MS);

	backoff_succeed(&o->backoff);
	loop_timer_set(
	    o->to.loop, &o->retry, soon.ms < least.ms ? least : soon);
}

static void
retry(void *owner, struct instant now)
{
	(void)now;
	begin(owner);
}

static bool
listen_to_opener(struct ovsdb *o)
{
	struct opener_settings settings = {
		.loop = o->to.loop, .take = take_connection, .owner = o
	};

	return !o->to.opener ||
	       opener_begin(o->to.opener, &settings) == STATUS_OK;
}

enum status
ovsdb_new(const struct ovsdb_settings *settings, struct ovsdb **out_ovsdb)
{
	struct ovsdb *o = calloc(1, sizeof(*o));

	if (!o)
		return STATUS_NO_MEMORY;
	o->to = *settings;
	o->watch = (struct loop_watch){ .fd = -1, .ready = hear, .owner = o };
	o->retry = (struct loop_timer){ .fire = retry, .owner = o };
	o->patience = (struct loop_timer){ .fire = lose_patience, .owner = o };
	o->appears = (struct path_watch){ .loop = o->to.loop,
		.path = o->to.path,
		.appeared = path_appeared,
		.owner = o };
	o->backoff.least_ms = RETRY_LEAST_MS;
	o->backoff.most_ms = RETRY_MOST_MS;
	json_split_init(&o->split, OVSDB_TEXT_MOST, OVSDB_VALUES_MOST);
	if (!listen_to_opener(o)) {
		free(o);
		return STATUS_SYSTEM;
	}
	begin(o);
	*out_ovsdb = o;
	return STATUS_OK;
}

void
ovsdb_free(struct ovsdb *ovsdb)
{
	if (!ovsdb)
		return;
	loop_timer_stop(ovsdb->to.loop, &ovsdb->retry);
	path_watch_stop(&ovsdb->appears);
	close_session(ovsdb);
	json_split_done(&ovsdb->split);
	free(ovsdb);
}

bool
ovsdb_is_open(const struct ovsdb *ovsdb)
{
	return ovsdb && ovsdb->is_open;
}

bool
ovsdb_is_missed(const struct ovsdb *ovsdb)
{
	return ovsdb && !ovsdb->is_open &&
	       (ovsdb->told_why || ovsdb->told_errno != 0);
}
