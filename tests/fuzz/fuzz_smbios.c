#include <string.h>

#include "agent/smbios.h"
#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct smbios s;

	smbios_read(cursor_over(data, size), &s);
	fuzz_expect(s.slot_count <= SMBIOS_SLOTS_MOST);
	fuzz_expect(strlen(smbios_chassis(&s, "")) < HOST_TEXT_SIZE);
	fuzz_expect(strlen(smbios_bay(&s)) < HOST_TEXT_SIZE);
	fuzz_expect(strlen(smbios_slot(&s, "0000:3b:00.0")) < NIC_SLOT_SIZE);
	return 0;
}
