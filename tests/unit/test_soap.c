#include "vsphere/soap.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/suite.h"
#include "tests/support/vsphere.h"

#define BEGIN                                                                  \
	"<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\">"   \
	"<s:Body>"
#define END "</s:Body></s:Envelope>"

static enum status
read_as(const char *text, const struct shape *shape, struct soap_result *out)
{
	*out = (struct soap_result){ .objects = 0 };
	return vsphere_read(&(struct vsphere_document){ .octets = text,
				.size = strlen(text),
				.piece = 16,
				.shape = shape },
	    out);
}

START_TEST(a_fault_is_told_with_its_kind)
{
	static const char text[] = BEGIN
	    "<s:Fault><faultcode>ServerFaultCode</faultcode>"
	    "<faultstring>The session\nis gone.</faultstring><detail>"
	    "<NotAuthenticatedFault xmlns=\"urn:vim25\"><object>x</object>"
	    "</NotAuthenticatedFault></detail></s:Fault>" END;
	struct soap_result r;

	ck_assert_int_eq(read_as(text, &shape_reference, &r), STATUS_OK);
	ck_assert_str_eq(r.fault.kind, "NotAuthenticated");
	ck_assert_ptr_nonnull(strstr(r.fault.text, "is gone."));
	ck_assert_ptr_null(strchr(r.fault.text, '\n'));
	ck_assert_ptr_null(r.list);
}
END_TEST

START_TEST(the_type_of_a_fault_is_stronger_than_its_element)
{
	static const char text[] =
	    BEGIN "<s:Fault><faultstring/><detail><Fault "
		  "xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\" "
		  "i:type=\"v:InvalidLogin\"/></detail></s:Fault>" END;
	struct soap_result r;

	ck_assert_int_eq(read_as(text, NULL, &r), STATUS_OK);
	ck_assert_str_eq(r.fault.kind, "InvalidLogin");
}
END_TEST

START_TEST(a_page_tells_of_the_next)
{
	static const char text[] =
	    BEGIN "<R><returnval><token>1&amp;2</token></returnval></R>" END;
	static const char answer[] =
	    BEGIN "<XResponse><returnval><token>1&amp;2</token></returnval>"
		  "</XResponse>" END;
	struct soap_result r;

	ck_assert_int_eq(read_as(text, NULL, &r), STATUS_UNKNOWN);
	ck_assert_int_eq(read_as(answer, NULL, &r), STATUS_OK);
	ck_assert_str_eq(r.token, "1&2");
}
END_TEST

START_TEST(a_document_type_is_refused_before_it_can_do_anything)
{
	static const char bomb[] =
	    "<?xml version=\"1.0\"?><!DOCTYPE e [<!ENTITY a \"aaaaaaaaaa\">"
	    "<!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c SYSTEM "
	    "\"file:///etc/passwd\">]>" BEGIN
	    "<XResponse><returnval><token>&b;&c;</token></returnval>"
	    "</XResponse>" END;
	static const char undefined[] =
	    BEGIN "<XResponse><returnval><token>&nbsp;</token></returnval>"
		  "</XResponse>" END;
	struct soap_result r;

	ck_assert_int_eq(read_as(bomb, NULL, &r), STATUS_MALFORMED);
	ck_assert_int_ne(read_as(undefined, NULL, &r), STATUS_OK);
	ck_assert_str_eq(r.token, "");
}
END_TEST

START_TEST(what_is_nested_too_deeply_is_refused)
{
	CLEANUP(buffer_done) struct buffer text = { 0 };
	struct soap_result r;

	buffer_init(&text, 4096);
	buffer_text(&text, BEGIN "<XResponse>");
	for (int i = 0; i < XML_DEPTH_MOST; i++)
		buffer_text(&text, "<deeper>");
	ck_assert_int_eq(
	    read_as(buffer_string(&text), NULL, &r), STATUS_TOO_LARGE);
}
END_TEST

START_TEST(two_answers_in_one_are_none)
{
	static const char text[] =
	    BEGIN "<XResponse><returnval>a</returnval></XResponse>"
		  "<YResponse><returnval>b</returnval></YResponse>" END;
	struct soap_result r;

	ck_assert_int_eq(read_as(text, &shape_reference, &r), STATUS_UNKNOWN);
	ck_assert_ptr_null(r.list);
}
END_TEST

START_TEST(a_text_that_is_too_long_is_cut)
{
	CLEANUP(buffer_done) struct buffer text = { 0 };
	struct soap_result r;

	buffer_init(&text, 100000);
	buffer_text(&text, BEGIN "<XResponse><returnval>");
	for (int i = 0; i < 50000; i++)
		buffer_char(&text, 'x');
	buffer_text(&text, "</returnval></XResponse>" END);
	ck_assert_int_eq(
	    read_as(buffer_string(&text), &shape_reference, &r), STATUS_OK);
	ck_assert_uint_eq(strlen(list_only(r.list)), LIST_TEXT_MOST - 1);
	ck_assert_uint_eq(r.lost, 1);
	free(r.list);
}
END_TEST

START_TEST(an_answer_cut_anywhere_is_refused)
{
	static const char *const names[] = { "tests/xml/vsphere/changes.xml",
		"tests/xml/vsphere/hints.xml" };
	struct soap_result r;

	for (size_t i = 0; i < 2; i++) {
		CLEANUP(buffer_done) struct buffer text = { 0 };

		buffer_init(&text, 1 << 20);
		ck_assert_int_eq(buffer_read_file(&text, names[i]), STATUS_OK);
		/* White space ends the file. */
		for (size_t size = 0; size + 2 < text.size; size++) {
			struct vsphere_document cut = { text.octets, size, 997,
				i ? &shape_hints : NULL, NULL };

			if (vsphere_read(&cut, &r) == STATUS_OK)
				ck_abort_msg("%zu octets are whole", size);
		}
	}
}
END_TEST

SUITE("soap", a_fault_is_told_with_its_kind,
    the_type_of_a_fault_is_stronger_than_its_element, a_page_tells_of_the_next,
    a_document_type_is_refused_before_it_can_do_anything,
    what_is_nested_too_deeply_is_refused, two_answers_in_one_are_none,
    a_text_that_is_too_long_is_cut, an_answer_cut_anywhere_is_refused)
