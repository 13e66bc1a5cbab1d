#include "collector/identity.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"

enum {
	KEY_SIZE = 640, /* an address and a name, or two numbers */
	MAC_SIZE = 18,
	NO_CLAIM = -1
};

/* A text that several claims may share. */
struct key {
	enum join_rule rule;
	uint32_t first; /* the claim that said it first */
	const char *by; /* for people */
	bool told;      /* a join by it is in the list */
};

/* A full name, while it is being found out whether it names one device. */
struct name {
	uint32_t first;
	int64_t serial_root, chassis_root; /* NO_CLAIM: none yet */
	bool contradicted;
	const char *by;
	bool told;
};

struct joining {
	const struct identity_claim *claims;
	size_t count;
	struct identity *id;
	uint32_t *parent; /* union-find */
	struct index by_key;
	struct key *keys;
	size_t key_count, key_capacity;
	bool failed;
};

const char *
join_rule_text(enum join_rule rule)
{
	static const char *const texts[] = {
		[JOIN_SOURCE_MAC] = "same source MAC on the same NIC",
		[JOIN_SERIAL] = "same serial number",
		[JOIN_CHASSIS_MAC] = "same chassis MAC",
		[JOIN_ADDRESS_AND_NAME] = "same management address and name",
		[JOIN_NAME] = "same full system name",
	};

	return texts[rule];
}

/* ---- joining ----------------------------------------------------------- */

static uint32_t
root_of(const struct joining *j, uint32_t claim)
{
	while (j->parent[claim] != claim) {
		j->parent[claim] = j->parent[j->parent[claim]];
		claim = j->parent[claim];
	}
	return claim;
}

static void
unite(struct joining *j, uint32_t a, uint32_t b)
{
	uint32_t m = root_of(j, a), n = root_of(j, b);

	/* The smaller root wins, so that the order of joins changes nothing. */
	if (m < n)
		j->parent[n] = m;
	else
		j->parent[m] = n;
}

static void
tell_join(struct joining *j, enum join_rule rule, uint32_t a, uint32_t b,
    const char *by)
{
	j->id->joins[j->id->join_count++] = (struct join){ rule, a, b, by };
}

static struct key *
add_key(
    struct joining *j, const char *text, enum join_rule rule, uint32_t claim)
{
	const char *copy = arena_text(&j->id->arena, text);
	size_t prefix = strcspn(text, " ") + 1;

	if (j->key_count == j->key_capacity) {
		size_t capacity = j->key_capacity * 2 + 256;
		struct key *more = realloc(j->keys, capacity * sizeof(*more));

		if (!more) {
			j->failed = true;
			return NULL;
		}
		j->keys = more;
		j->key_capacity = capacity;
	}
	if (!copy)
		return NULL;
	index_add(&j->by_key, copy, (uint32_t)j->key_count);
	j->keys[j->key_count] =
	    (struct key){ .rule = rule, .first = claim, .by = copy + prefix };
	return &j->keys[j->key_count++];
}

/* Joins the claim with the first one that said 'text': a prefix of our own, a
 * blank, and what was said. */
static void
join_by(
    struct joining *j, const char *text, enum join_rule rule, uint32_t claim)
{
	uint32_t at = index_find(&j->by_key, text);
	struct key *key;

	if (at == INDEX_NONE) {
		(void)add_key(j, text, rule, claim);
		return;
	}
	key = &j->keys[at];
	unite(j, key->first, claim);
	if (key->told)
		return;
	key->told = true;
	tell_join(j, rule, key->first, claim, key->by);
}

static void
lower(char *text)
{
	for (; *text; text++)
		*text = (char)tolower((unsigned char)*text);
}

static bool
is_usable_address(const char *address)
{
	return strchr("0:", address[0]) == NULL &&
	       strncmp(address, "127.", 4) != 0 &&
	       strncmp(address, "fe80:", 5) != 0 && !strchr(address, ' ');
}

/* The same address with the same name; a short name equals a full one. */
static void
join_by_address(
    struct joining *j, uint32_t claim, const char *address, const char *name)
{
	char text[KEY_SIZE], other[SAID_NAME_SIZE];
	uint32_t at;

	if (!is_usable_address(address))
		return;
	(void)snprintf(text, sizeof(text), "address %s %.*s", address,
	    (int)strcspn(name, "."), name);
	at = index_find(&j->by_key, text);
	if (at != INDEX_NONE) {
		said_name(j->claims[j->keys[at].first].said, other);
		lower(other);
		/* leaf1.north and leaf1.south, each with 192.168.0.1 */
		if (strchr(name, '.') && strchr(other, '.') &&
		    strcmp(name, other) != 0)
			return;
	}
	join_by(j, text, JOIN_ADDRESS_AND_NAME, claim);
}

