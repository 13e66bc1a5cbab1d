#include "agent/listen.h"

#include <errno.h>
#include <linux/capability.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "agent/capture.h"
#include "agent/decode.h"
#include "agent/privilege.h"
#include "agent/survey.h"
#include "agent/wording.h"
#include "base/buffer.h"
#include "base/json.h"
#include "base/loop.h"
#include "report/address.h"
#include "report/neighbor_json.h"

enum {
	/* A switch sends both protocols together, or the second comes half a
	 * minute later: nobody waits for that. */
	GATHER_MS = 500,
	SETTLE_MS = 3000,
	SECOND_MS = 1000,
	SENDERS_MOST = 8,
	TEXT_SIZE_MOST = 1 << 20
};

struct sender {
	uint8_t mac[MAC_SIZE];
	unsigned protocols; /* bits, by enum protocol */
	bool told;
	bool tunnelled;
	struct words words;
};

struct listener {
	const struct options *options;
	const struct link *link;
	struct loop *loop;
	struct captures *captures;
	struct loop_timer tick, gather, end;
	struct instant until;
	bool terminal;
	unsigned long heard, malformed, own, goodbyes;
	struct sender senders[SENDERS_MOST];
	unsigned sender_count;
};

/* ---- telling ------------------------------------------------------------ */

static void
clear_line(const struct listener *l)
{
	if (l->terminal)
		fputs("\r\033[K", stderr);
}

static void
tell_sender(const struct listener *l, const struct sender *s)
{
	const struct words *w = &s->words;

	printf("%s is on port %s of %s %s (%s%s%s)\n", l->link->name,
	    w->port[0] ? w->port : "(not said)",
	    w->is_switch ? "switch" : "device",
	    w->device[0] ? w->device : "(not said)", w->protocols,
	    w->vlan[0] ? ", " : "", w->vlan);
	if (w->detail[0] != '\0')
		printf("  %s\n", w->detail);
	if (s->tunnelled)
		puts("  heard through a tunnel: this may be a remote device, "
		     "not the one at the cable's end");
}

/* Tells of each sender not told of yet; JSON was told at once. */
static void
tell_all(struct listener *l)
{
	for (unsigned i = 0; i < l->sender_count; i++) {
		struct sender *s = &l->senders[i];

		if (!s->told && !l->options->json) {
			clear_line(l);
			tell_sender(l, s);
		}
		s->told = true;
	}
	fflush(stdout);
}

static void
tell_json(const struct neighbor *said)
{
	CLEANUP(buffer_done) struct buffer text = { .limit = TEXT_SIZE_MOST };
	struct json j = json_over(&text);

	neighbor_json(&j, said);
	puts(buffer_string(&text));
	fflush(stdout);
}

/* The second protocol, when the first was told of already. */
static void
tell_second(
    const struct listener *l, const struct sender *s, const struct words *more)
{
	if (l->options->json)
		return;
	clear_line(l);
	if (words_agree(&s->words, more))
		printf("%s says the same%s%s\n", more->protocols,
		    more->vlan[0] ? ", and " : "", more->vlan);
	else
		printf("%s names port %s of %s\n", more->protocols, more->port,
		    more->device);
}

static void
tick(void *owner, struct instant now)
{
	struct listener *l = owner;
	int64_t left = instant_ms_between(now, l->until) / SECOND_MS;

	if (l->terminal && l->sender_count == 0)
		fprintf(stderr,
		    "\r\033[K%s: listening, %lld s left (switches speak every "
		    "30 to 60 s)",
		    l->link->name, (long long)left);
	loop_timer_set(l->loop, &l->tick, instant_after(now, SECOND_MS));
}

static void
gathered(void *owner, struct instant now)
{
	(void)now;
	tell_all(owner);
}

static void
time_is_over(void *owner, struct instant now)
{
	struct listener *l = owner;

	(void)now;
	loop_stop(l->loop);
}

/* ---- hearing ------------------------------------------------------------ */

static struct sender *
sender_of(struct listener *l, const uint8_t mac[static MAC_SIZE])
{
	struct sender *s;

	for (unsigned i = 0; i < l->sender_count; i++) {
		if (memcmp(l->senders[i].mac, mac, MAC_SIZE) == 0)
			return &l->senders[i];
	}
	if (l->sender_count == SENDERS_MOST)
		return NULL;
	s = &l->senders[l->sender_count++];
	memcpy(s->mac, mac, MAC_SIZE);
	return s;
}

