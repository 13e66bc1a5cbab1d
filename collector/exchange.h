/*
 * exchange.h - one request and its reply, without the library that moves them.
 *
 *	http -> request -> [api] -> reply -> http
 *
 * Memory:  a request is lent during the call; reply_done frees a reply.  Who
 *          has postponed a request owes it one reply, from any thread.
 */
#ifndef COLLECTOR_EXCHANGE_H
#define COLLECTOR_EXCHANGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"

enum {
	/* One report of a host with 1000 NICs that all hear something. */
	BODY_SIZE_MOST = 4 * 1024 * 1024,
	NEXT_SIZE_MOST = 4096,
	/* The list of 100,000 hosts. */
	REPLY_SIZE_MOST = 64 * 1024 * 1024
};

enum {
	TOKEN_NAME_SIZE = 65,
	TOKEN_BINDING_SIZE = 257, /* as long as "via" in a report */
	TOKEN_HASH_SIZE = 32,
	PEER_SIZE = 64
};

/* What the holder of a token may do. */
enum role {
	ROLE_AGENT,   /* report as the one host that it is bound to */
	ROLE_VCENTER, /* report the hosts of the one vCenter */
	ROLE_VIEWER,  /* people: ask */
	ROLE_NETWORK,
	ROLE_SYSTEMS,
	ROLE_ADMIN
};

/* Who showed a token that is good. */
struct caller {
	enum role role;
	char name[TOKEN_NAME_SIZE];
	char binding[TOKEN_BINDING_SIZE];
	uint8_t hash[TOKEN_HASH_SIZE]; /* of the token */
};

struct reply;

struct past;

/* Whom a reply is given to that comes later: one of the two is called. */
struct later {
	/* Takes the reply over. */
	void (*answer)(struct later *later, struct reply *taken);
	/* What the answer needs is there: the request is made once more. */
	void (*again)(struct later *later);
};

/* A body that goes on: whoever makes one gives 'read' and 'done', the server
 * the rest before it reads. */
#define STREAM_END SIZE_MAX
struct stream {
	/* Gives up to 'room' octets, or STREAM_END.  When there are none yet it
	 * calls 'sleep', gives 0, and is read again after 'wake'. */
	size_t (*read)(struct stream *stream, char *out, size_t room);
	/* Nobody reads any more; frees it. */
	void (*done)(struct stream *stream);
	void (*sleep)(void *connection);
	void (*wake)(void *connection); /* from any thread */
	void *connection;
};

struct request {
	const char *method;
	const char *path;             /* decoded, without the query */
	const char *content_type;     /* NULL: not said */
	const char *content_encoding; /* NULL: not said */
	const char *accept_encoding;  /* NULL: not said */
	const char *accept;           /* NULL: not said */
	const char *if_none_match;
	const char *sent_at;       /* Demarc-Sent-At; NULL: not said */
	const char *last_event_id; /* NULL: not said */
	const char *peer;          /* "192.0.2.7", "uid 0"; NULL: not known */
	/* How who asks calls us, "collector.example:7413"; NULL: by no name
	 * that leads here from elsewhere. */
	const char *host;
	bool secure;                 /* by TLS */
	const char *token;           /* as it was shown; NULL: none */
	const struct caller *caller; /* NULL: no tokens are in use */
	const char *body;
	size_t body_size;
	struct past *past; /* what is asked about; NULL: what is now */
	/* An argument of the query, decoded; NULL when it is not there, or
	 * holds U+0000. */
	const char *(*argument)(const struct request *r, const char *name);
	/* The name of an argument that is none of these, which end with NULL;
	 * NULL: there is none.  May be NULL itself: nothing can tell. */
	const char *(*other_argument)(
	    const struct request *r, const char *const *known);
	/* The reply comes later, and the request ends now.  NULL: it must be
	 * given at once. */
	struct later *(*postpone)(const struct request *r);
	void *context; /* of the functions above */
};

struct reply {
	unsigned status;
	unsigned route;            /* what it is counted as; 0: other */
	const char *content_type;  /* constant */
	const char *cache_control; /* constant; NULL: no-store */
	/* Constant: what it may load and do; NULL: what the page may. */
	const char *security;
	const char *allow;        /* constant, of 405; NULL: none */
	const char *authenticate; /* constant, of 401; NULL: none */
	/* Constant: which codings a body may have; NULL: not said. */
	const char *accept_encoding;
	unsigned retry_after_s;       /* of 429 and 503; 0: none */
	unsigned pages;               /* of a drawing with an index; 0: none */
	const char *content_encoding; /* constant; NULL: none */
	const char *vary;             /* constant; NULL: not said */
	struct buffer next;           /* where the next page is; "": nowhere */
	char etag[40];                /* "": none */
	const void *octets;           /* constant body; NULL: 'body' is it */
	size_t size;                  /* of octets */
	struct stream *stream;        /* is the body; NULL: none */
	struct buffer body;
};

static inline void
reply_init(struct reply *r)
{
	*r = (struct reply){ .status = 200 };
	buffer_init(&r->body, REPLY_SIZE_MOST);
	buffer_init(&r->next, NEXT_SIZE_MOST);
}

static inline void
reply_done(struct reply *r)
{
	if (r->stream)
		r->stream->done(r->stream);
	r->stream = NULL;
	buffer_done(&r->body);
	buffer_done(&r->next);
}

#endif