static void
join_by_strong(struct joining *j, uint32_t claim)
{
	const struct model_neighbor *n = j->claims[claim].said;
	char text[KEY_SIZE], name[SAID_NAME_SIZE];
	char serial[SAID_SERIAL_SIZE];
	bool real;
	const char *mac = said_chassis_mac(n, &real);

	(void)snprintf(text, sizeof(text), "source/%u %s", j->claims[claim].nic,
	    n->source_mac);
	/* A vCenter does not tell who sent it. */
	if (n->source_mac[0] != '\0')
		join_by(j, text, JOIN_SOURCE_MAC, claim);
	said_serial(n, serial);
	if (serial[0] != '\0') {
		(void)snprintf(text, sizeof(text), "serial %s", serial);
		join_by(j, text, JOIN_SERIAL, claim);
	}
	if (mac) {
		(void)snprintf(text, sizeof(text), "chassis %s", mac);
		join_by(j, text, JOIN_CHASSIS_MAC, claim);
	}
	said_name(n, name);
	lower(name);
	if (name[0] != '\0' && said_is_factory_name(name))
		return;
	/* Without a name it may be the address of the factory, which all
	 * switches of a model share. */
	for (size_t i = 0; name[0] != '\0' && i < n->addresses.count; i++)
		join_by_address(j, claim, n->addresses.items[i], name);
	if (strcmp(n->chassis_type, "network_address") == 0)
		join_by_address(j, claim, n->chassis_id, name);
}

/* A MAC in plain digits as device id: 8c1e80725126 is 8c:1e:80:72:51:26. */
static bool
read_bare_mac(const struct model_neighbor *n, char out[static MAC_SIZE])
{
	size_t length = 0;

	if (n->lldp || !said_is_bare_mac(n->chassis_id))
		return false;
	for (int i = 0; i < 12; i++) {
		if (i > 0 && i % 2 == 0)
			out[length++] = ':';
		out[length++] = (char)tolower((unsigned char)n->chassis_id[i]);
	}
	out[length] = '\0';
	return said_is_usable_mac(out);
}

static void
join_by_bare_mac(struct joining *j, uint32_t claim)
{
	char text[KEY_SIZE], mac[MAC_SIZE];

	if (!read_bare_mac(j->claims[claim].said, mac))
		return;
	(void)snprintf(text, sizeof(text), "chassis %s", mac);
	join_by(j, text, JOIN_CHASSIS_MAC, claim);
}

/* ---- by name, if nothing contradicts ----------------------------------- */

static void
note_hard(int64_t *root, bool *contradicted, uint32_t mine)
{
	if (*root != NO_CLAIM && *root != mine)
		*contradicted = true;
	*root = mine;
}

/* What the claim says for or against its name being one device's.  A claim
 * that has ended does not count: the device may have been replaced. */
static void
weigh_name(struct joining *j, struct name *name, uint32_t claim)
{
	const struct model_neighbor *n = j->claims[claim].said;
	char serial[SAID_SERIAL_SIZE];
	uint32_t root = root_of(j, claim);
	bool real;

	if (n->ended_at >= 0)
		return;
	said_serial(n, serial);
	(void)said_chassis_mac(n, &real);
	if (serial[0] != '\0')
		note_hard(&name->serial_root, &name->contradicted, root);
	if (real)
		note_hard(&name->chassis_root, &name->contradicted, root);
}

/* Gives each claim the number of its full name; INDEX_NONE for none. */
static size_t
number_names(
    struct joining *j, struct name *names, uint32_t *name_of, struct index *x)
{
	size_t count = 0;

	for (uint32_t i = 0; i < j->count; i++) {
		char text[SAID_NAME_SIZE];
		uint32_t at;

		name_of[i] = INDEX_NONE;
		said_name(j->claims[i].said, text);
		lower(text);
		if (said_is_factory_name(text))
			continue;
		at = index_find(x, text);
		if (at == INDEX_NONE) {
			const char *copy = arena_text(&j->id->arena, text);

			if (!copy)
				break;
			at = index_add(x, copy, (uint32_t)count);
			if (at == INDEX_NONE)
				break;
			names[count++] = (struct name){
				.first = i,
				.serial_root = NO_CLAIM,
				.chassis_root = NO_CLAIM,
				.by = copy,
			};
		}
		name_of[i] = at;
	}
	return count;
}

