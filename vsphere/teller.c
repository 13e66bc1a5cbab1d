#include "vsphere/teller.h"

#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#include "base/log.h"
#include "base/text.h"
#include "vsphere/compose.h"
#include "vsphere/poller.h"

enum {
	/* A change is told after a quiet moment, at the latest after one
	 * second: a move changes two hosts, a reading all. */
	QUIET_MS = 300,
	QUIET_MOST_MS = 1000,
	RETRY_LEAST_MS = 1000,
	RETRY_MOST_MS = 60 * 1000,
	/* What makes a collector say 403 passes: another vCenter tells of the
	 * host until it is silent, or a token is put right. */
	BARRED_MS = 60 * 1000,
	SILENT_S = 30,
	MOST_S = 120,
	MS_PER_S = 1000,
	STATUS_FORBIDDEN = 403,
	STATUS_CONFLICTS = 409
};

static const char ROUTE[] = "/api/v1/reports";
static const char UNIX_PREFIX[] = "unix:";

static void run(struct teller *t, struct instant now);

/* ---- what is due
 * --------------------------------------------------------------------- */

static bool
is_quiet(const struct teller *t, struct instant now)
{
	return !t->waiting || now.ms >= t->quiet_at.ms;
}

/* What the vCenter said too long ago is not told as if it were so now; --once
 * tells what it has just read. */
static bool
is_fresh(const struct teller *t, struct instant now)
{
	return t->options->once || session_is_fresh(t->session, now);
}

static bool
is_barred(const struct told *told, struct instant now)
{
	return told->barred && now.ms < told->barred_until.ms;
}

static bool
wants_report(
    const struct teller *t, const struct esxi *host, struct instant now)
{
	const struct told *told = &host->told;

	if (!esxi_is_known(host) || told->sending || is_barred(told, now) ||
	    !poller_has_asked(host))
		return false;
	return (told->changed || told->wanted) && is_fresh(t, now);
}

static bool
wants_heartbeat(
    const struct teller *t, const struct esxi *host, struct instant now)
{
	const struct told *told = &host->told;

	return esxi_is_known(host) && !told->sending && told->digest[0] &&
	       told->beat.ms <= now.ms && is_fresh(t, now);
}

static struct instant
next_beat(const struct teller *t, struct instant now)
{
	return instant_after(now, t->options->heartbeat_s * MS_PER_S);
}

/* When there will be something to do, if nothing happens until then. */
static void
plan(struct teller *t, struct instant now)
{
	struct instant at = next_beat(t, now);
	const struct esxi *host;

	for (host = inventory_hosts(t->inventory); host;
	     host = inventory_next_host(host)) {
		if (host->told.digest[0] && !host->told.sending &&
		    host->told.beat.ms < at.ms)
			at = host->told.beat;
		if (is_barred(&host->told, now) &&
		    host->told.barred_until.ms < at.ms)
			at = host->told.barred_until;
		/* A collector did not take it. */
		if (!t->waiting && wants_report(t, host, now))
			at = now;
	}
	if (t->waiting && t->quiet_at.ms < at.ms)
		at = t->quiet_at;
	if (at.ms < t->not_before.ms)
		at = t->not_before;
	/* What is due now and cannot be told, since the vCenter is silent,
	 * is looked at again in a while. */
	if (at.ms <= now.ms)
		at = instant_after(now, MS_PER_S);
	loop_timer_set(t->loop, &t->timer, at);
}

/* ---- answers
 * -------------------------------------------------------------------------- */

static bool
take_reply(void *owner, const char *octets, size_t size)
{
	struct teller_slot *slot = owner;
	size_t room = sizeof(slot->reply) - slot->reply_size;

	if (size < room)
		room = size;
	memcpy(slot->reply + slot->reply_size, octets, room);
	slot->reply_size += room;
	return true;
}

static void
say_refused(const struct teller_slot *slot, long status)
{
	char said[TELLER_REPLY_SIZE * 3];
	bool cut;

	said[text_clean(said, sizeof(said) - 1, slot->reply, slot->reply_size,
	    &cut)] = '\0';
	log_error("the collector refused the report of host %s (%ld): %s",
	    list_only(slot->host->values[HOST_NAME]), status, said);
}

/* It is reported as a whole when it is its time again; said once. */
static void
take_forbidden(struct teller_slot *slot, struct instant now)
{
	struct told *told = &slot->host->told;

	if (!told->barred)
		say_refused(slot, STATUS_FORBIDDEN);
	told->barred = told->changed = true;
	told->barred_until = instant_after(now, BARRED_MS);
	told->digest[0] = '\0';
}

static void
take_acknowledged(struct teller *t, struct teller_slot *slot)
{
	struct told *told = &slot->host->told;

	if (t->not_reached)
		log_info("reports are delivered again");
	t->not_reached = t->failed = false;
	failover_succeed(&t->failover, slot->collector);
	backoff_succeed(&t->backoff);
	if (told->barred)
		log_info("reports of host %s are delivered again",
		    list_only(slot->host->values[HOST_NAME]));
	told->barred = false;
	if (slot->heartbeat)
		return;
	text_copy(told->digest, sizeof(told->digest), slot->digest);
	told->refused[0] = '\0';
}

