/*
 * What is found through the index must be what is found when every host is
 * looked at: a fleet changes at random, and is asked at random.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "collector/find.h"
#include "collector/verdict.h"
#include "tests/support/suite.h"

enum {
	HOSTS = 40,
	CLAIMS_MOST = 32,
	ROUNDS = 40,
	CHANGES = 8,
	QUESTIONS = 60,
	TEXT_SIZE = 512,
	NOW = 1000
};

struct fleet {
	struct model model;
	struct topology topology;
	struct search search;
	int64_t next_n;
	uint32_t random;
	/* What was said, to ask for it. */
	char said[256][TEXT_SIZE];
	uint32_t said_count;
};

static struct fleet f;

static uint32_t
draw(uint32_t below)
{
	f.random = f.random * 1664525 + 1013904223;
	return (f.random >> 8) % below;
}

static void
host_changed(void *context, const struct model_host *h, bool outside)
{
	(void)context;
	if (outside)
		topology_note(&f.topology, h->host_id);
	search_take_host(&f.search, h, outside);
}

static void
device_changed(void *context, uint32_t device)
{
	(void)context;
	search_take_device(&f.search, &f.topology, device);
}

static const char *
one_of(const char *const *words, size_t count)
{
	return words[draw((uint32_t)count)];
}
#define ONE_OF(...)                                                            \
	one_of((const char *const[]){ __VA_ARGS__ },                           \
	    sizeof((const char *const[]){ __VA_ARGS__ }) /                     \
		sizeof(const char *))

/* Keeps what it gives until 256 others have come. */
static const char *
say(const char *text)
{
	char *kept = f.said[f.said_count++ % 256];

	(void)snprintf(kept, TEXT_SIZE, "%s", text);
	return kept;
}

static const char *
name(void)
{
	char text[TEXT_SIZE];

	(void)snprintf(text, sizeof(text), "%s%s%u%s",
	    ONE_OF("web", "Db", "mail", "lab.x", "a b", "caf\\u00e9", "\\\"q"),
	    ONE_OF("-", "_", "", "."), draw(30),
	    ONE_OF("", "", ".example.net", "-old"));
	return say(text);
}

static const char *
mac(void)
{
	char text[TEXT_SIZE];

	(void)snprintf(text, sizeof(text), "52:54:00:%02x:%02x:%02x", draw(4),
	    draw(256), draw(256));
	return say(text);
}

static const char *
uuid(void)
{
	char text[TEXT_SIZE];

	(void)snprintf(text, sizeof(text), "%08x-0000-4000-8000-%06x%06x",
	    draw(0xffffff), draw(0xffffff), draw(0xffffff));
	return say(text);
}

/* ---- a host ------------------------------------------------------------ */

struct claims {
	struct store_claim items[CLAIMS_MOST];
	char texts[CLAIMS_MOST][TEXT_SIZE * 4];
	char keys[CLAIMS_MOST][TEXT_SIZE];
	size_t count;
};
static struct claims hosts[HOSTS];

static void
claim(struct claims *c, enum claim_kind kind, const char *key)
{
	size_t at = c->count++;

	ck_assert_uint_lt(c->count, CLAIMS_MOST);
	(void)snprintf(c->keys[at], TEXT_SIZE, "%s", key);
	c->items[at] = (struct store_claim){
		.n = f.next_n++,
		.kind = kind,
		.key = c->keys[at],
		.facts = c->texts[at],
		.since = 900,
		.heard = { 900, 990, 1100, 5, -1, -1 },
	};
}

#define TEXT(c, ...)                                                           \
	(void)snprintf(                                                        \
	    (c)->texts[(c)->count], sizeof((c)->texts[0]), __VA_ARGS__)

static void
say_outside(struct claims *c, uint32_t at)
{
	TEXT(c,
	    "{\"host\":{\"name\":\"hv%u%s\",\"serial\":\"CZ%05u\","
	    "\"model\":\"ProLiant %u\",\"addresses\":[\"10.1.%u.7\","
	    "\"2001:db8::%x\"],\"chassis\":\"enc%u\",\"slot\":\"%u\"}}",
	    at, ONE_OF("", ".example.net"), at, draw(3), at, at, draw(4), at);
	claim(c, CLAIM_HOST, "");
	for (uint32_t i = 0; i < 2; i++) {
		char key[TEXT_SIZE];

		TEXT(c,
		    "{\"name\":\"eth%u\",\"mac\":\"%s\","
		    "\"alternative_names\":[\"enp%us0\"],"
		    "\"vfs\":[{\"index\":0,\"mac\":\"%s\"}]}",
		    i, mac(), i, mac());
		(void)snprintf(key, sizeof(key), "eth%u", i);
		claim(c, CLAIM_NIC, key);
		TEXT(c,
		    "{\"protocol\":\"lldp\",\"source_mac\":\"%s\","
		    "\"chassis_id\":{\"type\":\"mac\",\"value\":"
		    "\"00:00:5e:00:53:%02x\"},\"port_id\":{\"type\":"
		    "\"interface_name\",\"value\":\"Ethernet1/%u\"},"
		    "\"port_description\":\"to hv%u\",\"system_name\":"
		    "\"leaf%u.example.net\",\"management_addresses\":"
		    "[\"10.9.0.%u\"],\"pvid\":%u,\"vlans\":[{\"id\":%u}]}",
		    mac(), at % 5, at, at, at % 5, at % 5 + 1, draw(5) * 10,
		    100 + draw(4));
		(void)snprintf(key, sizeof(key), "[\"eth%u\",\"lldp\"]", i);
		claim(c, CLAIM_NEIGHBOR, key);
	}
	TEXT(c, "{\"name\":\"%s\",\"kind\":\"bridge\",\"mac\":\"%s\"}",
	    ONE_OF("br0", "bond0", "br-ex"), mac());
	claim(c, CLAIM_LINK, "link");
	TEXT(c, "{\"name\":\"vlan%u\",\"kind\":\"vlan\",\"vlan\":%u}",
	    at % 3 * 10, at % 3 * 10);
	claim(c, CLAIM_LINK, "vlan");
}

