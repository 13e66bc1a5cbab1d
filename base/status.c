#include "base/status.h"

#include <stddef.h>

static const char *const texts[] = {
	[STATUS_OK] = "all is well",
	[STATUS_TRUNCATED] = "the input ended too early",
	[STATUS_MALFORMED] = "the input is malformed",
	[STATUS_UNKNOWN] = "the input is of an unknown kind",
	[STATUS_TOO_LARGE] = "a limit was reached",
	[STATUS_NO_MEMORY] = "there is no memory left",
	[STATUS_NOT_FOUND] = "it does not exist",
	[STATUS_NOT_ALLOWED] = "the system does not allow it",
	[STATUS_BUSY] = "it is busy",
	[STATUS_SYSTEM] = "a system call failed",
	[STATUS_NEWER] = "it was made by a newer version of demarc",
	[STATUS_CONFLICT] = "it contradicts what is known",
};

const char *
status_text(enum status status)
{
	size_t count = sizeof(texts) / sizeof(texts[0]);

	return (size_t)status < count ? texts[status] : "unknown status";
}
