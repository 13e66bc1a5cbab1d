#include "collector/form.h"

#include <stdlib.h>
#include <string.h>

#include "base/cursor.h"
#include "base/fingerprint.h"
#include "base/json_parts.h"

/* Octets that should be what they were. */
static bool
take_octets(struct cursor *c, size_t size, struct fingerprint *print)
{
	struct cursor octets = cursor_take(c, size);

	if (!cursor_ok(&octets))
		return false;
	fingerprint_add(print, octets.next, octets.left);
	return true;
}

/* Takes the text as it should be; 0: it is not so. */
static uint64_t
fingerprint_of(
    const struct form *f, const char *text, size_t size, int64_t *out_values)
{
	struct cursor c = cursor_over(text, size);
	struct fingerprint print = fingerprint_begin();

	for (size_t i = 0; i < f->slot_count; i++) {
		if (!take_octets(&c, f->slots[i].before, &print) ||
		    !json_parts_number(&c, &out_values[i]))
			return 0;
	}
	if (!take_octets(&c, f->behind, &print) || c.left > 0)
		return 0;
	return fingerprint_end(&print);
}

bool
form_fits(
    const struct form *f, const char *text, size_t size, int64_t *out_values)
{
	return fingerprint_of(f, text, size, out_values) == f->fingerprint;
}

/* What the draft lends, in the block of the form. */
static void
copy_lent(struct form *f, char *room)
{
	size_t claims_size = f->claim_count * sizeof(*f->claims);
	size_t slots_size = f->slot_count * sizeof(*f->slots);
	size_t via_size = strlen(f->via) + 1;

	f->claims = memcpy(room, f->claims, claims_size);
	f->slots = memcpy(room + claims_size, f->slots, slots_size);
	f->via = memcpy(room + claims_size + slots_size, f->via, via_size);
}

enum status
form_new(
    const struct form *draft, const char *text, size_t size, struct form **out)
{
	size_t lent = draft->claim_count * sizeof(*draft->claims) +
		      draft->slot_count * sizeof(*draft->slots) +
		      strlen(draft->via) + 1;
	struct form *f = malloc(sizeof(*f) + lent);
	int64_t *values = calloc(draft->slot_count + 1, sizeof(*values));

	if (!f || !values) {
		free(f);
		free(values);
		return STATUS_NO_MEMORY;
	}
	*f = *draft;
	atomic_init(&f->holders, 1);
	copy_lent(f, (char *)(f + 1));
	f->fingerprint = fingerprint_of(f, text, size, values);
	free(values);
	*out = f;
	return STATUS_OK;
}

struct form *
form_hold(struct form *f)
{
	if (f)
		(void)atomic_fetch_add(&f->holders, 1);
	return f;
}

void
form_release(struct form *f)
{
	if (f && atomic_fetch_sub(&f->holders, 1) == 1)
		free(f);
}
