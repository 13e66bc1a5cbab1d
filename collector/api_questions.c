#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "collector/api_inside.h"
#include "collector/problem.h"

/* Reads the question in 'name'; false with a problem. */
static bool
take_query(const struct request *request, const char *name, struct query *out,
    struct reply *reply)
{
	const char *text = request->argument(request, name);

	if (text && strlen(text) < QUERY_SIZE_MOST &&
	    text_is_utf8(text, strlen(text)) && query_read(text, out))
		return true;
	problem_reply(reply, &(struct problem){ 400, request->path, NULL },
	    "the parameter \"%s\" is missing, empty or longer than %d octets; "
	    "ask for example ?%s=ens1f0 or ?%s=00:50:56:9a:1c:0e",
	    name, QUERY_SIZE_MOST - 1, name, name);
	return false;
}

/* The switch that the question names beside the port word 'skipped': then
 * what it is called, in 'out'. */
static bool
names_switch(const struct find_in *in, const struct query *q, size_t skipped,
    char out[static QUERY_SIZE_MOST])
{
	char text[QUERY_SIZE_MOST] = "";
	struct query rest;
	struct found found;
	bool named;

	for (size_t i = 0; i < q->count; i++) {
		size_t size = strlen(text);

		if (i != skipped)
			(void)snprintf(text + size, sizeof(text) - size, "%s%s",
			    size > 0 ? " " : "", q->words[i].text);
	}
	if (!query_read(text, &rest) || find(in, &rest, &found) != STATUS_OK)
		return false;
	named =
	    found_fit(&found) == FIT_EXACT && found.hits[0].kind == FIND_SWITCH;
	if (named)
		text_copy(out, QUERY_SIZE_MOST,
		    in->topology->devices[found.hits[0].at].brief);
	find_done(&found);
	return named;
}

/* Who asks 'of' something means what is called exactly so, if anything is; who
 * is shown what is found wants to see what comes close, too. */
static enum status
look(const struct find_in *in, const struct query *q, bool exactly,
    struct found *out)
{
	enum status status = STATUS_OK;

	if (exactly) {
		status = find_exactly(in, q, out);
		if (status != STATUS_OK || out->count > 0)
			return status;
		find_done(out);
	}
	return find(in, q, out);
}

bool
api_ask(struct api *a, const struct request *request, const char *name,
    struct api_question *out, struct reply *reply)
{
	if (!take_query(request, name, &out->query, reply) ||
	    !api_view(a, request, &out->view, reply))
		return false;
	out->in = (struct find_in){ out->view.topology, out->view.model,
		out->view.search };
	if (look(&out->in, &out->query, strcmp(name, "of") == 0, &out->found) ==
	    STATUS_OK)
		return true;
	problem_reply(reply, &(struct problem){ 503, request->path, NULL },
	    "the collector is out of memory; ask again later");
	return false;
}

/* The port of a switch is asked for: who asks is told that it was not seen. */
void
api_refuse_question(const struct request *request,
    const struct api_question *question, const char *has, struct reply *reply)
{
	const struct problem problem = { 404, request->path, NULL };
	const struct query *q = &question->query;
	enum fit fit = found_fit(&question->found);
	char name[QUERY_SIZE_MOST];

	for (size_t i = 0; fit < FIT_SHORT && i < q->count; i++) {
		if (q->words[i].port.key[0] == '\0' ||
		    !names_switch(&question->in, q, i, name))
			continue;
		problem_reply(reply, &problem,
		    "%s of %s was not seen: no agent is behind it; find shows "
		    "what comes close",
		    q->words[i].port.brief, name);
		return;
	}
	problem_reply(reply, &problem,
	    "nothing that has %s is called \"%s\"; find shows what comes "
	    "close",
	    has, q->whole.text);
}

void
api_get_find(struct api *a, const struct request *request, const char *which,
    struct reply *reply)
{
	struct json j = json_over(&reply->body);
	struct api_question q;

	(void)which;
	if (!api_ask(a, request, "q", &q, reply))
		return;
	answer_find(&j, &q.view, &q.query, &q.found);
	find_done(&q.found);
}

void
api_get_path(struct api *a, const struct request *request, const char *which,
    struct reply *reply)
{
	struct json j = json_over(&reply->body);
	struct api_question q;

	(void)which;
	if (!api_ask(a, request, "of", &q, reply))
		return;
	if (!answer_path(&j, &q.view, &q.query, &q.found))
		api_refuse_question(request, &q, "a NIC", reply);
	find_done(&q.found);
}

void
api_get_list(struct api *a, const struct request *request,
    const struct api_route *route, struct reply *reply)
{
	struct json j = json_over(&reply->body);
	struct listing l;
	struct view view;

	listing_init(&l);
	reply->vary = "Accept";
	if (listing_ask(&l, request, &route->rule, reply) &&
	    api_view(a, request, &view, reply)) {
		l.when = view.when;
		route->list(&j, &view, &l);
		if (l.csv)
			reply->content_type =
			    "text/csv; charset=utf-8; header=present";
		buffer_append(&reply->next, l.next.octets, l.next.size);
	}
	listing_done(&l);
}

/* One thing by name or id. */
void
api_get_one(struct api *a, const struct request *request,
    const struct api_route *route, const char *which, struct reply *reply)
{
	struct json j = json_over(&reply->body);
	struct asked asked = { .which = which };
	struct view view;

	if (!api_view(a, request, &view, reply) ||
	    route->one(&j, &view, &asked))
		return;
	if (asked.count > 0)
		problem_reply(reply,
		    &(struct problem){ 409, request->path, NULL },
		    "\"%.80s\" means %zu alike; ask for one of them: %s%s",
		    which, asked.count, asked.names,
		    asked.count > ASKED_NAMED_MOST ? " ..." : "");
	else
		problem_reply(reply,
		    &(struct problem){ 404, request->path, NULL },
		    "no %s has the name or id \"%s\"; %.*s lists them",
		    route->kind, which, (int)strcspn(route->path, "{") - 1,
		    route->path);
}