static void
join_by_name(struct joining *j)
{
	struct name *names = calloc(j->count + 1, sizeof(*names));
	uint32_t *name_of = calloc(j->count + 1, sizeof(*name_of));
	struct index x = { 0 };

	if (!names || !name_of) {
		j->failed = true;
		free(names);
		free(name_of);
		return;
	}
	(void)number_names(j, names, name_of, &x);
	for (uint32_t i = 0; i < j->count; i++) {
		if (name_of[i] != INDEX_NONE)
			weigh_name(j, &names[name_of[i]], i);
	}
	for (uint32_t i = 0; i < j->count; i++) {
		struct name *name =
		    name_of[i] != INDEX_NONE ? &names[name_of[i]] : NULL;

		if (!name || name->contradicted || name->first == i)
			continue;
		unite(j, name->first, i);
		if (!name->told)
			tell_join(j, JOIN_NAME, name->first, i, name->by);
		name->told = true;
	}
	j->failed |= x.failed;
	index_done(&x);
	free(names);
	free(name_of);
}

/* ---- the keys alone ---------------------------------------------------- */

static uint64_t
key_number(char kind, const char *text, size_t size)
{
	uint64_t number = index_hash(0, &kind, 1);

	number = index_hash(number, text, size);
	return number ? number : 1;
}

static uint64_t
address_number(const char *address, const char *name)
{
	uint64_t number = key_number('a', address, strlen(address) + 1);

	number = index_hash(number, name, strcspn(name, "."));
	return number ? number : 1;
}

void
identity_keys(const struct model_neighbor *n,
    void (*each)(void *context, uint64_t key), void *context)
{
	char name[SAID_NAME_SIZE], serial[SAID_SERIAL_SIZE], bare[MAC_SIZE];
	bool real;
	const char *mac = said_chassis_mac(n, &real);

	said_serial(n, serial);
	if (serial[0] != '\0')
		each(context, key_number('s', serial, strlen(serial)));
	if (mac)
		each(context, key_number('c', mac, strlen(mac)));
	if (read_bare_mac(n, bare))
		each(context, key_number('c', bare, strlen(bare)));
	said_name(n, name);
	lower(name);
	if (said_is_factory_name(name))
		return;
	each(context, key_number('n', name, strlen(name)));
	for (size_t i = 0; i < n->addresses.count; i++) {
		if (is_usable_address(n->addresses.items[i]))
			each(context,
			    address_number(n->addresses.items[i], name));
	}
	if (strcmp(n->chassis_type, "network_address") == 0 &&
	    is_usable_address(n->chassis_id))
		each(context, address_number(n->chassis_id, name));
}

/* Numbers the devices in the order of their first claims. */
static void
number_devices(struct joining *j)
{
	for (uint32_t i = 0; i < j->count; i++) {
		uint32_t root = root_of(j, i);

		j->id->device_of[i] =
		    root == i ? j->id->device_count++ : j->id->device_of[root];
	}
}

enum status
identity_join(
    struct identity *out, const struct identity_claim *claims, size_t count)
{
	struct joining j = { .claims = claims, .count = count, .id = out };
	enum status status = STATUS_NO_MEMORY;
	size_t joins_most;

	*out = (struct identity){ 0 };
	j.parent = calloc(count + 1, sizeof(*j.parent));
	out->device_of = calloc(count + 1, sizeof(*out->device_of));
	if (j.parent && out->device_of) {
		for (uint32_t i = 0; i < count; i++)
			j.parent[i] = i;
		/* A key is told once, when its second claim comes. */
		joins_most = count;
		for (size_t i = 0; i < count; i++)
			joins_most += 4 + claims[i].said->addresses.count;
		out->joins = calloc(joins_most + 1, sizeof(*out->joins));
	}
	if (out->joins) {
		for (uint32_t i = 0; i < count; i++) {
			join_by_strong(&j, i);
			join_by_bare_mac(&j, i);
		}
		join_by_name(&j);
		number_devices(&j);
		if (!j.failed && !out->arena.failed && !j.by_key.failed)
			status = STATUS_OK;
	}
	index_done(&j.by_key);
	free(j.keys);
	free(j.parent);
	if (status != STATUS_OK)
		identity_done(out);
	return status;
}

void
identity_done(struct identity *id)
{
	free(id->device_of);
	free(id->joins);
	arena_done(&id->arena);
	*id = (struct identity){ 0 };
}
