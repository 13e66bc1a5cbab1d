#include "collector/saving.h"

enum { SAVED_TOGETHER = 64 /* hosts */ };

static enum status
end(struct store *s, enum status status)
{
	if (status == STATUS_OK)
		status = store_commit(s);
	if (status != STATUS_OK)
		store_rollback(s);
	return status;
}

enum status
saving_heard(struct model *m, struct store *s)
{
	enum status status = STATUS_OK;
	size_t i = 0;

	while (i < m->count && status == STATUS_OK) {
		size_t most = i + SAVED_TOGETHER;

		status = store_begin(s);
		for (; i < m->count && i < most && status == STATUS_OK; i++)
			status = model_save(m, s, m->hosts[i]->host_id);
		status = end(s, status);
	}
	return status;
}

enum status
saving_probe(const struct model *m, struct store *s)
{
	enum status status = store_begin(s);

	if (status == STATUS_OK && m->count > 0)
		status = store_host_put(s, &m->hosts[0]->row);
	return end(s, status);
}
