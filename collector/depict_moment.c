#include "collector/depict_making.h"

static void
note(int64_t *latest, int64_t at, int64_t now)
{
	if (at > *latest && at <= now)
		*latest = at;
}

/* When what it heard became old, if it did. */
static void
note_nic(int64_t *latest, const struct model_nic *n, int64_t now)
{
	for (size_t i = 0; i < n->neighbor_count; i++)
		note(latest, n->neighbors[i].heard.expires + 1, now);
	for (size_t i = 0; i < n->heard_vlan_count; i++)
		note(latest, n->heard_vlans[i].heard.expires + 1, now);
}

int64_t
depict_seen_at(const struct model_host *h)
{
	return h->disconnected ? h->connection_since : h->seen_at;
}

int64_t
depict_moment(const struct view *v, const struct scope *scope)
{
	int64_t now = v->now, latest = now - now % DEPICT_MOMENT_S;

	for (size_t i = 0; i < scope->host_count; i++) {
		const struct model_host *h = scope->hosts[i];

		note(&latest, h->changed_at, now);
		note(&latest, h->seen_at + HOST_SILENT_S + 1, now);
		for (size_t k = 0; k < h->nic_count; k++)
			note_nic(&latest, &h->nics[k], now);
	}
	return latest;
}
