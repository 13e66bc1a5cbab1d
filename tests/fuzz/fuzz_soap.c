#include <stdlib.h>

#include "tests/fuzz/fuzz.h"
#include "vsphere/inventory.h"

static void
take(void *owner, struct update *update)
{
	(void)!inventory_take(owner, update);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct shape *const shapes[] = { NULL, &shape_hints,
		&shape_service, &shape_reference };
	struct inventory inventory;
	struct soap_settings settings = { .take = take, .owner = &inventory };
	struct soap_result result = { .objects = 0 };
	struct soap *soap;

	inventory_init(&inventory);
	settings.shape = shapes[size % 4];
	fuzz_expect(soap_new(&settings, &soap) == STATUS_OK);
	if (soap_take(soap, (const char *)data, size / 2) == STATUS_OK &&
	    soap_take(soap, (const char *)data + size / 2, size - size / 2) ==
		STATUS_OK)
		(void)!soap_end(soap, &result);
	soap_free(soap);
	free(result.list);
	inventory_identify(&inventory);
	inventory_done(&inventory);
	return 0;
}