static void
say_switches(struct claims *c)
{
	const char *vswitch = ONE_OF("br0", "br-int", "vSwitch0");

	TEXT(c,
	    "{\"name\":\"%s\",\"kind\":\"openvswitch\",\"uuid\":\"%s\","
	    "\"uplinks\":[{\"name\":\"eth0\",\"kind\":\"nic\"},{\"name\":"
	    "\"%s\",\"kind\":\"bond\",\"members\":[]}]}",
	    vswitch, uuid(), ONE_OF("bond0", "bond-ovs"));
	claim(c, CLAIM_VSWITCH, vswitch);
	for (int i = 0; i < 2; i++) {
		TEXT(c,
		    "{\"vswitch\":\"%s\",\"name\":\"tag %u\",\"vlan\":%u,"
		    "\"id\":\"dvportgroup-%u\",\"trunks\":\"%s\"}",
		    vswitch, draw(4) * 10, draw(4) * 10, draw(100),
		    ONE_OF("", "10,20-30", "1-4094", "100-102"));
		claim(c, CLAIM_PORT_GROUP, "group");
	}
}

static void
say_workload(struct claims *c)
{
	TEXT(c,
	    "{\"id\":\"%s\",\"kind\":\"%s\",\"name\":\"%s\",\"uuid\":\"%s\","
	    "\"state\":\"%s\",\"vnics\":[{\"name\":\"vnet%u\",\"mac\":\"%s\","
	    "\"network\":\"%s\"},{\"mac\":\"%s\",\"name\":\"%s\"}]}",
	    uuid(), ONE_OF("vm", "vm", "container", "kernel_port"),
	    draw(9) ? name() : "", uuid(),
	    ONE_OF("running", "off", "paused", ""), draw(20), mac(),
	    ONE_OF("prod", "lab net", ""), mac(), ONE_OF("br0", "tap1"));
	claim(c, CLAIM_WORKLOAD, "workload");
}

static void
forget_workload(struct claims *c)
{
	struct store_claim *last = &c->items[c->count - 1];

	if (c->count > 0 && last->kind == CLAIM_WORKLOAD)
		c->count--;
}

static void
change(uint32_t at)
{
	struct claims *c = &hosts[at];
	struct model_change said = { .row = {
					 .host_id = 1 + at, .seen_at = NOW } };

	(void)snprintf(said.row.machine_id, sizeof(said.row.machine_id),
	    "%032x", 7919 * at);
	if (c->count == 0 || draw(8) == 0) {
		c->count = 0;
		say_outside(c, at);
		say_switches(c);
	} else if (draw(3) == 0) {
		forget_workload(c);
	}
	if (c->count + 4 < CLAIMS_MOST)
		say_workload(c);
	said.claims = c->items;
	said.claim_count = c->count;
	ck_assert_int_eq(model_take(&f.model, &said), STATUS_OK);
}

/* ---- questions --------------------------------------------------------- */

static void
draw_part(char out[static TEXT_SIZE])
{
	const char *text = f.said[draw(256)];
	size_t size = strlen(text), from, count;

	if (draw(3) == 0)
		text = ONE_OF("hv7", "hv1.example.net", "leaf3", "Eth1/11",
		    "eth1", "br0", "10.1.3.7", "10.9.0.2", "2001:DB8:0::7",
		    "CZ00003", "enc2", "bay 3", "ProLiant", "prod", "tag 20",
		    "dvportgroup-7", "vnet3", "to hv9", "1/7", "bond0",
		    "00:00:5e:00:53:02", "tap1", "a", "e1", "zq", "lab net");
	size = strlen(text);
	from = size && draw(2) ? draw((uint32_t)size) : 0;
	count = draw(2) && size > from ? 1 + draw((uint32_t)(size - from))
				       : size - from;
	(void)snprintf(out, TEXT_SIZE, "%.*s", (int)(count % 100), text + from);
}

