#include <string.h>

#include "tests/support/scopes.h"

enum { ROWS_MOST = 18, VSWITCHES_MOST = 4, ONE_IN = 5 };

struct chance {
	struct scene *scene;
	uint64_t state;
};

static uint32_t
below(struct chance *c, uint32_t limit)
{
	c->state = c->state * 6364136223846793005U + 1442695040888963407U;
	return limit ? (uint32_t)((c->state >> 33) % limit) : 0;
}

static const char *
one_of(struct chance *c, const char *const *texts, uint32_t count)
{
	return texts[below(c, count)];
}

/* Any of 'count' things; now and then none. */
static uint32_t
any(struct chance *c, size_t count)
{
	return count && below(c, ONE_IN) ? below(c, (uint32_t)count)
					 : SCENE_NONE;
}

static struct scene_row *
rows(struct chance *c, size_t *out_count)
{
	static const char *const left[] = { "needs VLAN 120, 130",
		"10G full, up", "",
		"vmnic0 + vmnic1 + vmnic2 and 4 more are active in dvs-prod",
		"web-01 is running, vNIC 1 is connected" };
	static const char *const right[] = { "carries VLAN 130", "",
		"is sw-c07-b-in-the-other-room.example.com Ethernet1/1/12",
		"MTU 9216" };
	struct scene_row *out =
	    arena_array(&c->scene->arena, ROWS_MOST, sizeof(*out));

	*out_count = 0;
	for (uint32_t n = below(c, ROWS_MOST); out && *out_count < n;)
		out[(*out_count)++] = (struct scene_row){ one_of(c, left, 5),
			one_of(c, right, 4), (enum answer_value)below(c, 3) };
	return out;
}

static const char **
advice(struct chance *c, size_t *out_count)
{
	static const char *const words[] = { "ask the network team to change",
		"  switchport trunk allowed vlan add 120", "" };
	const char **out =
	    arena_array(&c->scene->arena, ROWS_MOST, sizeof(*out));

	*out_count = 0;
	for (uint32_t n = below(c, 5); out && *out_count < n;)
		out[(*out_count)++] = one_of(c, words, 3);
	return out;
}

static void
set_things(struct chance *c, struct scene_path *p)
{
	struct scene *s = c->scene;
	uint32_t *vswitches =
	    arena_array(&s->arena, VSWITCHES_MOST, sizeof(*vswitches));
	uint32_t all = (uint32_t)s->vswitch_count, count;

	p->machine = any(c, s->machine_count);
	p->vnic = any(c, s->vnic_count);
	p->group = any(c, s->group_count);
	p->nic = any(c, s->nic_count);
	if (p->nic != SCENE_NONE)
		p->port = s->nics[p->nic].port;
	/* None twice: a way enters each switch once. */
	count = below(c, VSWITCHES_MOST);
	count = count < all ? count : all;
	for (uint32_t first = below(c, all), n = 0; vswitches && n < count; n++)
		vswitches[p->vswitch_count++] = (first + n) % all;
	p->vswitches = vswitches;
}

void
scopes_add_way(struct scene *s, uint64_t seed)
{
	static const char *const gaps[] = {
		"the virtual switch is not reported",
		"the port group may use none of the uplinks of its switch", "",
		""
	};
	struct chance c = { s, seed };
	struct scene_path *p = arena_take(&s->arena, sizeof(*p));

	if (!p)
		return;
	*p = (struct scene_path){ .question = "Which switch port does "
					      "web-01.prod.example.com use?",
		.remark = below(&c, 2) ? "web-01 may leave over 2 uplinks" : "",
		.answer = below(&c, 2) ? "Te1/8 on sw-c07-b" : "unknown",
		.evidence = "heard by CDP 23 s ago",
		.gap = one_of(&c, gaps, 4),
		.port = SCENE_NONE,
		.left_age = "read from esx-07, 9 s ago",
		.right_age = below(&c, 2) ? "CDP, and frames heard" : "",
		.other_uplinks = below(&c, 4) };
	set_things(&c, p);
	p->sides = rows(&c, &p->side_count);
	p->inside = rows(&c, &p->inside_count);
	p->other = rows(&c, &p->other_count);
	p->advice = advice(&c, &p->advice_count);
	s->path = p;
}
