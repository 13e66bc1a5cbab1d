#include "collector/api_inside.h"
#include "collector/problem.h"

void
api_note_host(void *context, int64_t host_id, bool outside)
{
	struct api *a = context;

	if (outside)
		topology_note(&a->topology, host_id);
}

enum status
api_join(struct api *a)
{
	enum status status = topology_renew(&a->topology, &a->model);

	a->built = status == STATUS_OK;
	a->built_at = a->unix_now();
	return status;
}

/* Fills '*out'; false with a problem when there is no memory for it. */
bool
api_view(struct api *a, const struct request *request, struct view *out,
    struct reply *reply)
{
	int64_t now = a->unix_now();
	enum status status;

	if (request->past) {
		*out = api_past_view(a, request->past);
		return true;
	}
	status = api_join(a);
	if (status == STATUS_OK && a->judged_at != now) {
		verdict_at(&a->topology, now);
		a->judged_at = now;
	}
	if (status != STATUS_OK) {
		problem_reply(reply,
		    &(struct problem){ 503, request->path, NULL },
		    "the collector is out of memory; ask again later");
		reply->retry_after_s = API_RETRY_AFTER_S;
		return false;
	}
	*out = (struct view){ &a->model, &a->topology, now, { 0 } };
	return true;
}
