#include "tests/fuzz/fuzz.h"
#include "vsphere/compose.h"

static void
take(void *owner, struct update *update)
{
	(void)!inventory_take(owner, update);
}

static void
compose(const struct inventory *inventory)
{
	CLEANUP(buffer_done) struct buffer text = { 0 };
	struct report_head head = { .agent_version = "" };
	char digest[REPORT_DIGEST_SIZE];
	const struct esxi *host;

	buffer_init(&text, REPORT_SIZE_MOST);
	for (host = inventory_hosts(inventory); host;
	     host = inventory_next_host(host))
		compose_report(inventory, host, &head, &text, digest);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct inventory inventory;
	struct soap_settings settings = { .take = take, .owner = &inventory };
	struct soap *soap;

	inventory_init(&inventory);
	fuzz_expect(soap_new(&settings, &soap) == STATUS_OK);
	(void)!soap_take(soap, (const char *)data, size);
	soap_free(soap);
	inventory_identify(&inventory);
	compose(&inventory);
	inventory_done(&inventory);
	return 0;
}
