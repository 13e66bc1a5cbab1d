#include "collector/saving.h"

#include "collector/history.h"
#include "collector/verdict.h"

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

/* What was to be saved is still to be. */
static void
put_back(struct model_host *const *hosts, const bool *saved, size_t count,
    pthread_mutex_t *changing)
{
	(void)pthread_mutex_lock(changing);
	for (size_t i = 0; i < count; i++)
		hosts[i]->unsaved |= saved[i];
	(void)pthread_mutex_unlock(changing);
}

enum status
saving_heard(struct model *m, struct store *s, pthread_mutex_t *changing)
{
	enum status status = STATUS_OK;
	size_t i = 0;

	while (i < m->count && status == STATUS_OK) {
		bool saved[SAVED_TOGETHER] = { false };
		size_t first = i, most = i + SAVED_TOGETHER;

		status = store_begin(s);
		/* What is known may be older than what another one wrote. */
		if (status == STATUS_OK && s->doubtful)
			status = STATUS_BUSY;
		for (; i < m->count && i < most && status == STATUS_OK; i++) {
			(void)pthread_mutex_lock(changing);
			saved[i - first] = m->hosts[i]->unsaved;
			status = model_save(m, s, m->hosts[i]->host_id);
			(void)pthread_mutex_unlock(changing);
		}
		status = end(s, status);
		if (status != STATUS_OK)
			put_back(&m->hosts[first], saved, i - first, changing);
	}
	return status;
}

enum status
saving_alive(struct store *s, int64_t now)
{
	struct history_kept kept = { .since = now, .alive_at = now };
	enum status status = store_begin(s);

	if (status == STATUS_OK)
		status = history_put(s, &kept);
	return end(s, status);
}

enum status
saving_begin(struct store *s, int64_t now)
{
	struct history_kept kept;
	enum status status = history_get(s, &kept);

	if (status == STATUS_OK && now - kept.alive_at > HOST_SILENT_S) {
		struct history_silence silence = { HISTORY_NOBODY,
			kept.alive_at, now };

		status = store_begin(s);
		if (status == STATUS_OK)
			status = history_note_silence(s, &silence);
		status = end(s, status);
	}
	if (status != STATUS_OK && status != STATUS_NOT_FOUND)
		return status;
	return saving_alive(s, now);
}
