/* What a ladder says once, and what of each port. */
#include <stdlib.h>
#include <string.h>

#include "collector/draw/layout.h"
#include "tests/support/overlaps.h"
#include "tests/support/scenes.h"
#include "tests/support/scopes.h"
#include "tests/support/suite.h"

static struct scene scene;
static struct sheet sheet;

static void
lay(void)
{
	ck_assert_int_eq(layout(&sheet, &scene, LAYOUT_LADDER, 0), STATUS_OK);
}

static void
finish(void)
{
	sheet_done(&sheet);
	scene_done(&scene);
}

static bool
has_text(const char *text)
{
	for (uint32_t i = 0; i < sheet.text_count; i++)
		if (!strcmp(sheet.texts[i].text, text))
			return true;
	return false;
}

/* Nothing is told of the first 'nics' of the pod. */
static void
hush(uint32_t nics)
{
	for (uint32_t n = 0; n < nics; n++)
		scene.nics[n].claim_count = 0;
}

START_TEST(every_port_is_said_only_of_ports_that_are_told_of)
{
	/* The first pair of the pod has 16 ports, the 10th lacks 120. */
	scenes_pod(&scene);
	hush(2);
	scene.nics[2].claim_count = 1; /* of its native VLAN nothing */
	lay();
	ck_assert(has_text("12 of 16 ports carry 10, 20, 120, 130, native 1; "
			   "1 marked, 3 not told"));
	ck_assert(has_text(
	    "every port carries 10, 20, 120, 130, native 1, unless marked"));
	sheet_done(&sheet);
	hush(16);
	lay();
	ck_assert(has_text("what these ports carry is not told"));
	finish();
}
END_TEST

START_TEST(a_cable_without_a_link_is_no_port)
{
	scenes_pod(&scene);
	hush(1);
	scene.nics[0].state = CABLE_DOWN;
	scene.nics[0].port = SCENE_NONE;
	lay();
	for (uint32_t i = 0; i < sheet.text_count; i++)
		ck_assert_ptr_null(strstr(sheet.texts[i].text, "not told"));
	finish();
}
END_TEST

START_TEST(a_port_that_lacks_one_vlan_and_has_another_says_both)
{
	scenes_pod(&scene);
	for (size_t i = 0; i < scene.claim_count; i++)
		if (!strcmp(scene.claims[i].vlans, "10,20,130"))
			scene.claims[i].vlans = "10,20,130,140";
	lay();
	ck_assert(has_text("120 not seen, also 140"));
	finish();
}
END_TEST

/* At its cable, or below; what is listed no more is counted. */
static void
assert_differences_are_said(unsigned seed)
{
	size_t differing = 0, said = 0, more = 0;

	for (uint32_t i = 0; i < sheet.cable_count; i++)
		differing += *sheet.cables[i].net_text != '\0';
	for (uint32_t i = 0; i < sheet.text_count; i++) {
		const struct sheet_text *t = &sheet.texts[i];
		const char *end = strstr(t->id, ":differs");

		said += end && !strcmp(end, ":differs");
		if (!strcmp(t->id, "differs:more"))
			more = strtoul(t->text + strlen("and "), NULL, 10);
	}
	ck_assert_msg(said + more == differing, "scope %u: %zu + %zu of %zu",
	    seed, said, more, differing);
}

START_TEST(no_difference_is_left_out_for_want_of_room)
{
	for (unsigned seed = 0; seed < 200; seed++) {
		char why[256];

		scopes_make(&scene, seed, 4 + seed % 30);
		lay();
		assert_differences_are_said(seed);
		ck_assert_msg(!overlaps_find(&sheet, why, sizeof(why)),
		    "scope %u: %s", seed, why);
		finish();
	}
}
END_TEST

SUITE("ladder", every_port_is_said_only_of_ports_that_are_told_of,
    a_cable_without_a_link_is_no_port,
    a_port_that_lacks_one_vlan_and_has_another_says_both,
    no_difference_is_left_out_for_want_of_room)
