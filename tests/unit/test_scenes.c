#include <check.h>
#include <string.h>

#include "tests/support/scenes.h"
#include "tests/support/suite.h"

/* What the header promises of every scene: no NULL texts, no place outside. */
static void
check_cables(const struct scene *s)
{
	for (size_t i = 0; i < s->nic_count; i++) {
		const struct scene_nic *n = &s->nics[i];

		ck_assert_uint_lt(n->host, s->host_count);
		ck_assert(n->port == SCENE_NONE || n->port < s->port_count);
		ck_assert(n->bond == SCENE_NONE || n->bond < s->bond_count);
		ck_assert_uint_le(
		    n->first_claim + n->claim_count, s->claim_count);
		ck_assert(n->id && n->name && n->mac && n->speed);
	}
	for (size_t i = 0; i < s->port_count; i++)
		ck_assert_uint_lt(s->ports[i].device, s->switch_count);
}

static void
check_inside(const struct scene *s)
{
	for (size_t i = 0; i < s->group_count; i++)
		ck_assert_uint_lt(s->groups[i].vswitch, s->vswitch_count);
	for (size_t i = 0; i < s->vnic_count; i++) {
		const struct scene_vnic *v = &s->vnics[i];

		ck_assert_uint_lt(v->machine, s->machine_count);
		ck_assert_uint_lt(v->group, s->group_count);
		ck_assert_uint_eq(v->vswitch, s->groups[v->group].vswitch);
		ck_assert_uint_eq(s->machines[v->machine].host,
		    s->vswitches[v->vswitch].host);
	}
}

static void
check(void (*make)(struct scene *s), size_t hosts, size_t ports)
{
	struct scene s;

	make(&s);
	ck_assert(!s.arena.failed);
	ck_assert_uint_eq(s.host_count, hosts);
	ck_assert_uint_eq(s.port_count, ports);
	check_cables(&s);
	check_inside(&s);
	scene_done(&s);
}

START_TEST(the_three_situations_are_whole)
{
	check(scenes_rack, 3, 7);
	check(scenes_path, 3, 7);
	check(scenes_pod, 16, 32);
}
END_TEST

SUITE("scenes", the_three_situations_are_whole)
