#include "collector/draw/normal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	VLANS = 4096,
	DIFFERENCE_SIZE = 96, /* what fits beside a cable is far shorter */
	SAID_MOST = 3         /* VLANs that a difference names */
};

struct setting
normal_setting_of(const struct scene *s, uint32_t nic)
{
	const struct scene_nic *n = &s->nics[nic];
	struct setting out = { NULL, -1 };

	if (n->first_claim > s->claim_count ||
	    n->claim_count > s->claim_count - n->first_claim)
		return out;
	for (uint32_t i = 0; i < n->claim_count; i++) {
		const struct scene_claim *c = &s->claims[n->first_claim + i];

		if (c->side != CLAIM_NETWORK || c->stale)
			continue;
		if (c->about == ABOUT_CARRIES &&
		    (!out.carries || strcmp(c->vlans, out.carries) < 0))
			out.carries = c->vlans;
		else if (c->about == ABOUT_NATIVE)
			out.native = c->vlan;
	}
	return out;
}

static bool
is_said(const struct setting *s)
{
	return s->carries || s->native >= 0;
}

static int
compare(const void *left, const void *right)
{
	const struct setting *a = left, *b = right;
	int order =
	    strcmp(a->carries ? a->carries : "", b->carries ? b->carries : "");

	if (order)
		return order;
	return (a->native > b->native) - (a->native < b->native);
}

/* Of a cable that is not there nobody says anything. */
static bool
has_link(const struct scene *s, uint32_t nic)
{
	return s->nics[nic].state != CABLE_DOWN;
}

struct setting
normal_setting(const struct sorted *sorted, struct places hosts,
    uint32_t *out_same, uint32_t *out_all, struct arena *arena)
{
	struct setting best = { NULL, -1 }, *all;
	uint32_t count = 0, run = 0;

	*out_same = *out_all = 0;
	for (uint32_t i = 0; i < hosts.count; i++)
		count += sorted->nics[hosts.at[i]].count;
	all = arena_array(arena, count + 1, sizeof(*all));
	if (!all)
		return best;
	for (uint32_t i = 0; i < hosts.count; i++) {
		const struct places *nics = &sorted->nics[hosts.at[i]];

		for (uint32_t k = 0; k < nics->count; k++) {
			if (!has_link(sorted->scene, nics->at[k]))
				continue;
			all[*out_all] =
			    normal_setting_of(sorted->scene, nics->at[k]);
			*out_all += is_said(&all[*out_all]);
		}
	}
	qsort(all, *out_all, sizeof(*all), compare);
	for (uint32_t i = 0; i < *out_all; i++) {
		run = i && !compare(&all[i], &all[i - 1]) ? run + 1 : 1;
		if (run > *out_same) {
			*out_same = run;
			best = all[i];
		}
	}
	return best;
}

/* ---- differences
 * ---------------------------------------------------------------- */

static void
read_vlans(const char *text, bool set[VLANS])
{
	while (text && *text) {
		char *end;
		unsigned long first = strtoul(text, &end, 10), last = first;

		if (*end == '-')
			last = strtoul(end + 1, &end, 10);
		if (end == text)
			return;
		for (; first <= last && first < VLANS; first++)
			set[first] = true;
		text = end + (*end == ',');
	}
}

/* Appends those of 'has' that 'lacks' has not: "10, 20", "17 VLANs". */
static bool
append_extra(char *out, const bool has[VLANS], const bool lacks[VLANS])
{
	unsigned count = 0;
	size_t size = 0;

	for (unsigned v = 0; v < VLANS; v++) {
		if (!has[v] || lacks[v] || count++ >= SAID_MOST)
			continue;
		size += (size_t)snprintf(out + size, DIFFERENCE_SIZE - size,
		    "%s%u", count > 1 ? ", " : "", v);
	}
	if (count > SAID_MOST)
		(void)snprintf(out, DIFFERENCE_SIZE, "%u VLANs", count);
	return count > 0;
}

const char *
normal_difference(
    struct arena *a, const struct setting *normal, const struct setting *it)
{
	char out[3 * DIFFERENCE_SIZE] = "", extra[DIFFERENCE_SIZE] = "";
	bool usual[VLANS] = { false }, here[VLANS] = { false };
	const char *kept;
	size_t size;

