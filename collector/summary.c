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

/* Spellings while they are gathered. */
struct spellings {
	const char *items[SPELLINGS_MOST];
	size_t count;
};

/* Adds 'text' unless it is there, or empty. */
static void
add_text(struct spellings *set, const char *text)
{
	if (text[0] == '\0' || set->count >= SPELLINGS_MOST)
		return;
	for (size_t i = 0; i < set->count; i++) {
		if (strcmp(set->items[i], text) == 0)
			return;
	}
	set->items[set->count++] = text;
}

/* The same for a text that does not stay. */
static void
add_copy(struct arena *a, struct spellings *set, const char *text)
{
	size_t before = set->count;

	add_text(set, text);
	if (set->count == before)
		return;
	set->items[before] = arena_text(a, text);
	if (!set->items[before])
		set->count--;
}

static struct texts
keep_texts(struct arena *a, const struct spellings *set)
{
	struct texts kept = { .count = 0 };

	if (set->count > 0)
		kept.items = arena_array(a, set->count, sizeof(*kept.items));
	for (size_t i = 0; kept.items && i < set->count; i++) {
		const char *copy = arena_text(a, set->items[i]);

		if (copy)
			kept.items[kept.count++] = copy;
	}
	return kept;
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

struct device_choice {
	struct spellings names, serials, chassis_ids, addresses;
};

static void
add_claim(struct arena *a, struct device *d, struct device_choice *c,
    const struct model_neighbor *n)
{
	char name[SAID_NAME_SIZE], serial[SAID_SERIAL_SIZE];
	bool real;
	const char *mac = said_chassis_mac(n, &real);

	said_name(n, name);
	said_serial(n, serial);
	add_copy(a, &c->names, name);
	add_copy(a, &c->serials, serial);
	if (real || (mac && c->chassis_ids.count == 0))
		add_text(&c->chassis_ids, mac);
	else if (!mac && strcmp(n->chassis_type, "device_id") != 0)
		add_text(&c->chassis_ids, n->chassis_id);
	for (size_t i = 0; i < n->addresses.count; i++)
		add_text(&c->addresses, n->addresses.items[i]);
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

/* A text that stays when its host says something else. */
static const char *
keep(struct arena *a, const char *text)
{
	const char *copy = text[0] == '\0' ? "" : arena_text(a, text);

	return copy ? copy : "";
}

void
summary_device(struct topology *t, struct arena *a, struct device *d)
{
	struct device_choice c;

	c.names.count = c.serials.count = 0;
	c.chassis_ids.count = c.addresses.count = 0;
	d->model = d->software = d->description = "";
	for (uint32_t i = 0; i < d->claim_count; i++)
		add_claim(a, d, &c, t->claims[d->claims[i]].said);
	d->names = keep_texts(a, &c.names);
	d->serials = keep_texts(a, &c.serials);
	d->chassis_ids = keep_texts(a, &c.chassis_ids);
	d->addresses = keep_texts(a, &c.addresses);
	d->model = keep(a, d->model);
	/* LLDP has one text for both. */
	d->software =
	    keep(a, d->software[0] == '\0' ? d->description : d->software);
	d->description = keep(a, d->description);
	choose_name(a, d);
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

/* Is what it describes the port by but another spelling of its name? */
static bool
describes_by_name(const struct model_neighbor *n, const struct port_name *name)
{
	struct port_name described;

	return port_name_read(n->port_description, &described) &&
	       strcmp(described.key, name->key) == 0;
}

static void
add_port_claim(struct port *p, struct port_choice *c, struct spellings *names,
    const struct model_neighbor *n)
{
	struct port_name name;
	bool named = portjoin_name(n, &name);

	add_text(names, n->port_id);
	if (named && describes_by_name(n, &name))
		add_text(names, n->port_description);
	if (named)
		choose_spelling(p, c, &name);
	else
		choose_raw(c, n);
}

void
summary_port(struct topology *t, struct arena *a, struct port *p)
{
	struct port_choice c = { .spelling = SPELLING_NONE };
	struct spellings names;

	names.count = 0;
	for (uint32_t k = 0; k < p->claim_count; k++)
		add_port_claim(p, &c, &names, t->claims[p->claims[k]].said);
	if (c.spelling == SPELLING_NONE) {
		text_copy(c.key, sizeof(c.key), "?");
		text_copy(c.name, sizeof(c.name), "(no name)");
		text_copy(c.brief, sizeof(c.brief), "(no name)");
	}
	p->names = keep_texts(a, &names);
	p->key = arena_text(a, c.key);
	p->name = arena_text(a, c.name);
	p->brief = arena_text(a, c.brief);
}

const char *
summary_description(const struct topology *t, const struct port *p)
{
	const char *best = "";
	int64_t best_at = INT64_MIN;

	for (uint32_t i = 0; i < p->claim_count; i++) {
		const struct model_neighbor *n = t->claims[p->claims[i]].said;
		struct port_name name;

		if (n->port_description[0] == '\0' ||
		    n->heard.last_heard < best_at ||
		    strcmp(n->port_description, n->port_id) == 0 ||
		    (portjoin_name(n, &name) && describes_by_name(n, &name)))
			continue;
		best = n->port_description;
		best_at = n->heard.last_heard;
	}
	return best;
}
