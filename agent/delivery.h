/*
 * delivery.h - has the spool delivered, by a program of its own.
 *
 *	spool -> [delivery] starts demarc-deliver -> collector
 *
 * The process that may listen never speaks to the network: it starts
 * demarc-deliver, which ends when the spool is empty or the collector is not
 * reached.  One at a time; after a failure the next waits, longer each time.
 * By https it stays, with its connection open, and is told of what comes next:
 * to shake hands for each heartbeat would cost the collector far more.
 *
 * Memory:  delivery_init/delivery_done.
 * Errors:  none leave: they are logged, once for each change of state.
 * Units:   milliseconds.
 * Source:  docs/decisions/0002-listener-and-deliverer.md.
 */
#ifndef AGENT_DELIVERY_H
#define AGENT_DELIVERY_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "agent/options.h"
#include "base/program.h"
#include "agent/spool.h"
#include "base/backoff.h"
#include "base/log.h"
#include "base/loop.h"

enum delivery_state {
	DELIVERY_IDLE,
	DELIVERY_RUNNING,
	DELIVERY_STAYING, /* it is there, and all is delivered */
	DELIVERY_WAITING  /* for the next try */
};

enum { DELIVERY_WHY_SIZE = 256 };

struct delivery {
	struct loop *loop;
	const struct options *options;
	const struct spool *spool;
	enum delivery_state state;
	bool again;       /* something was put while it ran */
	bool told;        /* to the one that stays; it has not answered yet */
	bool not_reached; /* said already */
	bool reached;     /* by the last that ended */
	pid_t process;    /* 0: there is none */
	int said_fd;      /* what it writes to its standard error */
	struct loop_watch talk; /* the socket of one that stays */
	struct backoff backoff;
	struct loop_timer timer;
	int64_t delivered_at; /* unix, all that waited; 0: not yet */
	/* What the last one could not deliver, or had refused; "": nothing. */
	char why[DELIVERY_WHY_SIZE];
	char program[PROGRAM_PATH_SIZE];
	char return_after[24]; /* an argument of it */
	/* The collector does not know what we last told: all of it is wanted.
	 * Set after delivery_init. */
	void (*wants_report)(void *owner);
	void *owner;
};

void delivery_init(struct delivery *delivery, struct loop *loop,
    const struct options *options, const struct spool *spool);
/* Ends the deliverer, if it runs. */
void delivery_done(struct delivery *delivery);

/* The spool holds something. */
void delivery_kick(struct delivery *delivery, struct instant now);

/* After SIGCHLD. */
void delivery_child_ended(struct delivery *delivery, struct instant now);

#endif
