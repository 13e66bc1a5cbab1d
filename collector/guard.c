#include "collector/guard.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "collector/audit.h"
#include "collector/failures.h"
#include "collector/problem.h"

static const char reports_path[] = "/api/v1/reports";
/* Browsers ask for a user name and a password; the latter is the token. */
static const char schemes[] = "Bearer realm=\"demarc\", Basic "
			      "realm=\"demarc: any name, the token as "
			      "password\", charset=\"UTF-8\"";

struct guard {
	char *path;
	/* Each request reads the tokens, and requests do not wait for each
	 * other. */
	pthread_rwlock_t lock; /* of what follows */
	struct tokens tokens;
	struct stat file;
	bool on;
	pthread_mutex_t failing; /* of the failures */
	struct failures failures;
};

/* What can be read of the file is in use from now on.  One that is broken
 * changes nothing; one that is gone lets nobody in. */
static void
renew(struct guard *g)
{
	char error[TOKEN_FILE_ERROR_SIZE];
	struct tokens read;
	struct stat file;
	enum status status;

	tokens_init(&read);
	status = token_file_read(g->path, &read, &file, error);
	if (status == STATUS_OK || status == STATUS_NOT_FOUND) {
		tokens_done(&g->tokens);
		g->tokens = read;
		g->on = g->on || read.count > 0;
		log_info("%zu tokens are known", read.count);
	} else {
		log_error("%s; the tokens stay as they were", error);
		(void)stat(g->path, &file); /* say it once */
	}
	g->file = file;
}

/* Until 'let_go' the tokens stay as the file has them now. */
static void
hold(struct guard *g)
{
	(void)pthread_rwlock_rdlock(&g->lock);
	if (!token_file_changed(g->path, &g->file))
		return;
	(void)pthread_rwlock_unlock(&g->lock);
	(void)pthread_rwlock_wrlock(&g->lock);
	if (token_file_changed(g->path, &g->file))
		renew(g);
	/* That nobody else reads meanwhile does no harm: it is rare. */
}

static void
let_go(struct guard *g)
{
	(void)pthread_rwlock_unlock(&g->lock);
}

bool
guard_is_on(struct guard *g)
{
	bool on;

	hold(g);
	on = g->on;
	let_go(g);
	return on;
}

static void
fill(struct caller *out, const struct token *token)
{
	out->role = token->role;
	text_copy(out->name, sizeof(out->name), token->name);
	text_copy(out->binding, sizeof(out->binding), token->binding);
	memcpy(out->hash, token->hash, sizeof(out->hash));
}

/* Neither hash is a secret here: both were read of the file. */
static bool
is_same(const struct caller *caller, const struct token *token)
{
	return token->revoked < 0 && token->role == caller->role &&
	       strcmp(token->binding, caller->binding) == 0 &&
	       memcmp(token->hash, caller->hash, sizeof(token->hash)) == 0;
}

/* Whether somebody still answers is no secret. */
static bool
is_open(const struct request *request)
{
	return strcmp(request->path, "/healthz") == 0 ||
	       strcmp(request->path, "/readyz") == 0;
}

static bool
fails_often(struct guard *g, const struct request *request)
{
	bool often;

	(void)pthread_mutex_lock(&g->failing);
	often = failures_note(&g->failures, request->peer, clock_now().ms);
	(void)pthread_mutex_unlock(&g->failing);
	return often;
}

static bool
refuse_unknown(const struct request *request, bool often, struct reply *reply)
{
	struct problem problem = { often ? 429 : 401, request->path, NULL };

	if (often) {
		problem_reply(reply, &problem,
		    "too many requests of this address were refused lately; "
		    "wait a minute, then show a token that is good");
		reply->retry_after_s = FAILURES_WINDOW_MS / 1000;
		return false;
	}
	audit_refused(request, "%s",
	    request->token ? "the token is not known, or revoked"
			   : "no token is shown");
	problem_reply(reply, &problem,
	    "%s; send \"Authorization: Bearer "
	    "TOKEN\" with a token of demarc-collector token add",
	    request->token ? "this token is not known, or was revoked"
			   : "this collector wants a token");
	reply->authenticate = schemes;
	return false;
}

/* Agents report, people ask; neither does the other's. */
static bool
refuse_role(const struct request *request, const struct caller *caller,
    struct reply *reply)
{
	bool reports = strcmp(request->path, reports_path) == 0;
	struct request known = *request;

	if (reports == role_reports(caller->role))
		return false;
	known.caller = caller;
	audit_refused(&known, "the role is not one that may");
	problem_reply(reply, &(struct problem){ 403, request->path, NULL },
	    reports ? "this token is for asking; reports need one of the role "
		      "agent or vcenter"
		    : "this token is for reports; asking needs one of the role "
		      "viewer, network, systems or admin");
	return true;
}

bool
guard_admit(struct guard *g, const struct request *request,
    struct caller *out_caller, bool *out_known, struct reply *reply)
{
	const struct token *token = NULL;
	bool on;

	hold(g);
	on = g->on && !is_open(request);
	if (on && request->token)
		token = tokens_check(&g->tokens, request->token);
	*out_known = token != NULL;
	if (token)
		fill(out_caller, token);
	let_go(g);
	if (!on)
		return true;
	if (!*out_known)
		return refuse_unknown(request, fails_often(g, request), reply);
	return !refuse_role(request, out_caller, reply);
}

bool
guard_keeps(struct guard *g, const struct caller *caller)
{
	const struct token *token = NULL;
	bool good;

	hold(g);
	if (caller)
		token =
		    tokens_find(&g->tokens, caller->name, strlen(caller->name));
	good = caller ? token && is_same(caller, token) : !g->on;
	let_go(g);
	return good;
}

enum status
guard_new(const char *path, struct guard **out,
    char error[static TOKEN_FILE_ERROR_SIZE])
{
	struct guard *g = calloc(1, sizeof(*g));
	enum status status = STATUS_NO_MEMORY;

	text_copy(error, TOKEN_FILE_ERROR_SIZE, "there is no memory left");
	if (!g || pthread_rwlock_init(&g->lock, NULL) != 0 ||
	    pthread_mutex_init(&g->failing, NULL) != 0) {
		free(g);
		return STATUS_NO_MEMORY;
	}
	g->path = strdup(path);
	if (g->path)
		status = token_file_read(path, &g->tokens, &g->file, error);
	if (status == STATUS_NOT_FOUND)
		status = STATUS_OK;
	g->on = g->tokens.count > 0;
	if (status == STATUS_OK)
		*out = g;
	else
		guard_free(g);
	return status;
}

void
guard_free(struct guard *g)
{
	if (!g)
		return;
	tokens_done(&g->tokens);
	(void)pthread_rwlock_destroy(&g->lock);
	(void)pthread_mutex_destroy(&g->failing);
	free(g->path);
	free(g);
}
