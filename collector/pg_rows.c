#include "collector/pg_rows.h"

#include <libpq-fe.h>
#include <string.h>

#include "collector/pg_values.h"

bool
pg_rows_add(struct pg_rows *r, const char *takes, const struct value *values)
{
	bool good = true;

	for (size_t i = 0; takes[i]; i++) {
		if (r->count == 0)
			pg_array_begin(&r->columns[i], takes[i]);
		pg_array_add(&r->columns[i], &values[i]);
		good = good && buffer_ok(&r->columns[i]);
	}
	r->count++;
	return good;
}

bool
pg_rows_send(struct pg_rows *r, const char *takes, struct pg_conn *connection,
    const char *name)
{
	struct pg_bound b = { .array_count = 0 };
	int count = (int)strlen(takes);

	for (int i = 0; i < count; i++) {
		pg_array_end(&r->columns[i], r->count);
		if (!buffer_ok(&r->columns[i]))
			return false;
		pg_bind_array(&b, i, &r->columns[i]);
	}
	return PQsendQueryPrepared(connection, name, count, b.values, b.sizes,
		   b.binary, 1) != 0;
}

void
pg_rows_done(struct pg_rows *r)
{
	for (size_t i = 0; r->count > 0 && i < ENGINE_COLUMNS_MOST; i++)
		buffer_done(&r->columns[i]);
	r->count = 0;
}
