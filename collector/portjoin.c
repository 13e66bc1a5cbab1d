#include "collector/portjoin.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "collector/arena.h"
#include "collector/index.h"

enum { KEY_SIZE = 512 };

struct port_join {
	struct port_claim *claims;
	size_t count;
	uint32_t *parent;
	struct index by_key;
	struct arena arena;
	bool failed;
};

bool
portjoin_name(const struct model_neighbor *n, struct port_name *out)
{
	if (strcmp(n->port_type, "interface_alias") == 0)
		return port_name_read(n->port_description, out) ||
		       port_name_read(n->port_id, out);
	if (strcmp(n->port_type, "mac") != 0 && port_name_read(n->port_id, out))
		return true;
	/* An interface name of a kind that we do not know is still one. */
	if (strcmp(n->port_type, "interface_name") == 0)
		return false;
	return n->lldp && port_name_read(n->port_description, out);
}

static uint32_t
root_of(const struct port_join *p, uint32_t claim)
{
	while (p->parent[claim] != claim) {
		p->parent[claim] = p->parent[p->parent[claim]];
		claim = p->parent[claim];
	}
	return claim;
}

static void
unite(struct port_join *p, uint32_t a, uint32_t b)
{
	uint32_t m = root_of(p, a), n = root_of(p, b);

	if (m < n)
		p->parent[n] = m;
	else
		p->parent[m] = n;
}

static void
join_by(struct port_join *p, uint32_t claim, char kind, const char *text)
{
	char key[KEY_SIZE];
	const char *copy;
	uint32_t at;

	(void)snprintf(
	    key, sizeof(key), "%u %c %s", p->claims[claim].device, kind, text);
	at = index_find(&p->by_key, key);
	if (at != INDEX_NONE) {
		unite(p, at, claim);
		return;
	}
	copy = arena_text(&p->arena, key);
	if (!copy || index_add(&p->by_key, copy, claim) == INDEX_NONE)
		p->failed = true;
}

/* Is the port id good for nothing: the chassis MAC, the same on every port? */
static bool
is_chassis_mac(const struct model_neighbor *n)
{
	return strcmp(n->port_type, "mac") == 0 &&
	       strcmp(n->port_id, n->chassis_id) == 0;
}

static void
join_by_names(struct port_join *p, uint32_t claim)
{
	const struct model_neighbor *n = p->claims[claim].said;
	struct port_name name;
	bool named = portjoin_name(n, &name);
	char raw[KEY_SIZE / 2];

	if (named)
		join_by(p, claim, 'n', name.key);
	if (n->port_id[0] == '\0' || (named && is_chassis_mac(n)))
		return;
	(void)snprintf(raw, sizeof(raw), "%s %s",
	    strcmp(n->port_type, "mac") == 0 ? "mac" : "", n->port_id);
	join_by(p, claim, 'r', raw);
}

/* Do two interface names of kinds that we know name two ports? */
static bool
names_differ(const struct model_neighbor *a, const struct model_neighbor *b)
{
	struct port_name m, n;

	if (!portjoin_name(a, &m) || !portjoin_name(b, &n))
		return false;
	return m.known && n.known && strcmp(m.key, n.key) != 0;
}

/* Were both heard during one time, as two protocols of one port are? */
static bool
heard_together(const struct model_neighbor *a, const struct model_neighbor *b)
{
	if (a->ended_at < 0 && b->ended_at < 0)
		return true;
	return a->heard.first_heard <= b->heard.last_heard &&
	       b->heard.first_heard <= a->heard.last_heard;
}

/* May the two claims of one NIC and one device, by two protocols, be of one
 * port?  Names prove little: EDP counts slot:port, SONMP a number, and CDP
 * gives a description.  Only two names in one manner deny it.  What ended stays
 * joined to what was heard with it, not to what came after. */
static bool
may_be_one(const struct model_neighbor *a, const struct model_neighbor *b)
{
	return strcmp(a->protocol, b->protocol) != 0 && heard_together(a, b) &&
	       !names_differ(a, b);
}

/* Is neither name to be read, or are they the same? */
static bool
names_agree(const struct model_neighbor *a, const struct model_neighbor *b)
{
	struct port_name m, n;
	bool a_named = portjoin_name(a, &m), b_named = portjoin_name(b, &n);

	if (a_named && b_named)
		return strcmp(m.key, n.key) == 0;
	/* Two interface names, one of a kind that we do not know. */
	if (strcmp(a->port_type, "interface_name") == 0 && !a_named)
		return strcmp(a->port_id, b->port_id) == 0;
	return true;
}

/* The claims of one NIC, which stand one after another. */
struct nic_claims {
	const struct port_claim *first;
	uint32_t count;
};

/* How many claims of the device the NIC holds by LLDP, or by the others. */
static unsigned
count_of(const struct nic_claims *nic, uint32_t device, bool lldp)
{
	unsigned count = 0;

	for (uint32_t i = 0; i < nic->count; i++) {
		const struct port_claim *c = &nic->first[i];

		count += c->device == device && c->said->lldp == lldp &&
			 c->said->ended_at < 0;
	}
	return count;
}

/* Are the two claims of one port: by the port's own MAC, or because the NIC
 * hears the device once by LLDP and once by something else? */
static bool
is_pair(const struct nic_claims *nic, const struct port_claim *a,
    const struct port_claim *b)
{
	if (a->device != b->device || !may_be_one(a->said, b->said))
		return false;
	if (a->said->source_mac[0] != '\0' &&
	    strcmp(a->said->source_mac, b->said->source_mac) == 0)
		return true;
	return a->said->lldp != b->said->lldp && a->said->ended_at < 0 &&
	       b->said->ended_at < 0 && count_of(nic, a->device, true) == 1 &&
	       count_of(nic, a->device, false) == 1 &&
	       names_agree(a->said->lldp ? a->said : b->said,
		   a->said->lldp ? b->said : a->said);
}

/* One NIC that hears one device by two protocols hears one port of it. */
static void
join_pairs(struct port_join *p, uint32_t first)
{
	struct nic_claims nic = { &p->claims[first], 0 };

	while (first + nic.count < p->count &&
	       nic.first[nic.count].nic == nic.first->nic)
		nic.count++;
	for (uint32_t i = 0; i < nic.count; i++) {
		for (uint32_t k = i + 1; k < nic.count; k++) {
			if (is_pair(&nic, &nic.first[i], &nic.first[k]))
				unite(p, first + i, first + k);
		}
	}
}

static uint32_t
number_ports(struct port_join *p)
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < p->count; i++) {
		uint32_t root = root_of(p, i);

		p->claims[i].port = root == i ? count++ : p->claims[root].port;
	}
	return count;
}

enum status
portjoin(struct port_claim *claims, size_t count, uint32_t *out_count)
{
	struct port_join p = { .claims = claims, .count = count };

	p.parent = calloc(count + 1, sizeof(*p.parent));
	if (!p.parent)
		return STATUS_NO_MEMORY;
	for (uint32_t i = 0; i < count; i++)
		p.parent[i] = i;
	for (uint32_t i = 0; i < count; i++)
		join_by_names(&p, i);
	for (uint32_t i = 0; i < count; i++) {
		if (i == 0 || claims[i].nic != claims[i - 1].nic)
			join_pairs(&p, i);
	}
	*out_count = number_ports(&p);
	index_done(&p.by_key);
	arena_done(&p.arena);
	free(p.parent);
	return p.failed ? STATUS_NO_MEMORY : STATUS_OK;
}
