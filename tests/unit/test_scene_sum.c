#include "collector/draw/scene_sum.h"

#include "tests/support/scenes.h"
#include "tests/support/scopes.h"
#include "tests/support/suite.h"

static struct scene scene;

START_TEST(the_order_of_things_does_not_count)
{
	for (unsigned seed = 0; seed < 50; seed++) {
		struct scene other;

		scopes_make(&scene, seed, 7);
		scopes_shuffle(&other, &scene, seed + 1);
		ck_assert_uint_eq(scene_sum(&scene), scene_sum(&other));
		scene_done(&other);
		scene_done(&scene);
	}
}
END_TEST

START_TEST(neither_does_the_moment)
{
	uint64_t sum;

	scenes_path(&scene);
	sum = scene_sum(&scene);
	scene.now += 300;
	scene.revision++;
	ck_assert_uint_eq(scene_sum(&scene), sum);
	scene_done(&scene);
}
END_TEST

/* The sum is another one since the last time. */
static void
expect_new(uint64_t *sum)
{
	uint64_t now = scene_sum(&scene);

	ck_assert_uint_ne(now, *sum);
	*sum = now;
}

START_TEST(whatever_is_shown_counts)
{
	uint64_t sum = 0;

	scenes_path(&scene);
	expect_new(&sum);
	scene.title = "another";
	expect_new(&sum);
	scene.machines[0].name = "web-99";
	expect_new(&sum);
	scene.machines[0].state = "off";
	expect_new(&sum);
	scene.vnics[0].disconnected = true;
	expect_new(&sum);
	scene.vswitches[0].nic_count--;
	expect_new(&sum);
	scene.groups[0].vswitch++;
	expect_new(&sum);
	scene.nics[0].port = SCENE_NONE;
	expect_new(&sum);
	scene.claims[scene.nics[1].first_claim].vlans = "1-7";
	expect_new(&sum);
	scene.claims[scene.nics[1].first_claim].stale = true;
	expect_new(&sum);
	scene.hosts[0].silent = true;
	expect_new(&sum);
	scene.findings[0].command = "reboot";
	expect_new(&sum);
	scene.finding_count--;
	expect_new(&sum);
	scene.path = NULL;
	expect_new(&sum);
	scene_done(&scene);
}
END_TEST

SUITE("scene_sum", the_order_of_things_does_not_count, neither_does_the_moment,
    whatever_is_shown_counts)
