#include "base/json.h"
#include "collector/carries.h"
#include "collector/ingest.h"
#include "collector/needs.h"
#include "collector/verdict.h"
#include "tests/fuzz/fuzz.h"

/* What a report claims, as the model has it after it was stored. */
static void
take_report(struct model *m, const struct incoming *r)
{
	struct store_claim *claims =
	    calloc(r->claim_count + 1, sizeof(*claims));
	struct model_change change = {
		.row = { .host_id = 1, .seen_at = 1000 },
		.claims = claims,
		.claim_count = r->claim_count,
	};

	for (size_t i = 0; claims && i < r->claim_count; i++)
		claims[i] = (struct store_claim){ (int64_t)i + 1,
			r->claims[i].kind, r->claims[i].key, r->claims[i].facts,
			900, r->claims[i].heard, r->claims[i].said };
	if (claims && model_take(m, &change) != STATUS_OK)
		m->count = 0;
	free(claims);
}

/* Asks for everything that the host has. */
static void
ask(const struct model *m)
{
	struct topology t = { 0 };
	const struct view view = { .model = m, .topology = &t, .now = 1000 };
	struct buffer text;
	struct json j = json_over(&text);
	struct walk w = { .count = 0 };
	struct needs needs;
	struct listing l;

	if (topology_build(&t, m) != STATUS_OK)
		return;
	verdict_at(&t, 1000);
	buffer_init(&text, 1 << 20);
	for (size_t i = 0; i < model_inside(m->hosts[0])->workload_count; i++)
		walk_from_workload(&w, m->hosts[0], (uint32_t)i);
	for (uint32_t i = 0; i < m->hosts[0]->nic_count; i++)
		needs_of_nic(m->hosts[0], i, &needs);
	json_object_begin(&j);
	answer_legs(&j, &view, &w);
	listing_init(&l);
	l.limit = 1;
	answer_vlans(&j, &view, &l);
	l.csv = true;
	answer_vswitches(&j, &view, &l);
	listing_done(&l);
	walk_done(&w);
	buffer_done(&text);
	topology_done(&t);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct model m = { .count = 0 };
	struct mistake mistake;
	struct incoming r;

	incoming_init(&r);
	if (incoming_read(&r, (const char *)data, size, &mistake) ==
		STATUS_OK &&
	    !r.heartbeat)
		take_report(&m, &r);
	if (m.count > 0)
		ask(&m);
	model_done(&m);
	incoming_done(&r);
	return 0;
}
