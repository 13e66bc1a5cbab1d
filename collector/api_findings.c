/* What people say of findings, and what rules there are. */
#include <stdlib.h>
#include <string.h>

#include "base/json_read.h"
#include "base/text.h"
#include "collector/api_inside.h"
#include "collector/audit.h"
#include "collector/packing.h"
#include "collector/problem.h"

static const char findings_path[] = "/api/v1/findings/";
static const char ack_end[] = "/ack";

enum { ACK_BODY_MOST = 8 * 1024 };

static bool
refuse(struct reply *reply, const struct request *request, unsigned status,
    const char *why)
{
	problem_reply(
	    reply, &(struct problem){ status, request->path, NULL }, "%s", why);
	if (status == 503)
		reply->retry_after_s = API_RETRY_AFTER_S;
	return false;
}

/* ---- who knows of it ------------------------------------------------------
 */

/* Who may mend a thing may say that he knows of it. */
static bool
may_acknowledge(const struct caller *caller)
{
	return !caller || caller->role == ROLE_NETWORK ||
	       caller->role == ROLE_SYSTEMS || caller->role == ROLE_ADMIN;
}

bool
api_wants_ack(const struct request *request, struct reply *reply)
{
	if (!may_acknowledge(request->caller)) {
		audit_refused(request, "the role is not one that may");
		return refuse(reply, request, 403,
		    "a viewer may not acknowledge a finding; that needs a "
		    "token of the role network, systems or admin");
	}
	return reports_want(request, reply);
}

static bool
take_id(const struct request *request, int64_t *out, struct reply *reply)
{
	char id[FINDING_ID_SIZE];
	const char *begin = request->path + sizeof(findings_path) - 1;
	size_t size = strlen(begin) - strlen(ack_end);

	if (size == FINDING_ID_SIZE - 1) {
		text_copy(id, sizeof(id), begin);
		if (finding_id_read(id, out))
			return true;
	}
	return refuse(reply, request, 404,
	    "no finding has this id; /api/v1/findings lists them");
}

static bool
take_body(
    const struct request *request, struct json_value **out, struct reply *reply)
{
	char error[JSON_ERROR_SIZE];

	if (!request->content_encoding && request->body_size <= ACK_BODY_MOST &&
	    json_parse(request->body, request->body_size, out, error) ==
		STATUS_OK &&
	    json_is_object(*out))
		return true;
	return refuse(reply, request, 400,
	    "the body is a JSON object of less than 8 KiB: "
	    "{\"note\":\"...\",\"until\":1700000000}");
}

/* Of others, and cleaned. */
static bool
take_note(char note[static FINDING_NOTE_SIZE], const struct json_value *body,
    const struct request *request, struct reply *reply)
{
	const char *said = json_get_string(body, "note");
	bool cut = false;
	size_t size = 0;

	if (said)
		size = text_clean(
		    note, FINDING_NOTE_SIZE - 1, said, strlen(said), &cut);
	note[size] = '\0';
	if (size > 0 && !cut)
		return true;
	return refuse(reply, request, 400,
	    "the member \"note\" says in 1 to 1000 octets why nobody else "
	    "need look at it");
}

static bool
take_until(struct finding_ack *ack, const struct json_value *body,
    const struct request *request, struct reply *reply)
{
	const struct json_value *until = json_get(body, "until");

	ack->until = json_number_of(until, -1);
	if (!until || (json_is_number(until) && ack->until > ack->at))
		return true;
	return refuse(reply, request, 400,
	    "the member \"until\" is a moment to come, in unix seconds; "
	    "without it the finding stays acknowledged until it closes");
}

/* Of the open finding; the lock is taken here. */
static enum status
acknowledge(struct api *a, int64_t id, const struct finding_ack *ack,
    struct reply *reply)
{
	struct findings_news news = { .first = NULL };
	struct json j = json_over(&reply->body);
	const struct model_host *h;
	const struct finding *f;
	enum status status;

	(void)pthread_mutex_lock(&a->lock);
	status = findings_acknowledge(&a->findings, id, ack, &news);
	f = status == STATUS_OK ? findings_find(&a->findings, id) : NULL;
	h = f ? model_find(&a->model, f->host_id) : NULL;
	if (h) {
		json_object_begin(&j);
		json_add_number(&j, "now", ack->at);
		json_name(&j, "finding");
		json_object_begin(&j);
		finding_write(&j, f,
		    &(struct finding_host){ h->name, h->machine_id }, ack->at);
		json_object_end(&j);
		json_object_end(&j);
	}
	api_tell_findings(a, &news);
	(void)pthread_mutex_unlock(&a->lock);
	return status;
}

