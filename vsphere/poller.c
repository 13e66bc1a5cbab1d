#include "vsphere/poller.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "vsphere/ask.h"

enum {
	MS_PER_S = 1000,
	PAUSE_MS = 1000, /* while nobody can be asked */
	/* A host whose wiring changes is asked at once, but not each time that
	 * a link flaps. */
	REWIRED_MS = 1000,
	HINT_SILENCE_S = 30
};

static bool
can_be_asked(const struct esxi *host)
{
	return esxi_is_known(host) && esxi_is_connected(host) &&
	       list_only(host->values[HOST_NETWORK_SYSTEM])[0] != '\0';
}

bool
poller_has_asked(const struct esxi *host)
{
	return host->hinted || !can_be_asked(host);
}

bool
poller_is_through(const struct poller *poller)
{
	const struct esxi *host;

	for (host = inventory_hosts(poller->session->inventory); host;
	     host = inventory_next_host(host)) {
		if (!poller_has_asked(host))
			return false;
	}
	return true;
}

/* FNV-1a: where in the period a host's moment is. */
static int64_t
offset_ms(const struct esxi *host, int64_t period_ms)
{
	uint64_t key = 0xcbf29ce484222325u;

	for (const char *c = host->id; *c; c++)
		key = (key ^ (uint8_t)*c) * 0x100000001b3u;
	return (int64_t)((key >> 1) % (uint64_t)period_ms);
}

/* Its next moment, at least half a period away. */
static struct instant
next_moment(const struct esxi *host, int64_t period_ms, struct instant now)
{
	int64_t least = now.ms + period_ms / 2;
	int64_t offset = offset_ms(host, period_ms);
	int64_t at = least - least % period_ms + offset;

	return (struct instant){ at < least ? at + period_ms : at };
}

/* When it is to be asked. */
static struct instant
due(const struct esxi *host)
{
	struct instant soon = instant_after(host->hint_asked, REWIRED_MS);

	return host->rewired && soon.ms < host->hint_due.ms ? soon
							    : host->hint_due;
}

static bool
is_being_asked(const struct poller *p, const struct esxi *host)
{
	for (unsigned i = 0; i < POLLER_SLOTS; i++) {
		const struct poller_slot *s = &p->slots[i];

		if (exchange_is_busy(&s->exchange) &&
		    strcmp(s->host, host->object.reference) == 0)
			return true;
	}
	return false;
}

/* The one whose turn it is: who was never asked first. */
static struct esxi *
whose_turn(const struct poller *p)
{
	struct esxi *first = NULL, *host;

	for (host = inventory_hosts(p->session->inventory); host;
	     host = inventory_next_host(host)) {
		if (!can_be_asked(host) || is_being_asked(p, host))
			continue;
		if (!host->hinted)
			return host;
		if (!first || due(host).ms < due(first).ms)
			first = host;
	}
	return first;
}

/* ---- answers
 * ------------------------------------------------------------------- */

static void
take_hints(struct poller *p, struct esxi *host, const struct soap_result *r)
{
	struct list *hints = r->list;
	bool changed = false;

	host->hearing.period_s = (uint32_t)p->session->options->hint_period_s;
	if (hearing_take(&host->hearing, hints, clock_unix_s(), &changed) !=
	    STATUS_OK)
		return;
	host->told.changed = host->told.changed || changed;
}

static void
say_failed(struct poller *p, const struct esxi *host, const char *why)
{
	uint32_t held;

	if (log_gate(&p->gate, clock_now().ms, &held))
		log_warning("host %s does not tell what its NICs hear: %s",
		    list_only(host->values[HOST_NAME]), why);
}

/* That nothing is told is not that nothing is heard. */
static void
note_mute(struct esxi *host, bool mute)
{
	host->told.changed = host->told.changed || host->mute != mute;
	host->mute = mute;
}

/* Others may have noticed, and logged in, before this answer came. */
static bool
is_of_session(const struct poller_slot *slot, const struct session *session)
{
	return strstr(slot->exchange.cookie_line, session->target.cookie) !=
	       NULL;
}

