#include "collector/http_arguments.h"

#include <string.h>

struct search {
	const char *const *known;
	const char *other;
};

const char *
http_argument(struct MHD_Connection *connection, const char *name)
{
	const char *value = NULL;
	size_t size = 0;

	if (MHD_lookup_connection_value_n(connection, MHD_GET_ARGUMENT_KIND,
		name, strlen(name), &value, &size) != MHD_YES ||
	    !value || strlen(value) != size)
		return NULL;
	return value;
}

static enum MHD_Result
look_at(
    void *context, enum MHD_ValueKind kind, const char *key, const char *value)
{
	struct search *search = context;

	(void)kind;
	(void)value;
	for (size_t i = 0; search->known[i]; i++) {
		if (strcmp(search->known[i], key) == 0)
			return MHD_YES;
	}
	search->other = key;
	return MHD_NO;
}

const char *
http_argument_beside(
    struct MHD_Connection *connection, const char *const *known)
{
	struct search search = { known, NULL };

	(void)MHD_get_connection_values(
	    connection, MHD_GET_ARGUMENT_KIND, look_at, &search);
	return search.other;
}