static bool
is_own(const struct link *link, const uint8_t mac[static MAC_SIZE])
{
	return (link->has_mac && memcmp(link->mac, mac, MAC_SIZE) == 0) ||
	       (link->has_permanent_mac &&
		   memcmp(link->permanent_mac, mac, MAC_SIZE) == 0);
}

static void
take_said(struct listener *l, const struct neighbor *said)
{
	struct sender *s = sender_of(l, said->source_mac);
	unsigned bit = 1u << said->protocol;
	const unsigned both = 1u << PROTOCOL_LLDP | 1u << PROTOCOL_CDP;
	struct instant now = clock_now();
	struct words words;

	if (!s || (s->protocols & bit))
		return;
	words_of(said, &words);
	if (l->options->json)
		tell_json(said);
	if (s->told)
		tell_second(l, s, &words);
	if (s->protocols == 0)
		s->words = words;
	else
		words_merge(&s->words, &words);
	s->tunnelled = said->scope == SCOPE_TUNNELLED;
	s->protocols |= bit;
	if (!l->end.set || instant_ms_between(now, l->end.at) > SETTLE_MS)
		loop_timer_set(l->loop, &l->end, instant_after(now, SETTLE_MS));
	if (!l->gather.set)
		loop_timer_set(
		    l->loop, &l->gather, instant_after(now, GATHER_MS));
	if ((s->protocols & both) == both)
		loop_stop(l->loop);
}

static void
take_frame(void *owner, uint32_t nic, struct cursor frame, size_t size)
{
	struct listener *l = owner;
	struct neighbor said;
	const char *reason;

	(void)nic;
	if (size > frame.left)
		return;
	switch (decode_frame(LINK_ETHERNET, frame, &said, &reason)) {
	case DECODE_NOT_DISCOVERY:
		return;
	case DECODE_MALFORMED:
		l->malformed++;
		return;
	case DECODE_OK:
		break;
	}
	l->heard++;
	if (is_own(l->link, said.source_mac))
		l->own++;
	else if ((said.has & HAS_TTL) && said.ttl_s == 0)
		l->goodbyes++;
	else
		take_said(l, &said);
}

/* ---- why nothing was heard ------------------------------------------------
 */

static void
explain_counts(const struct listener *l)
{
	if (l->malformed > 0)
		printf("- %lu malformed frames came and were dropped\n",
		    l->malformed);
	if (l->own > 0)
		printf("- %lu frames of this host itself came back: there is "
		       "a loop behind this port\n",
		    l->own);
	if (l->goodbyes > 0)
		printf("- a neighbor said goodbye and nothing since\n");
}

/* The NIC may have changed while we waited: looks anew. */
static void
explain_silence(const struct listener *l, struct survey *survey)
{
	struct nic_evidence evidence;
	struct findings findings;
	const struct link *link;

	printf("%s heard nothing in %ld s; why may that be?\n", l->link->name,
	    l->options->timeout_s);
	explain_counts(l);
	survey_done(survey);
	if (survey_init(survey) != STATUS_OK)
		return;
	link = links_find(&survey->links, l->link->index);
	if (!link) {
		puts("- the NIC is gone from this host");
		return;
	}
	survey_examine(survey, link, &evidence);
	evidence.heard.known = evidence.heard.listening = true;
	judge_nic(&evidence, &findings);
	for (unsigned i = 0; i < findings.count; i++) {
		const struct finding *f = &findings.items[i];

		if (f->verdict == VERDICT_OK || strcmp(f->topic, "heard") == 0)
			continue;
		printf("- %s\n", f->text);
		if (f->fix[0] != '\0')
			printf("  try: %s\n", f->fix);
	}
	if (l->options->timeout_s < 65)
		puts("- CDP comes every 60 s: listen for 65 s or longer");
}

/* ---- the command ----------------------------------------------------------
 */