	if (!is_said(it) || !compare(normal, it))
		return "";
	read_vlans(normal->carries, usual);
	read_vlans(it->carries, here);
	if (it->carries && append_extra(extra, usual, here))
		(void)snprintf(out, sizeof(out), "%s not seen", extra);
	size = strlen(out);
	if (it->carries && append_extra(extra, here, usual))
		(void)snprintf(out + size, sizeof(out) - size, "%salso %s",
		    size ? ", " : "", extra);
	size = strlen(out);
	if (it->native >= 0 && it->native != normal->native)
		(void)snprintf(out + size, sizeof(out) - size, "%snative %lld",
		    size ? ", " : "", (long long)it->native);
	kept = arena_text(a, out);
	return kept ? kept : "";
}

struct normal_count
normal_count(const struct sorted *sorted, struct places hosts,
    const struct setting *normal, struct arena *arena)
{
	struct normal_count out = { 0 };

	for (uint32_t i = 0; i < hosts.count; i++) {
		const struct places *nics = &sorted->nics[hosts.at[i]];

		for (uint32_t k = 0; k < nics->count; k++) {
			struct setting it =
			    normal_setting_of(sorted->scene, nics->at[k]);

			if (!has_link(sorted->scene, nics->at[k]))
				continue;
			out.all++;
			if (*normal_difference(arena, normal, &it))
				out.differing++;
			else if (is_said(&it) && !compare(normal, &it))
				out.same++;
		}
	}
	out.untold = out.all - out.same - out.differing;
	return out;
}

/* ---- hosts
 * ------------------------------------------------------------------------ */

/* FNV-1a, 64 bit: two hosts that differ have different ones, but for luck. */
static uint64_t
mix(uint64_t hash, const char *text)
{
	const uint64_t prime = 0x100000001b3;

	for (; *text; text++)
		hash = (hash ^ (unsigned char)*text) * prime;
	return (hash ^ 0xff) * prime;
}

/* How many NICs it has, its vSwitches, and their port groups. */
static uint64_t
signature(const struct sorted *sorted, uint32_t host)
{
	const struct scene *s = sorted->scene;
	const struct places *vswitches = &sorted->vswitches[host];
	uint64_t hash = mix(0xcbf29ce484222325, "") + sorted->nics[host].count;

	for (uint32_t i = 0; i < vswitches->count; i++) {
		const struct scene_vswitch *v = &s->vswitches[vswitches->at[i]];
		const struct places *groups = &sorted->groups[vswitches->at[i]];

		hash = mix(mix(hash, v->name), v->about) + v->nic_count;
		for (uint32_t g = 0; g < groups->count; g++) {
			hash = mix(hash, s->groups[groups->at[g]].name);
			hash = mix(hash, s->groups[groups->at[g]].vlan);
		}
	}
	return hash;
}

uint32_t
normal_host(const struct sorted *sorted, struct places hosts, bool *alike,
    uint32_t *out_same, struct arena *arena)
{
	uint64_t *hashes = arena_array(arena, hosts.count + 1, sizeof(*hashes));
	uint32_t best = 0;

	*out_same = 0;
	if (!hashes)
		return SCENE_NONE;
	for (uint32_t i = 0; i < hosts.count; i++)
		hashes[i] = signature(sorted, hosts.at[i]);
	for (uint32_t i = 0; i < hosts.count; i++) {
		uint32_t same = 0;

		/* Nothing is no way to look. */
		if (!sorted->vswitches[hosts.at[i]].count)
			continue;
		for (uint32_t k = 0; k < hosts.count; k++)
			same += hashes[k] == hashes[i];
		if (same > *out_same) {
			*out_same = same;
			best = i;
		}
	}
	for (uint32_t i = 0; i < hosts.count; i++)
		alike[hosts.at[i]] =
		    !*out_same || hashes[i] == hashes[best] ||
		    sorted->scene->hosts[hosts.at[i]].inside_unread;
	return *out_same ? hosts.at[best] : SCENE_NONE;
}