/* Another collector next; when none is left, later. */
static void
take_failure(struct teller *t, const struct teller_slot *slot,
    struct instant now, const char *why)
{
	uint64_t dice = (uint64_t)now.ms;

	t->failed = true;
	(void)!getrandom(&dice, sizeof(dice), GRND_NONBLOCK);
	if (!failover_fail(&t->failover, slot->collector, now.ms, dice))
		return;
	if (!t->not_reached)
		log_warning("reports wait: %s", why);
	t->not_reached = true;
	t->not_before = instant_after(now, backoff_fail(&t->backoff, dice));
	if (t->stuck)
		t->stuck(t->owner);
}

static void
take_status(struct teller *t, struct teller_slot *slot,
    const struct http_result *result, struct instant now)
{
	struct told *told = &slot->host->told;
	long status = result->status;
	char why[HTTP_WHY_SIZE + 128];

	if (status >= 200 && status < 300) {
		take_acknowledged(t, slot);
	} else if (status == STATUS_CONFLICTS && slot->heartbeat) {
		told->wanted = true;
	} else if (status == STATUS_FORBIDDEN) {
		take_forbidden(slot, now);
	} else if (status == STATUS_CONFLICTS || status == 400 ||
		   status == 413 || status == 415 || status == 422) {
		say_refused(slot, status);
		told->barred = false;
		text_copy(told->refused, sizeof(told->refused), slot->digest);
		told->digest[0] = '\0';
	} else {
		const char *to = t->options->collectors.items[slot->collector];

		if (status == 0)
			snprintf(why, sizeof(why),
			    "collector %.80s not reached: %s", to, result->why);
		else
			snprintf(why, sizeof(why),
			    "collector %.80s answers with status %ld", to,
			    status);
		told->changed = told->changed || !slot->heartbeat;
		if (slot->heartbeat)
			told->beat = now;
		take_failure(t, slot, now, why);
	}
}

static void
call_ended(void *owner, const struct http_result *result)
{
	struct teller_slot *slot = owner;
	struct teller *t = slot->teller;
	struct instant now = clock_now();

	slot->host->told.sending = false;
	slot->host->told.beat = next_beat(t, now);
	take_status(t, slot, result, now);
	slot->host = NULL;
	run(t, now);
}

/* ---- documents
 * -------------------------------------------------------------------------- */

/* The token is read for each document: it may have been changed. */
static bool
write_token(struct teller *t, struct teller_slot *slot)
{
	char token[SECRET_SIZE], error[SECRET_ERROR_SIZE];
	uint32_t held;

	slot->authorization[0] = '\0';
	if (!t->options->token_file)
		return true;
	if (secret_read_token(t->options->token_file, token, error) !=
	    STATUS_OK) {
		if (log_gate(&t->token_gate, clock_now().ms, &held))
			log_error("reports wait: %s", error);
		return false;
	}
	snprintf(slot->authorization, sizeof(slot->authorization),
	    "Authorization: Bearer %s", token);
	explicit_bzero(token, sizeof(token));
	return true;
}

static void
post(struct teller *t, struct teller_slot *slot)
{
	const char *to = t->options->collectors.items[slot->collector];
	size_t prefix = sizeof(UNIX_PREFIX) - 1;
	bool local = strncmp(to, UNIX_PREFIX, prefix) == 0;
	size_t length = strlen(to);
	struct http_request request = { .url = slot->url,
		.unix_socket = local ? to + prefix : NULL,
		.ca = t->options->collector_ca,
		.headers = { "Content-Type: application/json", slot->sent_at,
		    slot->authorization },
		.body = buffer_string(&slot->body),
		.body_size = slot->body.size,
		.silence_s = SILENT_S,
		.most_s = MOST_S,
		.take = take_reply,
		.done = call_ended,
		.owner = slot };

	while (length > 0 && to[length - 1] == '/')
		length--;
	if (local)
		snprintf(
		    slot->url, sizeof(slot->url), "http://localhost%s", ROUTE);
	else
		snprintf(slot->url, sizeof(slot->url), "%.*s%s", (int)length,
		    to, ROUTE);
	snprintf(slot->sent_at, sizeof(slot->sent_at), "Demarc-Sent-At: %lld",
	    (long long)clock_unix_s());
	slot->reply_size = 0;
	slot->host->told.sending = true;
	if (write_token(t, slot)) {
		if (!slot->authorization[0])
			request.headers[2] = NULL;
		if (http_start(t->http, &slot->call, &request) == STATUS_OK)
			return;
	}
	slot->host->told.sending = false;
	slot->host->told.changed = true;
	t->not_before = instant_after(clock_now(), RETRY_LEAST_MS);
	slot->host = NULL;
}

