/* Pages of many hosts, and what they say of hosts nobody looked into. */
#include <string.h>

#include "tests/support/laid.h"
#include "tests/support/scenes.h"
#include "tests/support/scopes.h"
#include "tests/support/suite.h"

static bool
has_text(const char *text)
{
	for (uint32_t i = 0; i < sheet.text_count; i++)
		if (!strcmp(sheet.texts[i].text, text))
			return true;
	return false;
}

START_TEST(hosts_of_many_switches_are_pages_with_an_index)
{
	unsigned pages;

	scopes_make(&scene, 1, 120);
	pages = layout_pages(&scene, LAYOUT_AUTO);
	ck_assert_uint_gt(pages, 1);
	for (unsigned page = 0; page <= pages; page++) {
		ck_assert_int_eq(
		    layout(&sheet, &scene, LAYOUT_AUTO, page), STATUS_OK);
		sheet_done(&sheet);
	}
	ck_assert_int_eq(
	    layout(&sheet, &scene, LAYOUT_AUTO, pages + 1), STATUS_NOT_FOUND);
	sheet_done(&sheet);
	scene.finding_count = 0;
	lay();
	ck_assert(!has_text("nothing found"));
	finish();
}
END_TEST

START_TEST(a_page_has_the_notes_of_its_own_hosts_alone)
{
	unsigned notes = 0, pages;

	scopes_make(&scene, 5, 120);
	pages = layout_pages(&scene, LAYOUT_AUTO);
	for (unsigned page = 1; page <= pages; page++) {
		ck_assert_int_eq(
		    layout(&sheet, &scene, LAYOUT_AUTO, page), STATUS_OK);
		for (uint32_t i = 0; i < sheet.note_count; i++)
			notes += sheet.notes[i].n == 1;
		sheet_done(&sheet);
	}
	ck_assert_uint_gt(notes, 0);
	ck_assert_uint_lt(notes, pages);
	scene_done(&scene);
}
END_TEST

START_TEST(of_a_host_that_nobody_looked_into_nothing_is_said)
{
	scenes_pod(&scene);
	scene.vswitch_count = scene.group_count = 0;
	scene.machine_count = scene.vnic_count = 0;
	lay();
	ck_assert(has_text("no VM"));
	ck_assert(!has_text("not drawn"));
	sheet_done(&sheet);
	for (size_t i = 0; i < scene.host_count; i++)
		scene.hosts[i].inside_unread = true;
	lay();
	ck_assert(has_text("not drawn"));
	ck_assert(!has_text("no VM"));
	ck_assert(!has_text("differs"));
	ck_assert(has_text("the insides of 16 of 16 hosts"));
	for (uint32_t i = 0; i < sheet.text_count; i++)
		ck_assert(!strstr(sheet.texts[i].text, "look like this") &&
			  !strstr(sheet.texts[i].text, "looks like this") &&
			  !strstr(sheet.texts[i].text, "equal on all"));
	finish();
}
END_TEST

START_TEST(each_host_is_on_one_page)
{
	unsigned pages, times[300] = { 0 };

	scopes_make(&scene, 3, 300);
	pages = layout_pages(&scene, LAYOUT_INDEX);
	for (unsigned page = 0; page <= pages; page++) {
		bool hosts[300] = { false };

		ck_assert(layout_page_hosts(&scene, page, hosts));
		for (unsigned i = 0; i < 300; i++)
			times[i] += hosts[i];
	}
	for (unsigned i = 0; i < 300; i++)
		ck_assert_uint_eq(times[i], 1);
	scene_done(&scene);
}
END_TEST

SUITE("layout_pages", hosts_of_many_switches_are_pages_with_an_index,
    a_page_has_the_notes_of_its_own_hosts_alone,
    of_a_host_that_nobody_looked_into_nothing_is_said, each_host_is_on_one_page)
