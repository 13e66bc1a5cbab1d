/* Questions of whoever looks for a fault, or is about to make one. */
#include "base/json.h"
#include "collector/answer_diagnose.h"
#include "collector/answer_impact.h"
#include "collector/api_inside.h"
#include "collector/problem.h"

static void
refuse_several(const struct request *request, const struct api_question *q,
    const struct asked *asked, struct reply *reply)
{
	problem_reply(reply, &(struct problem){ 409, request->path, NULL },
	    "\"%.80s\" means %zu alike; ask for one of them: %s%s",
	    q->query.whole.text, asked->count, asked->names,
	    asked->count > ASKED_NAMED_MOST ? " ..." : "");
}

void
api_get_impact(struct api *a, const struct request *request, const char *which,
    struct reply *reply)
{
	struct json j = json_over(&reply->body);
	struct asked asked = { .which = "" };
	struct api_question q;

	(void)which;
	if (!api_ask(a, request, "of", &q, reply))
		return;
	if (!answer_impact(&j, &q.view, &q.query, &q.found, &asked)) {
		if (asked.count > 0)
			refuse_several(request, &q, &asked, reply);
		else
			api_refuse_question(request, &q, "a cable", reply);
	}
	find_done(&q.found);
}

void
api_get_diagnose(struct api *a, const struct request *request,
    const char *which, struct reply *reply)
{
	struct json j = json_over(&reply->body);
	/* What hosts have in common is known of the present alone. */
	struct api_question q;
	struct diagnose_of of = { &q.query, &q.found, a->findings.rules,
		request->past ? NULL : a->fleet };
	struct asked asked = { .which = "" };

	(void)which;
	if (!api_ask(a, request, "of", &q, reply))
		return;
	switch (answer_diagnose(&j, &q.view, &of, &asked)) {
	case DIAGNOSE_DONE:
		break;
	case DIAGNOSE_NONE:
		api_refuse_question(request, &q, "a way out of a host", reply);
		break;
	case DIAGNOSE_SEVERAL:
		refuse_several(request, &q, &asked, reply);
		break;
	case DIAGNOSE_NO_MEMORY:
		problem_reply(reply,
		    &(struct problem){ 503, request->path, NULL },
		    "the collector is out of memory; ask again later");
		break;
	}
	find_done(&q.found);
}
