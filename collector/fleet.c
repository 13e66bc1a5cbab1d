#include "collector/fleet.h"

#include "collector/verdict.h"

static void
count_host(struct fleet *f, const struct model_host *h, int64_t now)
{
	if (h->disconnected)
		f->disconnected++;
	else if (verdict_host_is_silent(h, now))
		f->silent++;
	else
		f->current++;
	for (unsigned kind = 0; kind <= CLAIM_LAST; kind++)
		f->claims[kind] += h->kinds[kind];
}

static void
count_switches(struct fleet *f, const struct topology *t)
{
	for (uint32_t i = 0; i < t->device_count; i++) {
		const struct device *d = &t->devices[i];

		if (!d->switch_class || d->claim_count == 0)
			continue;
		f->switches++;
		f->ports += d->port_count;
	}
}

void
fleet_count(struct fleet *out, const struct model *m, int64_t now,
    const struct topology *t, int64_t joined_at)
{
	*out = (struct fleet){ .joined_s = -1 };
	for (size_t i = 0; i < m->count; i++)
		count_host(out, m->hosts[i], now);
	if (!t)
		return;
	count_switches(out, t);
	out->joined_s = now > joined_at ? now - joined_at : 0;
}

static void
count_one(void *context, const struct finding *one)
{
	struct fleet *out = context;

	if (one->ruling == RULING_BROKEN)
		out->findings[one->owner][one->severity]++;
	else
		out->unknown_findings++;
}

void
fleet_count_findings(struct fleet *out, const struct findings *f)
{
	findings_visit(f, count_one, out);
	out->judged = f->judged;
}
