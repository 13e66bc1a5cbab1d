/*
 * api_inside.h - what the parts of the API share: one state, two locks.
 *
 *	routes -> api_questions -> [api_inside] -> api_view -> answers
 *
 * Memory:  lent during the call.
 * Errors:  false: the reply is filled with the problem.
 * Units:   unix seconds.
 */
#ifndef COLLECTOR_API_INSIDE_H
#define COLLECTOR_API_INSIDE_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/program.h"
#include "collector/api.h"
#include "collector/backroom.h"
#include "collector/docket.h"
#include "collector/drawings.h"
#include "collector/feed.h"
#include "collector/findings.h"
#include "collector/fleet_index.h"
#include "collector/metrics.h"
#include "collector/pasts.h"
#include "collector/picture.h"
#include "collector/reports.h"
#include "collector/retention.h"
#include "collector/sharing.h"

enum { API_RETRY_AFTER_S = 5 };

struct api {
	struct store *store;
	const char *web_root;
	int64_t (*unix_now)(void);
	struct reports *reports;
	struct metrics *metrics;
	struct feed *feed;
	struct api_history *history;
	struct pasts *pasts;
	struct drawings *drawings;
	struct pictures pictures;
	/* Who draws, and who makes pictures, which takes longer. */
	struct backroom *drawers, *painters;
	char picture_program[PROGRAM_PATH_SIZE];
	struct sharing *sharing;    /* NULL: nobody else writes to the store */
	struct docket *docket;      /* NULL: nothing is judged yet */
	atomic_llong kept_since;    /* what was before is not known */
	atomic_llong saved_at;      /* what was heard by then is stored */
	struct retention retention; /* of the writer's thread */
	atomic_bool retains, size_is_kept;
	/* By when silent hosts are told, or nobody listened; 0: never.  Of the
	 * thread that sweeps. */
	int64_t swept_at;
	pthread_mutex_t lock; /* of all that follows */
	/* Held as well while hosts change: who looks at the claims of a host
	 * need not wait for a question. */
	pthread_mutex_t changing;
	struct model model;
	struct topology topology; /* to be renewed before it is used */
	struct search search;
	struct fleet_index *fleet; /* what hosts have in common */
	bool built;                /* was it ever, and when last? */
	int64_t built_at;
	atomic_bool behind; /* a host may be stored otherwise than is known */
	int64_t judged_at;  /* -1: must be judged anew */
	struct findings findings;
	struct findings_news untold; /* to the store */
	struct ack_waiting *ack_waiting;
	bool acks_end;        /* nobody stores them any more */
	int64_t acks_read_at; /* of other collectors; of the writer's thread */
};

/* What is known now, or was at the moment that the request asks about; the lock
 * is held, or the moment taken. */
MUST_USE bool api_view(struct api *a, const struct request *request,
    struct view *out, struct reply *reply);

/* The same of now, in any thread that holds the lock. */
MUST_USE enum status api_view_now(struct api *a, int64_t now, struct view *out);

/* Joins what the hosts say, unless that is done; the lock is held. */
MUST_USE enum status api_join(struct api *a);

/* Told by the model and by the topology: what is derived of the host is no
 * longer so, and a device is new. */
void api_note_host(void *context, const struct model_host *h, bool outside);
void api_note_device(void *context, uint32_t device);

/* Which moment a request asks about by "at". */
enum api_when {
	API_NOW,
	API_PAST,    /* that is in request->past, until it is released */
	API_REFUSED, /* the reply is filled with the problem */
	API_GONE     /* the moment is being made, and the request comes again */
};
enum api_when api_past_take(
    struct api *a, struct request *request, struct reply *reply);
void api_past_release(struct api *a, struct request *request);
/* Forgets a little of what is too old; see retention.h. */
enum status api_tend(void *context, bool *out_more);
struct view api_past_view(const struct api *a, const struct past *past);

/* What somebody asks for by words, and what they mean; find_done frees what was
 * found.  Else as api_view. */
