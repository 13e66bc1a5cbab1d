#include "collector/telling.h"

#include <inttypes.h>

#include "base/buffer.h"
#include "base/log.h"
#include "collector/sharing_text.h"

enum { ROOM = 64 /* for the head of a text, and an id */ };

static void
begin_text(const struct telling *t, struct buffer *text, char what)
{
	buffer_init(text, SHARING_TEXT_MOST);
	buffer_printf(text, "%s %c ", t->self, what);
}

/* ---- with a transaction ----------------------------------------------------
 */

/* The earliest moment that any of them tells of anew. */
static int64_t
earliest(const struct telling_change *changes, size_t count)
{
	int64_t since = INT64_MAX;

	for (size_t i = 0; i < count; i++) {
		if (changes[i].change->since < since)
			since = changes[i].change->since;
	}
	return since;
}

/* A text of hosts that changed, until it is full. */
struct filling {
	const struct telling *by;
	struct buffer text;
	int64_t since;
	char what; /* '\0': there is no text yet */
	enum status status;
};

static void
send_text(struct filling *f)
{
	if (f->what == '\0' || f->status != STATUS_OK)
		return;
	f->status = buffer_ok(&f->text)
			? store_notify(f->by->store, buffer_string(&f->text))
			: STATUS_NO_MEMORY;
	buffer_done(&f->text);
	f->what = '\0';
}

static void
add_piece(struct filling *f, char what, const struct buffer *piece)
{
	if (f->what != what || f->text.size + piece->size > SHARING_TEXT_MOST)
		send_text(f);
	if (f->what == '\0') {
		begin_text(f->by, &f->text, what);
		buffer_printf(&f->text, "%" PRId64 " ", f->since);
		f->what = what;
	}
	buffer_append(&f->text, piece->octets, piece->size);
}

/* What one text cannot hold is only named. */
static void
add_change(struct filling *f, const struct telling_change *c)
{
	struct buffer piece;

	buffer_init(&piece, SHARING_TEXT_MOST - ROOM);
	sharing_text_step(&piece, c->change, c->known);
	if (buffer_ok(&piece)) {
		add_piece(f, 'd', &piece);
	} else {
		buffer_clear(&piece);
		buffer_printf(
		    &piece, "%" PRIx64 " ", (uint64_t)c->change->row.host_id);
		add_piece(f, 'c', &piece);
	}
	buffer_done(&piece);
}

enum status
telling_changes(
    const struct telling *t, const struct telling_change *changes, size_t count)
{
	struct filling f = { .by = t, .since = earliest(changes, count) };

	for (size_t i = 0; i < count && f.status == STATUS_OK; i++)
		add_change(&f, &changes[i]);
	send_text(&f);
	buffer_done(&f.text);
	return f.status;
}

/* ---- at once ---------------------------------------------------------------
 */

static void
tell(const struct telling *t, struct buffer *text)
{
	if (buffer_ok(text) &&
	    store_notify_alone(t->store, buffer_string(text)) != STATUS_OK)
		log_debug("not told to others: %s", t->store->error);
	buffer_done(text);
}

void
telling_heard(const struct telling *t, const char *hosts, size_t size)
{
	while (size > 0) {
		size_t most =
		    sharing_text_whole(hosts, size, SHARING_TEXT_MOST - ROOM);
		struct buffer text;

		begin_text(t, &text, 'h');
		buffer_append(&text, hosts, most);
		tell(t, &text);
		hosts += most;
		size -= most;
	}
}

void
telling_word(const struct telling *t, char word)
{
	struct buffer text;

	begin_text(t, &text, word);
	tell(t, &text);
}
