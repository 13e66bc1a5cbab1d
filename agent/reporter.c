#include "agent/reporter.h"

#include <errno.h>
#include <string.h>

#include "agent/compose.h"
#include "agent/host_facts.h"
#include "agent/memory.h"
#include "base/text.h"

enum {
	/* A change is told after a quiet moment, at the latest after one
	 * second: links come and neighbors speak in bursts. */
	QUIET_MS = 300,
	QUIET_MOST_MS = 1000,
	HEARTBEAT_LEAST_MS = 1000,
	MS_PER_S = 1000
};

static void
next_number(struct agent *agent)
{
	int64_t now = clock_unix_ms();

	agent->number = now > agent->number ? now : agent->number + 1;
}

static void
put(struct agent *agent, const struct buffer *text, enum spool_kind kind)
{
	struct spool_document document = { .number = agent->number,
		.kind = kind,
		.octets = buffer_string(text),
		.size = text->size };
	unsigned dropped = 0;
	uint32_t held;
	enum status status;

	if (!buffer_ok(text)) {
		if (log_gate(&agent->spool_gate, clock_now().ms, &held))
			log_error("the report is larger than %d octets and "
				  "is not sent",
			    REPORT_SIZE_MOST);
		return;
	}
	spool_keep_number(&agent->spool, agent->number);
	memory_save(agent);
	status = spool_put(&agent->spool, &document, &dropped);
	if ((status != STATUS_OK || dropped > 0) &&
	    log_gate(&agent->spool_gate, clock_now().ms, &held)) {
		if (status != STATUS_OK)
			log_error("cannot keep a report: %s", strerror(errno));
		else
			log_warning("too many reports wait: the oldest "
				    "dropped, the newest tell it all");
	}
	delivery_kick(&agent->delivery, clock_now());
}

/* The next one is due before what was told just now is too old to be believed:
 * when half of the shortest time to live is over. */
static void
plan_heartbeat(struct agent *agent, struct instant now)
{
	int64_t wait_ms = agent->options->heartbeat_s * MS_PER_S;
	struct instant expiry;

	if (neighbors_next(&agent->neighbors, &expiry)) {
		int64_t half_ms = instant_ms_between(now, expiry) / 2;

		if (half_ms < wait_ms)
			wait_ms = half_ms;
		if (wait_ms < HEARTBEAT_LEAST_MS)
			wait_ms = HEARTBEAT_LEAST_MS;
	}
	loop_timer_set(
	    agent->loop, &agent->heartbeat, instant_after(now, wait_ms));
}

/* False: it would say what the last one said, and was not sent. */
static bool
send_report(struct agent *agent, bool even_if_same)
{
	CLEANUP(buffer_done) struct buffer text = { 0 };
	char digest[REPORT_DIGEST_SIZE];

	if (agent->addresses_changed && !agent->options->host_name)
		(void)host_facts_refresh(&agent->host);
	agent->addresses_changed = false;
	buffer_init(&text, REPORT_SIZE_MOST);
	compose_refresh(agent);
	next_number(agent);
	compose_report(agent, &text, digest);
	if (!even_if_same && strcmp(digest, agent->digest) == 0)
		return false;
	text_copy(agent->digest, sizeof(agent->digest), digest);
	put(agent, &text, SPOOL_REPORT);
	return true;
}

/* The collector does not have what was told last. */
static void
send_again(void *owner)
{
	(void)send_report(owner, true);
}

static void
quiet_moment(void *owner, struct instant now)
{
	struct agent *agent = owner;

	agent->changed = false;
	if (send_report(agent, false))
		plan_heartbeat(agent, now);
}

/* While reports wait, a heartbeat would tell nothing: the collector is not
 * reached, and the newest report says more. */
static void
beat(void *owner, struct instant now)
{
	struct agent *agent = owner;
	CLEANUP(buffer_done) struct buffer text = { 0 };

	plan_heartbeat(agent, now);
	if (agent->changed || spool_has_report(&agent->spool)) {
		delivery_kick(&agent->delivery, now);
		return;
	}
	buffer_init(&text, REPORT_SIZE_MOST);
	next_number(agent);
	compose_heartbeat(agent, &text);
	put(agent, &text, SPOOL_HEARTBEAT);
}

void
reporter_init(struct agent *agent)
{
	agent->report =
	    (struct loop_timer){ .fire = quiet_moment, .owner = agent };
	agent->heartbeat = (struct loop_timer){ .fire = beat, .owner = agent };
}

void
reporter_start(struct agent *agent)
{
	struct instant now = clock_now();
	int64_t waiting;

	if (agent->options->collectors.count == 0) {
		log_info("no collector is configured: only show tells what is "
			 "heard");
		return;
	}
	delivery_init(
	    &agent->delivery, agent->loop, agent->options, &agent->spool);
	agent->delivery.wants_report = send_again;
	agent->delivery.owner = agent;
	(void)spool_count(&agent->spool, &waiting);
	agent->number = spool_number(&agent->spool);
	if (waiting > agent->number)
		agent->number = waiting;
	reporter_note_change(agent, now);
	plan_heartbeat(agent, now);
}

void
reporter_stop(struct agent *agent)
{
	loop_timer_stop(agent->loop, &agent->report);
	loop_timer_stop(agent->loop, &agent->heartbeat);
}

void
reporter_note_change(struct agent *agent, struct instant now)
{
	struct instant at = instant_after(now, QUIET_MS);
	struct instant latest;

	if (agent->options->collectors.count == 0)
		return;
	if (!agent->changed)
		agent->changed_first = now;
	agent->changed = true;
	latest = instant_after(agent->changed_first, QUIET_MOST_MS);
	loop_timer_set(
	    agent->loop, &agent->report, at.ms < latest.ms ? at : latest);
}