static void
draw_question(char out[static TEXT_SIZE])
{
	char first[TEXT_SIZE], second[TEXT_SIZE];

	draw_part(first);
	draw_part(second);
	switch (draw(6)) {
	case 0:
		(void)snprintf(out, TEXT_SIZE, "%.99s %.99s", first, second);
		break;
	case 1:
		(void)snprintf(
		    out, TEXT_SIZE, "hv%u %.99s", draw(HOSTS), first);
		break;
	case 2:
		(void)snprintf(out, TEXT_SIZE, "%s%u", ONE_OF("", "vlan ", "v"),
		    draw(12) * 10);
		break;
	case 3:
		(void)snprintf(out, TEXT_SIZE, "hv%u%.99s", draw(HOSTS), first);
		break;
	default:
		(void)snprintf(out, TEXT_SIZE, "%.99s", first);
	}
}

/* What is asked for by its own name is found without a search; "name": by that
 * of its host and its own. */
static void
check_exact(const struct query *q, const struct found *all)
{
	struct find_in in = { &f.topology, &f.model, &f.search };
	struct found exact;
	size_t known = 0;

	ck_assert_int_eq(find_exactly(&in, q, &exact), STATUS_OK);
	for (size_t i = 0; i < all->count; i++) {
		const struct hit *a = &all->hits[i], *b = &exact.hits[known];

		if (a->fit != FIT_EXACT)
			break;
		if (known < exact.count && a->kind == b->kind &&
		    a->host == b->host && a->link == b->link &&
		    a->at == b->at && a->uplink == b->uplink && a->vf == b->vf)
			known++;
		else
			ck_assert_msg(strcmp(a->why, "name") == 0,
			    "%s: hit %zu is not found exactly: %s",
			    q->whole.text, i, a->why);
	}
	ck_assert_uint_eq(known, exact.count);
	find_done(&exact);
}

static void
ask(const char *question)
{
	struct find_in in = { &f.topology, &f.model, &f.search };
	struct found indexed, all;
	struct query q;

	if (!query_read(question, &q))
		return;
	ck_assert_int_eq(find(&in, &q, &indexed), STATUS_OK);
	in.search = NULL;
	ck_assert_int_eq(find(&in, &q, &all), STATUS_OK);
	ck_assert_msg(indexed.count == all.count, "%s: %zu by the index, %zu",
	    question, indexed.count, all.count);
	for (size_t i = 0; i < all.count; i++) {
		const struct hit *a = &indexed.hits[i], *b = &all.hits[i];

		ck_assert_msg(a->kind == b->kind && a->fit == b->fit &&
				  a->host == b->host && a->link == b->link &&
				  a->at == b->at && a->uplink == b->uplink &&
				  a->vf == b->vf && a->late == b->late &&
				  a->life == b->life &&
				  strcmp(a->why, b->why) == 0,
		    "%s: hit %zu differs: %s, %s", question, i, a->why, b->why);
	}
	find_done(&indexed);
	check_exact(&q, &all);
	find_done(&all);
}

/* What a document says of a place must be what stands there. */
static void
check_places(const struct model_host *h)
{
	const struct inside *in = model_inside(h);
	struct found found;
	struct query q;

	for (uint32_t i = 0; i < in->workload_count; i++) {
		bool known = false;

		if (in->workloads[i].uuid[0] == '\0')
			continue;
		ck_assert(query_read(in->workloads[i].uuid, &q));
		ck_assert_int_eq(
		    find(&(struct find_in){ &f.topology, &f.model, &f.search },
			&q, &found),
		    STATUS_OK);
		for (size_t k = 0; k < found.count; k++)
			known |= found.hits[k].host == h &&
				 found.hits[k].at == i &&
				 (found.hits[k].kind == FIND_VM ||
				     found.hits[k].kind == FIND_KERNEL_PORT);
		ck_assert(known);
		find_done(&found);
	}
}

START_TEST(the_index_finds_what_a_look_at_every_host_finds)
{
	f.random = 5;
	f.next_n = 1;
	f.model.watcher = (struct model_watcher){ host_changed, NULL };
	f.topology.watcher = (struct topology_watcher){ device_changed, NULL };
	for (uint32_t i = 0; i < HOSTS; i++)
		change(i);
	for (int round = 0; round < ROUNDS; round++) {
		for (int i = 0; i < CHANGES; i++)
			change(draw(HOSTS));
		ck_assert_int_eq(
		    topology_renew(&f.topology, &f.model), STATUS_OK);
		verdict_at(&f.topology, NOW);
		for (int i = 0; i < QUESTIONS; i++) {
			char question[TEXT_SIZE];

			draw_question(question);
			ask(question);
		}
		check_places(f.model.hosts[draw(HOSTS)]);
	}
	ck_assert(!f.search.failed);
	search_done(&f.search);
	topology_done(&f.topology);
	model_done(&f.model);
}
END_TEST

SUITE("search", the_index_finds_what_a_look_at_every_host_finds)