void
api_answer_acks(struct ack_waiting *taken, enum status status)
{
	struct request gone = { .path = findings_path };

	while (taken) {
		struct ack_waiting *w = taken;

		taken = w->next;
		if (status != STATUS_OK) {
			reply_done(&w->reply);
			reply_init(&w->reply);
			(void)refuse(&w->reply, &gone, 503,
			    "the acknowledgement cannot be stored now; it is "
			    "shown, and stored when the store writes again");
		}
		w->later->answer(w->later, &w->reply);
		free(w);
	}
}

void
api_acks_stop(struct api *a)
{
	struct ack_waiting *waiting;

	(void)pthread_mutex_lock(&a->lock);
	a->acks_end = true;
	waiting = a->ack_waiting;
	a->ack_waiting = NULL;
	(void)pthread_mutex_unlock(&a->lock);
	api_answer_acks(waiting, STATUS_BUSY);
}

/* It is answered when it is on the disk. */
static void
answer_stored(struct api *a, const struct request *request,
    struct ack_waiting *taken_waiting, struct reply *reply)
{
	bool ends;

	if (!taken_waiting) {
		if (reports_save(a->reports) != STATUS_OK)
			(void)refuse(reply, request, 503,
			    "the acknowledgement cannot be stored now");
		return;
	}
	taken_waiting->reply = *reply;
	reply_init(reply);
	/* From here on the request is no longer ours. */
	taken_waiting->later = request->postpone(request);
	(void)pthread_mutex_lock(&a->lock);
	ends = a->acks_end;
	taken_waiting->next = ends ? NULL : a->ack_waiting;
	if (!ends)
		a->ack_waiting = taken_waiting;
	(void)pthread_mutex_unlock(&a->lock);
	if (ends)
		api_answer_acks(taken_waiting, STATUS_BUSY);
	else
		reports_wake(a->reports);
}

void
api_post_ack(struct api *a, const struct request *request, struct reply *reply)
{
	struct json_value *body CLEANUP(json_cleanup) = NULL;
	struct finding_ack ack = { .at = a->unix_now() };
	struct ack_waiting *waiting = NULL;
	char note[FINDING_NOTE_SIZE];
	enum status status;
	int64_t id;

	if (!take_id(request, &id, reply) ||
	    !take_body(request, &body, reply) ||
	    !take_note(note, body, request, reply) ||
	    !take_until(&ack, body, request, reply))
		return;
	ack.note = note;
	text_copy(ack.who, sizeof(ack.who),
	    request->caller ? request->caller->name : "somebody");
	if (request->postpone)
		waiting = calloc(1, sizeof(*waiting));
	status = request->postpone && !waiting
		     ? STATUS_NO_MEMORY
		     : acknowledge(a, id, &ack, reply);
	if (status == STATUS_OK) {
		audit_changed(request, "acknowledged: %s", note);
		answer_stored(a, request, waiting, reply);
		return;
	}
	free(waiting);
	(void)refuse(reply, request, status == STATUS_NOT_FOUND ? 404 : 503,
	    status == STATUS_NOT_FOUND
		? "no finding of this id is open; /api/v1/findings lists them"
		: "the collector is out of memory; ask again later");
}

/* ---- rules ----------------------------------------------------------------
 */

static void
add_rule(struct json *j, const struct rule *r)
{
	json_object_begin(j);
	json_add_string(j, "id", r->id);
	json_add_string(j, "group", rule_group_word(r->group));
	json_add_string(j, "hop", rule_hop_word(r->hop));
	json_add_string(j, "owner", rule_owner_word(r->owner));
	json_add_string(j, "severity", rule_severity_word(r->severity));
	json_add_number(j, "hold_s", r->hold_s);
	json_add_string(j, "what", r->what);
	json_add_string(j, "why", r->why);
	json_add_string(j, "needs", r->needs);
	json_add_string(j, "says", r->says);
	json_add_string(j, "fixes", r->fixes);
	json_object_end(j);
}

void
api_get_rules(struct api *a, const struct request *request, const char *which,
    struct reply *reply)
{
	struct json j = json_over(&reply->body);

	(void)request;
	(void)which;
	json_object_begin(&j);
	json_add_number(&j, "now", a->unix_now());
	json_name(&j, "rules");
	json_array_begin(&j);
	for (const struct rule *r = a->findings.rules; r->id; r++)
		add_rule(&j, r);
	json_array_end(&j);
	json_object_end(&j);
}
