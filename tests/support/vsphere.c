#include "tests/support/vsphere.h"

#include <check.h>
#include <stdio.h>

enum { FILE_SIZE_MOST = 1 << 20 };

static void
take(void *owner, struct update *update)
{
	if (owner)
		ck_assert_int_eq(inventory_take(owner, update), STATUS_OK);
}

enum status
vsphere_read(const struct vsphere_document *document, struct soap_result *out)
{
	struct soap_settings settings = { .shape = document->shape,
		.take = take,
		.owner = document->inventory };
	enum status status;
	struct soap *soap;

	ck_assert_int_eq(soap_new(&settings, &soap), STATUS_OK);
	status = STATUS_OK;
	for (size_t at = 0; at < document->size && status == STATUS_OK;
	     at += document->piece) {
		size_t left = document->size - at;

		status = soap_take(soap, document->octets + at,
		    left < document->piece ? left : document->piece);
	}
	if (status == STATUS_OK)
		status = soap_end(soap, out);
	soap_free(soap);
	return status;
}

struct soap_result
vsphere_read_file(
    const char *name, const struct shape *shape, struct inventory *inventory)
{
	CLEANUP(buffer_done) struct buffer text = { 0 };
	struct soap_result result = { .objects = 0 };
	char path[128];

	snprintf(path, sizeof(path), "tests/xml/vsphere/%s", name);
	buffer_init(&text, FILE_SIZE_MOST);
	ck_assert_int_eq(buffer_read_file(&text, path), STATUS_OK);
	ck_assert_int_eq(
	    vsphere_read(
		&(struct vsphere_document){ .octets = buffer_string(&text),
		    .size = text.size,
		    .piece = 777,
		    .shape = shape,
		    .inventory = inventory },
		&result),
	    STATUS_OK);
	return result;
}
