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

/* Those of some hosts that are to be saved; nobody else changes them then. */
static enum status
hold(const struct saving_with *with, struct model_host *const *hosts,
    size_t count)
{
	int64_t ids[SAVED_TOGETHER];
	size_t unsaved = 0;

	if (!with->sharing)
		return STATUS_OK;
	(void)pthread_mutex_lock(with->changing);
	for (size_t i = 0; i < count; i++) {
		if (hosts[i]->unsaved)
			ids[unsaved++] = hosts[i]->host_id;
	}
	(void)pthread_mutex_unlock(with->changing);
	return sharing_hold(with->sharing, ids, unsaved);
}

/* What was to be saved is still to be. */
static void
put_back(const struct saving_with *with, struct model_host *const *hosts,
    const bool *saved, size_t count)
{
	(void)pthread_mutex_lock(with->changing);
	for (size_t i = 0; i < count; i++)
		hosts[i]->unsaved |= saved[i];
	(void)pthread_mutex_unlock(with->changing);
}

static enum status
save_some(
    struct model *m, struct store *s, const struct saving_with *with, size_t at)
{
	size_t left = m->count - at;
	size_t count = left < SAVED_TOGETHER ? left : SAVED_TOGETHER;
	bool saved[SAVED_TOGETHER] = { false };
	enum status status = store_begin(s);

	/* What is known may be older than what another one wrote. */
	if (status == STATUS_OK && s->doubtful && !with->sharing)
		status = STATUS_BUSY;
	if (status == STATUS_OK)
		status = hold(with, &m->hosts[at], count);
	for (size_t i = 0; i < count && status == STATUS_OK; i++) {
		(void)pthread_mutex_lock(with->changing);
		saved[i] = m->hosts[at + i]->unsaved;
		status = model_save(m, s, m->hosts[at + i]->host_id);
		(void)pthread_mutex_unlock(with->changing);
	}
	status = end(s, status);
	if (status != STATUS_OK)
		put_back(with, &m->hosts[at], saved, count);
	return status;
}

enum status
saving_heard(struct model *m, struct store *s, const struct saving_with *with)
{
	enum status status = STATUS_OK;

	for (size_t at = 0; at < m->count && status == STATUS_OK;
	     at += SAVED_TOGETHER) {
		status = save_some(m, s, with, at);
		if (status != STATUS_OK && store_may_retry(s))
			status = save_some(m, s, with, at);
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
