#include "agent/libvirt/domain_xml.h"
#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(domain_done) struct domain d = { .nics = NULL };
	CLEANUP(buffer_done) struct buffer text = { 0 };
	CLEANUP(json_cleanup) struct json_value *v = NULL;
	char error[JSON_ERROR_SIZE];
	struct json j = json_over(&text);

	buffer_init(&text, 4 << 20);
	if (domain_xml_read((const char *)data, size, &d) != STATUS_OK)
		return 0;
	domain_write(&j, &d);
	fuzz_expect(json_parse(buffer_string(&text), text.size, &v, error) ==
		    STATUS_OK);
	return 0;
}
