#include "report/device_id.h"

#include <string.h>

/* Serials of Cisco are upper case letters and digits, mostly digits, such as
 * FDO2116225P or 069003103. */
static bool
is_serial(struct cursor c)
{
	unsigned digits = 0;

	if (c.left < 8 || c.left > 20)
		return false;
	while (c.left > 0) {
		uint8_t octet = cursor_u8(&c);

		if (octet >= '0' && octet <= '9')
			digits++;
		else if (octet < 'A' || octet > 'Z')
			return false;
	}
	return digits >= 4;
}

void
device_id_split(struct neighbor *n)
{
	const char *id = neighbor_text(n, n->chassis_id.value);
	struct cursor c = cursor_over(id, n->chassis_id.value.length);
	struct cursor name = cursor_take(&c, strcspn(id, "("));
	struct cursor serial;

	cursor_skip(&c, 1);
	if (!cursor_ok(&c) || name.left == 0)
		return;
	serial = cursor_take(&c, strcspn((const char *)c.next, ")"));
	if (serial.left == 0 || c.left != 1)
		return;
	if (!is_serial(serial)) {
		struct cursor swap = name;

		name = serial;
		serial = swap;
	}
	if (!is_serial(serial))
		return;
	if (n->serial.at == 0)
		n->serial = neighbor_add_text(n, &serial);
	if (n->system_name.at == 0)
		n->system_name = neighbor_add_text(n, &name);
}