static void
exchange_ended(void *owner, enum exchange_end end,
    const struct soap_result *result, const char *why)
{
	struct poller_slot *slot = owner;
	struct poller *p = slot->poller;
	struct esxi *host =
	    inventory_find_host(p->session->inventory, slot->host);
	struct instant now = clock_now();

	if (end == EXCHANGE_FAULT &&
	    strcmp(result->fault.kind, "NotAuthenticated") == 0) {
		if (is_of_session(slot, p->session))
			session_lost(p->session);
		poller_kick(p, now);
		return;
	}
	if (!host || !host->object.known) {
		free(result->list);
		poller_kick(p, now);
		return;
	}
	if (end == EXCHANGE_ANSWERED)
		take_hints(p, host, result);
	else
		say_failed(p, host, why);
	note_mute(host, end != EXCHANGE_ANSWERED);
	host->hinted = true;
	host->hint_due = next_moment(
	    host, (int64_t)p->session->options->hint_period_s * MS_PER_S, now);
	p->asked(p->owner, now);
	poller_kick(p, now);
}

/* ---- questions
 * ------------------------------------------------------------------- */

static struct poller_slot *
free_slot(struct poller *p)
{
	for (unsigned i = 0; i < POLLER_SLOTS; i++) {
		if (!exchange_is_busy(&p->slots[i].exchange))
			return &p->slots[i];
	}
	return NULL;
}

/* False: for want of memory; it is tried again. */
static bool
ask_host(struct poller *p, struct poller_slot *slot, struct esxi *host,
    struct instant now)
{
	static const struct soap_settings read = { .shape = &shape_hints };

	host->rewired = false;
	host->hint_asked = now;
	text_copy(slot->host, sizeof(slot->host), host->object.reference);
	ask_hints(
	    &slot->exchange.body, list_only(host->values[HOST_NETWORK_SYSTEM]));
	if (exchange_start(&slot->exchange, &p->session->target, &read,
		HINT_SILENCE_S) == STATUS_OK)
		return true;
	loop_timer_set(
	    p->session->loop, &p->timer, instant_after(clock_now(), PAUSE_MS));
	return false;
}

/* As many as may be asked at once; the timer waits for the next one. */
static void
ask_due(struct poller *p, struct instant now)
{
	struct poller_slot *slot;

	while ((slot = free_slot(p)) != NULL) {
		struct esxi *host = whose_turn(p);

		if (!host)
			return;
		if (host->hinted && due(host).ms > now.ms) {
			loop_timer_set(p->session->loop, &p->timer, due(host));
			return;
		}
		if (!ask_host(p, slot, host, now))
			return;
	}
}

void
poller_kick(struct poller *poller, struct instant now)
{
	struct loop *loop = poller->session->loop;

	loop_timer_stop(loop, &poller->timer);
	if (session_is_open(poller->session))
		ask_due(poller, now);
	else if (poller->session->state < SESSION_LOGOUT)
		loop_timer_set(
		    loop, &poller->timer, instant_after(now, PAUSE_MS));
}

static void
timer_fired(void *owner, struct instant now)
{
	poller_kick(owner, now);
}

void
poller_init(struct poller *poller, struct session *session, struct http *http)
{
	*poller = (struct poller){ .session = session };
	for (unsigned i = 0; i < POLLER_SLOTS; i++) {
		struct poller_slot *s = &poller->slots[i];

		s->poller = poller;
		exchange_init(&s->exchange, http);
		s->exchange.done = exchange_ended;
		s->exchange.owner = s;
	}
	poller->timer =
	    (struct loop_timer){ .fire = timer_fired, .owner = poller };
}

void
poller_done(struct poller *poller)
{
	loop_timer_stop(poller->session->loop, &poller->timer);
	for (unsigned i = 0; i < POLLER_SLOTS; i++)
		exchange_done(&poller->slots[i].exchange);
}
