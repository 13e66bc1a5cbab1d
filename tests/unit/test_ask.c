#include "vsphere/ask.h"

#include <check.h>
#include <string.h>

#include "tests/support/suite.h"

START_TEST(a_password_of_any_characters_stays_one_element)
{
	CLEANUP(buffer_done) struct buffer b = { 0 };

	buffer_init(&b, ASK_SIZE_MOST);
	ask_login(&b, "SessionManager", "a&b", "</password><x>&amp;");
	ck_assert_ptr_nonnull(strstr(buffer_string(&b),
	    "<userName>a&amp;b</userName>"
	    "<password>&lt;/password&gt;&lt;x&gt;&amp;amp;</password>"));
	ck_assert_ptr_null(strstr(buffer_string(&b), "<x>"));
}
END_TEST

START_TEST(what_a_vcenter_said_is_escaped_when_it_is_said_again)
{
	CLEANUP(buffer_done) struct buffer b = { 0 };

	buffer_init(&b, ASK_SIZE_MOST);
	ask_more(&b, "propertyCollector", "1<2");
	ck_assert_ptr_nonnull(
	    strstr(buffer_string(&b), "<token>1&lt;2</token>"));
}
END_TEST

START_TEST(every_property_is_asked_for_by_pages_of_a_hundred)
{
	CLEANUP(buffer_done) struct buffer b = { 0 };

	buffer_init(&b, ASK_SIZE_MOST);
	ask_objects(&b, "propertyCollector", "view");
	ck_assert(buffer_ok(&b));
	ck_assert_ptr_nonnull(strstr(buffer_string(&b),
	    "<pathSet>config.network.proxySwitch</pathSet>"));
	ck_assert_ptr_nonnull(strstr(
	    buffer_string(&b), "<pathSet>config.hardware.device</pathSet>"));
	ck_assert_ptr_nonnull(
	    strstr(buffer_string(&b), "<maxObjects>100</maxObjects>"));
}
END_TEST

SUITE("ask", a_password_of_any_characters_stays_one_element,
    what_a_vcenter_said_is_escaped_when_it_is_said_again,
    every_property_is_asked_for_by_pages_of_a_hundred)
