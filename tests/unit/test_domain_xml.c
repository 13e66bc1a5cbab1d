#include "agent/libvirt/domain_xml.h"

#include <check.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "tests/support/golden.h"
#include "tests/support/suite.h"

static enum status
read_text(const char *xml, struct domain *out)
{
	return domain_xml_read(xml, strlen(xml), out);
}

/* Reads it, writes it as JSON, reads that, and writes it again. */
static void
write_twice(const struct domain *d, struct buffer *out)
{
	CLEANUP(buffer_done) struct buffer first = { 0 };
	CLEANUP(json_cleanup) struct json_value *v = NULL;
	CLEANUP(domain_done) struct domain copy = { .nics = NULL };
	char error[JSON_ERROR_SIZE];
	struct json j;

	buffer_init(&first, DOMAIN_LINE_MOST);
	j = json_over(&first);
	domain_write(&j, d);
	ck_assert_int_eq(
	    json_parse(buffer_string(&first), first.size, &v, error),
	    STATUS_OK);
	ck_assert_int_eq(domain_read(v, &copy), STATUS_OK);
	j = json_over(out);
	domain_write(&j, &copy);
	ck_assert_str_eq(buffer_string(out), buffer_string(&first));
}

START_TEST(each_document_is_read_as_the_file_beside_it_says)
{
	glob_t found;

	ck_assert_int_eq(glob("tests/xml/libvirt-*.xml", 0, NULL, &found), 0);
	ck_assert_uint_ge(found.gl_pathc, 4);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		CLEANUP(buffer_done) struct buffer xml = { 0 };
		CLEANUP(buffer_done) struct buffer said = { 0 };
		CLEANUP(buffer_done) struct buffer spread = { 0 };
		CLEANUP(domain_done) struct domain d = { .nics = NULL };
		const char *path = found.gl_pathv[i];
		char expected[256];

		buffer_init(&xml, DOMAIN_XML_MOST);
		buffer_init(&said, DOMAIN_LINE_MOST);
		buffer_init(&spread, 2 * DOMAIN_LINE_MOST);
		ck_assert_int_eq(buffer_read_file(&xml, path), STATUS_OK);
		ck_assert_int_eq(
		    domain_xml_read(buffer_string(&xml), xml.size, &d),
		    STATUS_OK);
		d.state = STATE_PAUSED;
		write_twice(&d, &said);
		golden_spread(&spread, buffer_string(&said));
		snprintf(expected, sizeof(expected), "%.*s.json",
		    (int)strcspn(path, "."), path);
		ck_assert(golden_matches(expected, buffer_string(&spread)));
	}
	globfree(&found);
}
END_TEST

/* The copy is exactly as long as the cut, so the address sanitizer notices a
 * read of even one octet too many. */
START_TEST(a_document_cut_anywhere_is_refused)
{
	CLEANUP(buffer_done) struct buffer xml = { 0 };
	size_t whole;

	buffer_init(&xml, DOMAIN_XML_MOST);
	ck_assert_int_eq(
	    buffer_read_file(&xml, "tests/xml/libvirt-vlans.xml"), STATUS_OK);
	whole = xml.size - 1; /* behind it is a line feed */
	for (size_t size = 0; size < whole; size++) {
		char *cut = malloc(size + 1);
		struct domain d = { .nic_count = 3 };

		memcpy(cut, xml.octets, size);
		ck_assert_int_ne(domain_xml_read(cut, size, &d), STATUS_OK);
		ck_assert_uint_eq(d.nic_count, 3);
		free(cut);
	}
}
END_TEST

START_TEST(a_document_with_entities_is_refused)
{
	static const char *const bombs[] = {
		"<!DOCTYPE domain [<!ENTITY a 'ha'>"
		"<!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>"
		"<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'>"
		"<!ENTITY d '&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;'>"
		"<!ENTITY e '&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;'>"
		"<!ENTITY f '&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;'>]>"
		"<domain><name>&f;&f;&f;&f;</name></domain>",
		"<!DOCTYPE domain [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
		"<domain><name>&a;</name></domain>",
		"<!DOCTYPE domain SYSTEM 'http://127.0.0.1:1/x.dtd'><domain/>",
		"<!DOCTYPE domain [<!ENTITY % p '<!ENTITY a \"x\">'> %p;]>"
		"<domain><name>&a;</name></domain>",
		"<domain><name>&undefined;</name></domain>",
	};

	for (size_t i = 0; i < sizeof(bombs) / sizeof(bombs[0]); i++) {
		struct domain d = { .nic_count = 3 };

		ck_assert_int_eq(read_text(bombs[i], &d), STATUS_MALFORMED);
		ck_assert_uint_eq(d.nic_count, 3);
	}
}
END_TEST

START_TEST(what_is_no_machine_is_refused)
{
	static const char *const others[] = { "", "domain", "<network/>",
		"<x><domain/></x>", "<domain/><domain/>",
		"<domain><devices></domain>", "<domain a='1' a='2'/>",
		"<domain>\xff</domain>" };
	struct domain d;

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		ck_assert_int_eq(read_text(others[i], &d), STATUS_MALFORMED);
}
END_TEST

START_TEST(a_document_too_large_is_refused)
{
	char *xml = malloc(DOMAIN_XML_MOST + 1);
	struct domain d;

	memset(xml, ' ', DOMAIN_XML_MOST + 1);
	ck_assert_int_eq(
	    domain_xml_read(xml, DOMAIN_XML_MOST + 1, &d), STATUS_TOO_LARGE);
	free(xml);
}
END_TEST

START_TEST(a_document_deeper_than_any_machine_is_refused)
{
	enum { DEPTH = 100 * 1000 };
	CLEANUP(buffer_done) struct buffer xml = { 0 };
	struct domain d;

	buffer_init(&xml, DOMAIN_XML_MOST);
	buffer_text(&xml, "<domain>");
	for (int i = 0; i < DEPTH; i++)
		buffer_text(&xml, "<a>");
	for (int i = 0; i < DEPTH; i++)
		buffer_text(&xml, "</a>");
	buffer_text(&xml, "</domain>");
	ck_assert(buffer_ok(&xml));
	ck_assert_int_eq(
	    domain_xml_read(xml.octets, xml.size, &d), STATUS_MALFORMED);
}
END_TEST

START_TEST(nics_beyond_the_limit_are_counted)
{
	CLEANUP(buffer_done) struct buffer xml = { 0 };
	CLEANUP(domain_done) struct domain d = { .nics = NULL };

	buffer_init(&xml, DOMAIN_XML_MOST);
	buffer_text(&xml, "<domain><devices>");
	for (int i = 0; i < DOMAIN_NICS_MOST + 7; i++)
		buffer_text(&xml, "<interface type='user'><mac address="
				  "'52:54:00:00:00:01'/></interface>");
	buffer_text(&xml, "</devices></domain>");
	ck_assert_int_eq(domain_xml_read(xml.octets, xml.size, &d), STATUS_OK);
	ck_assert_uint_eq(d.nic_count, DOMAIN_NICS_MOST);
	ck_assert_uint_eq(d.nics_lost, 7);
	ck_assert(d.nics[DOMAIN_NICS_MOST - 1].has_mac);
}
END_TEST

SUITE("domain_xml", each_document_is_read_as_the_file_beside_it_says,
    a_document_cut_anywhere_is_refused, a_document_with_entities_is_refused,
    what_is_no_machine_is_refused, a_document_too_large_is_refused,
    a_document_deeper_than_any_machine_is_refused,
    nics_beyond_the_limit_are_counted)
