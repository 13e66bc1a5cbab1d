#include "collector/summary.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "collector/portjoin.h"

enum {
	/* What one device is called is shown to people: a handful. */
	SPELLINGS_MOST = 32,
	NAMELESS_SIZE = 96
};

static bool
has_text(const struct texts *set, const char *text)
{
	for (size_t i = 0; i < set->count; i++) {
		if (strcmp(set->items[i], text) == 0)
			return true;
	}
	return false;
}

/* Adds 'text' unless it is there, or empty. */
static void
add_text(struct arena *a, struct texts *set, const char *text)
{
	const char *copy;

	if (text[0] == '\0' || set->count >= SPELLINGS_MOST ||
	    has_text(set, text))
		return;
	if (!set->items)
		set->items =
		    arena_array(a, SPELLINGS_MOST, sizeof(*set->items));
	copy = set->items ? arena_text(a, text) : NULL;
	if (copy)
		set->items[set->count++] = copy;
}

/* The longer name says more; of two equally long ones the smaller, so that
 * the order of claims changes nothing. */
static bool
is_better_name(const char *a, const char *b)
{
	size_t m = strlen(a), n = strlen(b);

	if (said_is_factory_name(a) != said_is_factory_name(b))
		return said_is_factory_name(b);
	return m != n ? m > n : strcmp(a, b) < 0;
}

static void
add_claim(struct arena *a, struct device *d, const struct model_neighbor *n)
{
	char name[SAID_NAME_SIZE], serial[SAID_SERIAL_SIZE];
	bool real;
	const char *mac = said_chassis_mac(n, &real);

	said_name(n, name);
	said_serial(n, serial);
	add_text(a, &d->names, name);
	add_text(a, &d->serials, serial);
	if (real || (mac && d->chassis_ids.count == 0))
		add_text(a, &d->chassis_ids, mac);
	else if (!mac && strcmp(n->chassis_type, "device_id") != 0)
		add_text(a, &d->chassis_ids, n->chassis_id);
	for (size_t i = 0; i < n->addresses.count; i++)
		add_text(a, &d->addresses, n->addresses.items[i]);
	d->switch_class |= n->switch_class;
	if (d->model[0] == '\0')
		d->model = n->platform;
	if (d->software[0] == '\0')
		d->software = n->software;
	if (d->description[0] == '\0')
		d->description = n->description;
}

static void
choose_name(struct arena *a, struct device *d)
{
	char brief[SAID_NAME_SIZE];
	const char *best = NULL;

	for (size_t i = 0; i < d->names.count; i++) {
		if (!best || is_better_name(d->names.items[i], best))
			best = d->names.items[i];
	}
	if (!best && d->chassis_ids.count > 0)
		best = d->chassis_ids.items[0];
	if (!best && d->addresses.count > 0)
		best = d->addresses.items[0];
	d->name = best ? best : "(no name)";
	text_copy(brief, sizeof(brief), d->name);
	/* An address has dots, too: 10.0.0.1 stays whole. */
	if (d->names.count > 0 && strspn(brief, "0123456789.") != strlen(brief))
		brief[strcspn(brief, ".")] = '\0';
	d->brief = arena_text(a, brief[0] ? brief : d->name);
	if (!d->brief)
		d->brief = d->name;
}

static uint64_t
hash(uint64_t start, const char *text)
{
	for (; *text; text++)
		start = (start ^ (uint8_t)*text) * 1099511628211ULL;
	return start;
}

static const char *
smallest(const struct texts *set)
{
	const char *best = NULL;

	for (size_t i = 0; i < set->count; i++) {
		if (!best || strcmp(set->items[i], best) < 0)
			best = set->items[i];
	}
	return best;
}

/* An id that stays the same as long as the device says the same of itself. */
static void
choose_id(struct topology *t, struct device *d, struct index *ids)
{
	const char *by = smallest(&d->serials);
	uint64_t number = 14695981039346656037ULL;
	const struct seen_claim *first = &t->claims[d->claims[0]];

	if (!by)
		by = smallest(&d->chassis_ids);
	number = hash(number, by ? by : d->name);
	(void)snprintf(
	    d->id, sizeof(d->id), "%016llx", (unsigned long long)number);
	/* Two that say the same of themselves: what heard them tells them
	 * apart. */
	while (index_find(ids, d->id) != INDEX_NONE) {
		number = hash(number, first->said->source_mac);
		number = hash(number, first->host->machine_id);
		(void)snprintf(d->id, sizeof(d->id), "%016llx",
		    (unsigned long long)number);
	}
	index_set(ids, d->id, 1);
}