struct report_head
teller_head(struct teller *teller)
{
	static const char *const sources[] = { "vsphere", NULL };
	int64_t now = clock_unix_ms();

	teller->number = now > teller->number ? now : teller->number + 1;
	return (struct report_head){ .number = teller->number,
		.sent_at = clock_unix_s(),
		.started_at = teller->started_at,
		.agent_version = DEMARC_VERSION,
		.program = "demarc-vsphere",
		.via = teller->session->via,
		.sources = sources };
}

static void
say_lost(struct esxi *host, uint32_t vlans)
{
	if (vlans > 0 && host->told.vlans_lost == 0)
		log_warning("host %s hears more VLANs than a report takes: %u "
			    "are left out",
		    list_only(host->values[HOST_NAME]), vlans);
	host->told.vlans_lost = vlans;
}

/* False: it would say what the collector knows, or refused. */
static bool
write_report(struct teller *t, struct teller_slot *slot, struct esxi *host)
{
	struct report_head head = teller_head(t);
	struct told *told = &host->told;
	bool wanted = told->wanted;

	buffer_clear(&slot->body);
	say_lost(host, compose_report(t->inventory, host, &head, &slot->body,
			   slot->digest));
	told->changed = told->wanted = false;
	if (!buffer_ok(&slot->body)) {
		log_error("the report of host %s is larger than %d octets and "
			  "is not sent",
		    list_only(host->values[HOST_NAME]), REPORT_SIZE_MOST);
		return false;
	}
	if (strcmp(slot->digest, told->refused) == 0)
		return false;
	return wanted || strcmp(slot->digest, told->digest) != 0;
}

static void
write_heartbeat(
    struct teller *t, struct teller_slot *slot, const struct esxi *host)
{
	struct report_head head = teller_head(t);

	buffer_clear(&slot->body);
	compose_heartbeat(host, &head, host->told.digest, &slot->body);
}

static struct teller_slot *
free_slot(struct teller *t)
{
	for (unsigned i = 0; i < TELLER_SLOTS; i++) {
		if (!http_is_busy(&t->slots[i].call))
			return &t->slots[i];
	}
	return NULL;
}

/* Tells what is due of one host, if anything is. */
static void
tell(struct teller *t, struct teller_slot *slot, struct esxi *host,
    struct instant now)
{
	bool report = wants_report(t, host, now) &&
		      (is_quiet(t, now) || host->told.wanted);

	if (report && !write_report(t, slot, host))
		report = false;
	if (!report && !wants_heartbeat(t, host, now))
		return;
	if (!report)
		write_heartbeat(t, slot, host);
	slot->heartbeat = !report;
	slot->host = host;
	slot->collector = failover_place(&t->failover, now.ms);
	post(t, slot);
}

static bool
is_idle(const struct teller *t, struct instant now)
{
	const struct esxi *host;

	for (host = inventory_hosts(t->inventory); host;
	     host = inventory_next_host(host)) {
		if (host->told.sending ||
		    (esxi_is_known(host) && host->told.changed &&
			!is_barred(&host->told, now)))
			return false;
	}
	return true;
}

static void
run(struct teller *t, struct instant now)
{
	struct teller_slot *slot = free_slot(t);
	struct esxi *host = inventory_hosts(t->inventory);

	if (t->options->collectors.count == 0)
		return;
	for (; host && slot && now.ms >= t->not_before.ms;
	     host = inventory_next_host(host)) {
		tell(t, slot, host, now);
		slot = free_slot(t);
	}
	if (t->waiting && is_quiet(t, now) && slot)
		t->waiting = false;
	plan(t, now);
	if (t->idle && is_idle(t, now))
		t->idle(t->owner);
}

static void
timer_fired(void *owner, struct instant now)
{
	run(owner, now);
}

void
teller_note_change(struct teller *teller, struct instant now)
{
	struct instant at = instant_after(now, QUIET_MS);
	struct instant latest;

	if (!teller->waiting)
		teller->changed_first = now;
	teller->waiting = true;
	latest = instant_after(teller->changed_first, QUIET_MOST_MS);
	teller->quiet_at = at.ms < latest.ms ? at : latest;
	plan(teller, now);
}

void
teller_init(struct teller *teller, struct session *session, struct http *http)
{
	*teller = (struct teller){ .loop = session->loop,
		.http = http,
		.session = session,
		.inventory = session->inventory,
		.options = session->options,
		.started_at = clock_unix_s(),
		.failover = { .count = session->options->collectors.count,
		    .return_ms = session->options->return_after_s * MS_PER_S },
		.backoff = {
		    .least_ms = RETRY_LEAST_MS, .most_ms = RETRY_MOST_MS } };
	teller->timer =
	    (struct loop_timer){ .fire = timer_fired, .owner = teller };
	for (unsigned i = 0; i < TELLER_SLOTS; i++) {
		teller->slots[i].teller = teller;
		buffer_init(&teller->slots[i].body, REPORT_SIZE_MOST);
	}
}

void
teller_done(struct teller *teller)
{
	loop_timer_stop(teller->loop, &teller->timer);
	for (unsigned i = 0; i < TELLER_SLOTS; i++) {
		http_cancel(&teller->slots[i].call);
		buffer_done(&teller->slots[i].body);
	}
}
