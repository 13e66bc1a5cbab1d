#include "collector/api_inside.h"
#include "collector/problem.h"

void
api_note_host(void *context, const struct model_host *h, bool outside)
{
	struct api *a = context;

	/* Who loads many hosts lets questions in between. */
	a->judged_at = -1;
	if (outside)
		topology_note(&a->topology, h->host_id);
	search_take_host(&a->search, h, outside);
	fleet_index_take_host(a->fleet, h, outside);
	api_judge_again(a, h->host_id, DOCKET_CHANGED);
}

void
api_note_device(void *context, uint32_t device)
{
	struct api *a = context;

	search_take_device(&a->search, &a->topology, device);
}

/* Without memory it was given up: all anew, now that there may be some.  Until
 * it is whole, who finds something looks at every host. */
static void
search_anew(struct api *a)
{
	search_done(&a->search);
	for (size_t i = 0; i < a->model.count; i++)
		search_take_host(&a->search, a->model.hosts[i], true);
	for (uint32_t i = 0; i < a->topology.device_count; i++) {
		if (a->topology.devices[i].claim_count > 0)
			search_take_device(&a->search, &a->topology, i);
	}
}

enum status
api_join(struct api *a)
{
	enum status status = topology_renew(&a->topology, &a->model);

	a->built = status == STATUS_OK;
	a->built_at = a->unix_now();
	if (a->search.failed && a->built)
		search_anew(a);
	return status;
}

enum status
api_view_now(struct api *a, int64_t now, struct view *out)
{
	enum status status = api_join(a);

	if (status == STATUS_OK && a->judged_at != now) {
		verdict_at(&a->topology, now);
		a->judged_at = now;
	}
	*out = (struct view){ &a->model, &a->topology, now, { 0 }, &a->search,
		&a->findings };
	return status;
}

/* Fills '*out'; false with a problem when there is no memory for it. */
bool
api_view(struct api *a, const struct request *request, struct view *out,
    struct reply *reply)
{
	if (request->past) {
		*out = api_past_view(a, request->past);
		return true;
	}
	if (api_view_now(a, a->unix_now(), out) != STATUS_OK) {
		problem_reply(reply,
		    &(struct problem){ 503, request->path, NULL },
		    "the collector is out of memory; ask again later");
		reply->retry_after_s = API_RETRY_AFTER_S;
		return false;
	}
	return true;
}