void
summary_devices(struct topology *t)
{
	struct index ids = { 0 };

	for (uint32_t i = 0; i < t->device_count; i++) {
		struct device *d = &t->devices[i];

		d->model = d->software = d->description = "";
		for (uint32_t k = 0; k < d->claim_count; k++)
			add_claim(&t->arena, d, t->claims[d->claims[k]].said);
		/* LLDP has one text for both. */
		if (d->software[0] == '\0')
			d->software = d->description;
		choose_name(&t->arena, d);
		choose_id(t, d, &ids);
	}
	if (ids.failed)
		t->arena.failed = true;
	index_done(&ids);
}

/* ---- ports ------------------------------------------------------------- */

/* How good the best spelling so far is. */
enum spelling {
	SPELLING_NONE,
	SPELLING_RAW,     /* a MAC, a number, an operator's text */
	SPELLING_UNKNOWN, /* reads like a name, of a kind we do not know: 1:3 */
	SPELLING_INTERFACE, /* said to be the interface's name: gi0-1 */
	SPELLING_SHORT,
	SPELLING_FULL
};

struct port_choice {
	enum spelling spelling;
	char key[PORT_KEY_SIZE * 4];
	char name[PORT_TEXT_SIZE * 4], brief[PORT_TEXT_SIZE * 4];
	int64_t described_at;
};

static void
choose_raw(struct port_choice *c, const struct model_neighbor *n)
{
	bool interface = strcmp(n->port_type, "interface_name") == 0;
	enum spelling spelling = interface ? SPELLING_INTERFACE : SPELLING_RAW;
	const char *text =
	    n->port_id[0] != '\0' ? n->port_id : n->port_description;

	if (spelling <= c->spelling || text[0] == '\0')
		return;
	c->spelling = spelling;
	text_copy(c->key, sizeof(c->key), text);
	text_copy(c->name, sizeof(c->name), text);
	text_copy(c->brief, sizeof(c->brief), text);
}

static enum spelling
spelling_of(const struct port_name *name)
{
	if (!name->known)
		return SPELLING_UNKNOWN;
	return name->spelled_out ? SPELLING_FULL : SPELLING_SHORT;
}

static void
choose_spelling(
    struct port *p, struct port_choice *c, const struct port_name *name)
{
	enum spelling spelling = spelling_of(name);

	if (spelling <= c->spelling)
		return;
	c->spelling = spelling;
	text_copy(c->key, sizeof(c->key), name->key);
	text_copy(c->name, sizeof(c->name), name->full);
	text_copy(c->brief, sizeof(c->brief), name->brief);
	p->fex = name->fex;
	p->member = name->member;
}

static void
add_port_claim(struct topology *t, struct port *p, struct port_choice *c,
    const struct model_neighbor *n)
{
	struct port_name name, described;
	bool named = portjoin_name(n, &name);
	bool is_name = port_name_read(n->port_description, &described);

	add_text(&t->arena, &p->names, n->port_id);
	if (named && is_name && strcmp(described.key, name.key) == 0)
		add_text(&t->arena, &p->names, n->port_description);
	else if (n->port_description[0] != '\0' &&
		 strcmp(n->port_description, n->port_id) != 0 &&
		 n->heard.last_heard >= c->described_at) {
		p->description = n->port_description;
		c->described_at = n->heard.last_heard;
	}
	if (named)
		choose_spelling(p, c, &name);
	else
		choose_raw(c, n);
}

void
summary_ports(struct topology *t)
{
	for (uint32_t i = 0; i < t->port_count; i++) {
		struct port *p = &t->ports[i];
		struct port_choice c = { .described_at = INT64_MIN };

		p->description = "";
		for (uint32_t k = 0; k < p->claim_count; k++)
			add_port_claim(t, p, &c, t->claims[p->claims[k]].said);
		if (c.spelling == SPELLING_NONE) {
			text_copy(c.key, sizeof(c.key), "?");
			text_copy(c.name, sizeof(c.name), "(no name)");
			text_copy(c.brief, sizeof(c.brief), "(no name)");
		}
		p->key = arena_text(&t->arena, c.key);
		p->name = arena_text(&t->arena, c.name);
		p->brief = arena_text(&t->arena, c.brief);
	}
}