struct api_question {
	struct query query;
	struct view view;
	struct find_in in;
	struct found found;
};
MUST_USE bool api_ask(struct api *a, const struct request *request,
    const char *name, struct api_question *out, struct reply *reply);
/* 404: nothing that has "a NIC" is called so. */
void api_refuse_question(const struct request *request,
    const struct api_question *question, const char *has, struct reply *reply);

/* Questions; as api_view. */
void api_get_find(struct api *a, const struct request *request,
    const char *which, struct reply *reply);
void api_get_path(struct api *a, const struct request *request,
    const char *which, struct reply *reply);
void api_get_diagnose(struct api *a, const struct request *request,
    const char *which, struct reply *reply);
void api_get_impact(struct api *a, const struct request *request,
    const char *which, struct reply *reply);
void api_get_list(struct api *a, const struct request *request,
    const struct api_route *route, struct reply *reply);
void api_get_one(struct api *a, const struct request *request,
    const struct api_route *route, const char *which, struct reply *reply);

/* What asks for no view. */
void api_get_health(struct api *a, const struct request *request,
    const char *which, struct reply *reply);
void api_get_ready(
    struct api *a, const struct request *request, struct reply *reply);
void api_get_metrics(
    struct api *a, const struct request *request, struct reply *reply);
void api_get_changes(
    struct api *a, const struct request *request, struct reply *reply);
void api_get_diff(
    struct api *a, const struct request *request, struct reply *reply);
void api_get_draw(
    struct api *a, const struct request *request, struct reply *reply);
void api_get_events(
    struct api *a, const struct request *request, struct reply *reply);
void api_post_report(
    struct api *a, const struct request *request, struct reply *reply);

/* Reads changes of the past, with a store and a thread of its own. */
MUST_USE enum status api_history_new(
    struct store *lent_store, struct api_history **out);
/* Answers what was asked; nothing can be asked after it. */
void api_history_stop(struct api_history *h);
void api_history_free(struct api_history *h);

/* Draws from now on, in threads of its own. */
MUST_USE enum status api_draw_begin(struct api *a);
/* Answers what was asked, if not with a picture; nothing is drawn after it. */
void api_draw_stop(struct api *a);

/* Tells those who listen what is about to change in a host; the model still
 * has what was.  The lock is held.  */
void api_tell(struct api *a, const struct model_change *change);
/* Shows what is stored, and tells it; from the writer's thread. */
enum status api_show_change(struct api *a, const struct model_change *change);

/* Judges hosts from now on, in a thread of its own; the model has all that is
 * stored. */
MUST_USE enum status api_judge_begin(struct api *a);
/* Of a change in the host; the lock need not be held. */
void api_judge_again(struct api *a, int64_t host_id, enum docket_cause cause);
/* Was the host silent when it was judged?  The lock is held. */
bool api_is_silent(const struct api *a, int64_t host_id);
/* Stores what was found; from the writer's thread. */
enum status api_keep_findings(void *context, bool *out_more);
/* What other collectors were told of findings; from the writer's thread. */
enum status api_follow_findings(struct api *a);

/* Who waits for an acknowledgement to be on the disk. */
struct ack_waiting {
	struct ack_waiting *next;
	struct later *later;
	struct reply reply;
};
/* Tells what is new of findings, and has it stored; the lock is held. */
void api_tell_findings(struct api *a, struct findings_news *taken_news);
/* Answers them all: what they said is stored, or could not be. */
void api_answer_acks(struct ack_waiting *taken, enum status status);
/* Whoever waits is answered, and who comes later at once. */
void api_acks_stop(struct api *a);
void api_post_ack(
    struct api *a, const struct request *request, struct reply *reply);
/* Does its body deserve to be received? */
bool api_wants_ack(const struct request *request, struct reply *reply);
void api_get_rules(struct api *a, const struct request *request,
    const char *which, struct reply *reply);

/* Takes reports from now on; the model has all that is stored. */
MUST_USE enum status api_begin_reports(struct api *a);

/* Of several collectors on one database: what the writer does for it, and
 * nothing of one that is alone. */
MUST_USE enum status api_share(struct api *a, struct writer_agreement *out);

#endif
