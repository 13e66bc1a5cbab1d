/*
 * findings.h - what does not fit in all hosts, from one judging to the next.
 *
 *	judgements of a host -> [findings] -> news: opened, changed, closed
 *
 * What is broken is told when it has been so for as long as its rule says, and
 * is closed when it has been mended for as long; what is judged unknown is at
 * once no longer told to be broken.  So whatever flaps is told once.
 *
 * Memory:  findings_init/findings_done; what a function lends stays until the
 *          next one that is not const.
 * Errors:  STATUS_NO_MEMORY; then what was told before stays told.
 * Units:   unix seconds; -1: never.
 */
#ifndef COLLECTOR_FINDINGS_H
#define COLLECTOR_FINDINGS_H

#include "base/status.h"
#include "collector/finding.h"

enum {
	/* Of one host: more than anybody mends before the next judging. */
	FINDINGS_OF_HOST_MOST = 256
};

struct findings_host {
	int64_t host_id;
	struct finding *items; /* told, or held back by now */
	size_t count, capacity;
	int64_t judged_at; /* -1: not in this life */
	int64_t due;       /* when something that is held is due; -1: nothing */
	uint64_t standing; /* standing.h: as it was when it was judged */
};

struct findings {
	const struct rule *rules;    /* ended by id NULL */
	struct findings_host *hosts; /* ordered by host_id */
	size_t count, capacity;
	size_t judged; /* of them, in this life */
};

enum finding_event {
	FINDING_OPENED,
	FINDING_CHANGED,
	FINDING_CLOSED,
	FINDING_ACKNOWLEDGED
};

/* What is told, and stored. */
struct finding_news {
	struct finding_news *next;
	enum finding_event event;
	int64_t at;
	struct finding finding; /* as it is then */
};
struct findings_news {
	struct finding_news *first, *last;
	bool lost; /* there was no memory for some */
};

void findings_init(struct findings *f, const struct rule *rules);
void findings_done(struct findings *f);

/* What all rules say of one host now. */
MUST_USE enum status findings_take(struct findings *f, int64_t host_id,
    const struct judgements *judged, int64_t now, struct findings_news *news);

/* One that was open before this life; of a rule that is none any more, it is
 * not taken. */
MUST_USE enum status findings_restore(
    struct findings *f, const char *rule, struct finding *taken_finding);

/* NULL: nothing is known of the host, or there is none. */
struct findings_host *findings_of(const struct findings *f, int64_t host_id);
const struct finding *findings_find(const struct findings *f, int64_t id);

/* STATUS_NOT_FOUND: none is open. */
MUST_USE enum status findings_acknowledge(struct findings *f, int64_t id,
    const struct finding_ack *ack, struct findings_news *news);

/* Calls for each one that is open. */
void findings_visit(const struct findings *f,
    void (*visit)(void *context, const struct finding *one), void *context);

/* Frees all news; takes those of 'from' behind those of 'to'. */
void findings_news_done(struct findings_news *news);
void findings_news_move(struct findings_news *to, struct findings_news *from);

/* "opened", "changed", "closed", "acknowledged". */
const char *finding_event_word(enum finding_event event);

#endif
