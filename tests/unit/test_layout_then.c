/* What is of then, or of a machine that cannot talk, is drawn as that. */
#include <stdio.h>
#include <string.h>

#include "tests/support/laid.h"
#include "tests/support/overlaps.h"
#include "tests/support/scenes.h"
#include "tests/support/scopes.h"
#include "tests/support/suite.h"

static void
assert_readable(const char *what, unsigned number)
{
	char why[256];

	if (overlaps_find(&sheet, why, sizeof(why)))
		ck_abort_msg("%s %u: %s", what, number, why);
}

static void
fall_silent(void)
{
	for (size_t i = 0; i < scene.claim_count; i++)
		scene.claims[i].stale = true;
	for (size_t i = 0; i < scene.host_count; i++) {
		scene.hosts[i].silent = true;
		scene.hosts[i].seen_at = scene.now - 3 * 3600;
	}
}

static const struct sheet_text *
text_of(const char *id)
{
	for (uint32_t i = 0; i < sheet.text_count; i++)
		if (!strcmp(sheet.texts[i].id, id))
			return &sheet.texts[i];
	ck_abort_msg("no text %s", id);
}

/* All formats have these words, so that none says it by colour alone. */
START_TEST(what_is_not_heard_is_said_of_then)
{
	scenes_rack(&scene);
	fall_silent();
	lay();
	for (uint32_t i = 0; i < sheet.cable_count; i++) {
		const struct sheet_cable *c = &sheet.cables[i];

		ck_assert_ptr_null(strstr(c->net_text, "carries"));
		ck_assert_ptr_null(strstr(c->sys_text, "needs"));
		if (*c->net_text)
			ck_assert(!strncmp(c->net_text, "carried ", 8) ||
				  !strncmp(c->net_text, "was ", 4));
		if (*c->sys_text)
			ck_assert(!strncmp(c->sys_text, "needed ", 7) ||
				  !strncmp(c->sys_text, "was ", 4));
	}
	assert_readable("silent rack", 0);
	finish();
}
END_TEST

START_TEST(a_silent_host_says_so_in_every_drawing)
{
	static const char said[] = "silent, last seen 11:02 UTC";
	char id[64];

	scenes_rack(&scene);
	fall_silent();
	lay();
	for (size_t i = 0; i < scene.host_count; i++) {
		snprintf(id, sizeof(id), "%s:about", scene.hosts[i].id);
		ck_assert_ptr_nonnull(strstr(text_of(id)->text, said));
		ck_assert_ptr_nonnull(
		    strstr(box_of(&sheet, scene.hosts[i].id)->about, said));
	}
	finish();
	scenes_path(&scene);
	fall_silent();
	lay();
	ck_assert_str_eq(text_of("silent")->text, said);
	assert_readable("silent path", 0);
	finish();
	scenes_pod(&scene);
	fall_silent();
	lay();
	for (size_t i = 0; i < scene.host_count; i++) {
		snprintf(id, sizeof(id), "%s:silent", scene.hosts[i].id);
		ck_assert(!strncmp(text_of(id)->text, "silent", 6));
		ck_assert_ptr_nonnull(
		    strstr(box_of(&sheet, scene.hosts[i].id)->about, said));
	}
	assert_readable("silent pod", 0);
	finish();
}
END_TEST

START_TEST(a_machine_that_cannot_talk_is_faint_and_says_why)
{
	const struct scene_machine *off, *cut;
	char id[64];

	scenes_rack(&scene);
	cut = &scene.machines[scene.vnics[0].machine];
	off = &scene.machines[scene.vnics[1].machine];
	scene.vnics[0].disconnected = true;
	scene.machines[scene.vnics[1].machine].state = "off";
	lay();
	ck_assert(box_of(&sheet, off->id)->faint);
	snprintf(id, sizeof(id), "%s:idle", off->id);
	ck_assert_str_eq(text_of(id)->text, "off");
	ck_assert_str_eq(box_of(&sheet, cut->id)->about, "disconnected");
	snprintf(id, sizeof(id), "%s:wire", cut->id);
	for (uint32_t i = 0; i < sheet.cable_count; i++)
		if (!strcmp(sheet.cables[i].id, id))
			ck_assert_int_eq(sheet.cables[i].state, CABLE_DOWN);
	finish();
	/* All of many, with whatever names. */
	for (unsigned seed = 0; seed < 100; seed++) {
		scopes_make(&scene, seed, 4);
		for (size_t i = 0; i < scene.machine_count; i += 2)
			scene.machines[i].state = i % 4 ? "suspended" : "off";
		for (size_t i = 0; i < scene.vnic_count; i += 3)
			scene.vnics[i].disconnected = true;
		lay();
		assert_readable("idle", seed);
		finish();
	}
}
END_TEST

SUITE("layout_then", what_is_not_heard_is_said_of_then,
    a_silent_host_says_so_in_every_drawing,
    a_machine_that_cannot_talk_is_faint_and_says_why)