static int
refuse(const char *nic, enum status status)
{
	if (status == STATUS_NOT_ALLOWED)
		fprintf(stderr,
		    "demarc-agent: only root may listen: sudo demarc-agent "
		    "listen %s\n",
		    nic);
	else
		fprintf(stderr, "demarc-agent: cannot listen on %s: %s\n", nic,
		    status == STATUS_SYSTEM ? strerror(errno)
					    : status_text(status));
	return LISTEN_WRONG;
}

static enum status
open_nic(struct listener *l)
{
	struct captures_settings settings = { .take = take_frame, .owner = l };
	enum status status = loop_new(&l->loop);

	settings.loop = l->loop;
	if (status == STATUS_OK)
		status = captures_new(&settings, &l->captures);
	if (status == STATUS_OK)
		status = captures_open(l->captures, l->link->index);
	return status;
}

/* What it hears is hostile: root, if it was there, is not needed any more. */
static enum status
give_up_root(const struct options *options)
{
	struct account account;
	enum status status = privilege_find(options->user, &account);

	if (status == STATUS_NOT_FOUND)
		fprintf(stderr,
		    "demarc-agent: there is no user \"%s\"; --user names one "
		    "that is there\n",
		    options->user ? options->user : "nobody");
	if (status != STATUS_OK)
		return status;
	status = privilege_give_up(&account, CAP_NET_RAW);
	if (status != STATUS_OK)
		fprintf(stderr, "demarc-agent: cannot become user %s: %s\n",
		    options->user ? options->user : "nobody", strerror(errno));
	return status;
}

static void
warn_of_link(const struct link *link)
{
	if (!link->up)
		fprintf(stderr,
		    "%s is down: nothing will be heard before \"ip link set "
		    "%s up\"\n",
		    link->name, link->name);
	else if (!link->carrier)
		fprintf(stderr, "%s has no carrier; waiting for a cable\n",
		    link->name);
}

static enum status
wait_for_answer(struct listener *l)
{
	struct instant now = clock_now();

	l->until = instant_after(now, l->options->timeout_s * SECOND_MS);
	l->terminal = isatty(STDERR_FILENO) && !l->options->json;
	l->tick = (struct loop_timer){ .fire = tick, .owner = l };
	l->gather = (struct loop_timer){ .fire = gathered, .owner = l };
	l->end = (struct loop_timer){ .fire = time_is_over, .owner = l };
	loop_timer_set(l->loop, &l->end, l->until);
	if (l->terminal)
		tick(l, now);
	return loop_run(l->loop);
}

static int
listen_on(const struct options *options, struct survey *survey,
    const struct link *link)
{
	/* The survey is taken anew at the end; the link must outlive that. */
	const struct link copy = *link;
	struct listener l = { .options = options, .link = &copy };
	enum status status = open_nic(&l);
	int result = LISTEN_HEARD;

	if (status != STATUS_OK) {
		result = refuse(copy.name, status);
	} else if (give_up_root(options) != STATUS_OK) {
		result = LISTEN_WRONG;
	} else {
		warn_of_link(&copy);
		status = wait_for_answer(&l);
		tell_all(&l);
		clear_line(&l);
		if (l.sender_count == 0)
			result = LISTEN_NOTHING;
	}
	if (result == LISTEN_NOTHING && !options->json)
		explain_silence(&l, survey);
	captures_free(l.captures);
	loop_free(l.loop);
	return status == STATUS_OK ? result : LISTEN_WRONG;
}

int
listen_command(const struct options *options, int argc, char **argv)
{
	CLEANUP(buffer_done) struct buffer why = { .limit = TEXT_SIZE_MOST };
	const struct link *link;
	struct survey survey;
	int result = LISTEN_WRONG;

	if (argc != 2) {
		fprintf(stderr, "demarc-agent: listen takes one NIC, as in: "
				"demarc-agent listen eno1\n");
		return LISTEN_WRONG;
	}
	if (survey_init(&survey) != STATUS_OK) {
		fprintf(stderr,
		    "demarc-agent: the kernel does not tell its "
		    "links: %s\n",
		    strerror(errno));
		survey_done(&survey);
		return LISTEN_WRONG;
	}
	link = survey_find(&survey, argv[1], &why);
	if (link)
		result = listen_on(options, &survey, link);
	else
		fprintf(stderr, "demarc-agent: %s", buffer_string(&why));
	survey_done(&survey);
	return result;
}
