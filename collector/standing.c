#include "collector/standing.h"

#include "collector/verdict.h"

struct looking {
	const struct model_host *host;
	int64_t now, until;
	uint64_t sum;
};

static void
look(struct looking *l, bool current, int64_t ends)
{
	l->sum = (l->sum ^ current) * 1099511628211ULL;
	if (!current)
		ends = l->now + STANDING_LOOK_S;
	if (ends > l->now && ends < l->until)
		l->until = ends;
}

static void
look_heard(
    struct looking *l, const struct model_nic *nic, const struct heard *heard)
{
	look(l, verdict_is_current(l->host, nic, heard, l->now),
	    heard->expires + 1);
}

uint64_t
standing_of(const struct model_host *h, int64_t now, int64_t *out_until)
{
	struct looking l = { h, now, INT64_MAX, 14695981039346656037ULL };

	look(&l, verdict_host_is_current(h, now),
	    h->seen_at + HOST_SILENT_S + 1);
	for (size_t i = 0; i < h->nic_count; i++) {
		const struct model_nic *nic = &h->nics[i];

		for (size_t k = 0; k < nic->neighbor_count; k++) {
			if (nic->neighbors[k].ended_at < 0)
				look_heard(&l, nic, &nic->neighbors[k].heard);
		}
		for (size_t k = 0; k < nic->heard_vlan_count; k++)
			look_heard(&l, nic, &nic->heard_vlans[k].heard);
	}
	*out_until = l.until;
	return l.sum;
}
