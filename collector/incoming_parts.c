#include "collector/incoming_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/fingerprint.h"
#include "base/json_parts.h"
#include "collector/incoming_claims.h"
#include "collector/incoming_form.h"
#include "collector/incoming_rules.h"
#include "collector/incoming_vlans.h"

/* Parts that are claims are numbered as their kinds. */
#define PART_OF(kind) ((int)(kind) + 1)

enum {
	PART_AGENT = PART_OF(CLAIM_LAST) + 1,
	HOST_ID_SIZE = MACHINE_ID_SIZE - 1,
	/* How deep a part stands in the document. */
	DEPTH_ITEM = 2,
	DEPTH_ITEM_OF_NIC = 4
};

#define NUMBER(name_, number_)                                                 \
	{                                                                      \
		.name = name_, .kind = JSON_NUMBER, .number = number_          \
	}
#define PARTS(name_, claim_, members_)                                         \
	{                                                                      \
		.name = name_, .kind = JSON_PARTS, .part = PART_OF(claim_),    \
		.members = members_                                            \
	}
#define HEARD                                                                  \
	NUMBER("first_heard", NUMBER_FIRST_HEARD),                             \
	    NUMBER("last_heard", NUMBER_LAST_HEARD),                           \
	    NUMBER("expires", NUMBER_EXPIRES),                                 \
	    NUMBER("frames_dropped", NUMBER_DROPPED),                          \
	    NUMBER("frames_malformed", NUMBER_MALFORMED)
#define END                                                                    \
	{                                                                      \
		.name = NULL                                                   \
	}

/* ---- what a report looks like ----------------------------------------------
 */

static const struct json_shape heard_members[] = {
	HEARD,
	NUMBER("frames", NUMBER_FRAMES),
	END,
};
static const struct json_shape listening_members[] = {
	NUMBER("frames_dropped", NUMBER_NONE),
	NUMBER("frames_lost", NUMBER_NONE),
	END,
};
enum { NIC_NAME }; /* places in the table, as bits of 'seen' */
static const struct json_shape nic_members[] = {
	[NIC_NAME] = { .name = "name", .kind = JSON_TEXT },
	HEARD,
	NUMBER("frames_heard", NUMBER_FRAMES),
	NUMBER("frames_too_large", NUMBER_NONE),
	NUMBER("neighbors_lost", NUMBER_NONE),
	{ .name = "vlan_listening",
	    .kind = JSON_OBJECT,
	    .members = listening_members },
	PARTS("neighbors", CLAIM_NEIGHBOR, heard_members),
	PARTS("heard_vlans", CLAIM_HEARD_VLAN, heard_members),
	END,
};
static const struct json_shape workload_members[] = {
	{ .name = "vnics", .kind = JSON_COUNT },
	END,
};
static const struct json_shape host_members[] = {
	{ .name = "id", .kind = JSON_TEXT },
	END,
};
static const struct json_shape agent_members[] = {
	{ .name = "via", .kind = JSON_TEXT },
	END,
};
static const struct json_shape no_members[] = { END };
enum { SEEN_HOST, SEEN_NICS, SEEN_LINKS };
static const struct json_shape document_members[] = {
	[SEEN_HOST] = { .name = "host",
	    .kind = JSON_PART,
	    .part = PART_OF(CLAIM_HOST),
	    .members = host_members },
	[SEEN_NICS] = PARTS("nics", CLAIM_NIC, nic_members),
	[SEEN_LINKS] = PARTS("links", CLAIM_LINK, no_members),
	PARTS("vswitches", CLAIM_VSWITCH, no_members),
	PARTS("port_groups", CLAIM_PORT_GROUP, no_members),
	PARTS("workloads", CLAIM_WORKLOAD, workload_members),
	{ .name = "agent",
	    .kind = JSON_PART,
	    .part = PART_AGENT,
	    .members = agent_members },
	NUMBER("version", NUMBER_VERSION),
	NUMBER("number", NUMBER_NUMBER),
	NUMBER("sent_at", NUMBER_SENT_AT),
	{ .name = "digest", .kind = JSON_TEXT },
	END,
};

struct parts_reading {
	struct reading g; /* first: its mistakes are of no interest */
	const char *text;
	struct json_parts parts;
	struct incoming_recall *recalled; /* one for each part */
	const struct json_part *host, *agent;
	struct buffer room;
	struct mistake mistake;
};

/* ---- what must hold --------------------------------------------------------
 */

static bool
is_hex(const struct parts_reading *p, const struct json_span *s, size_t size)
{
	if (s->size != size)
		return false;
	for (size_t i = 0; i < size; i++) {
		char c = p->text[s->begin + i];

		if ((c < '0' || c > '9') && (c < 'a' || c > 'f'))
			return false;
	}
	return true;
}

static const char *
copy_text(struct parts_reading *p, const struct json_span *s)
{
	char *copy = arena_take(&p->g.report->arena, s->size + 1);

	if (copy)
		memcpy(copy, p->text + s->begin, s->size);
	return copy;
}

static bool
take_head(struct parts_reading *p)
{
	const struct json_part *head = &p->parts.items[0];
	const uint32_t needed =
	    1U << SEEN_HOST | 1U << SEEN_NICS | 1U << SEEN_LINKS;
	struct incoming *r = p->g.report;

	for (size_t i = 1; i < p->parts.count; i++) {
		if (p->parts.items[i].part == PART_OF(CLAIM_HOST))
			p->host = &p->parts.items[i];
		if (p->parts.items[i].part == PART_AGENT)
			p->agent = &p->parts.items[i];
	}
	if (head->others || (head->seen & needed) != needed || !p->host ||
	    head->numbers[NUMBER_VERSION] != 1 ||
	    head->numbers[NUMBER_NUMBER] < 0 ||
	    head->numbers[NUMBER_SENT_AT] < 0 ||
	    head->numbers[NUMBER_SENT_AT] > REPORT_TIME_MOST ||
	    !is_hex(p, &head->texts[0], DIGEST_SIZE - 1) ||
	    !is_hex(p, &p->host->texts[0], HOST_ID_SIZE))
		return false;
	r->number = head->numbers[NUMBER_NUMBER];
	r->sent_at = head->numbers[NUMBER_SENT_AT];
	memcpy(r->digest, p->text + head->texts[0].begin, DIGEST_SIZE - 1);
	memcpy(r->machine_id, p->text + p->host->texts[0].begin, HOST_ID_SIZE);
	if (p->agent && p->agent->texts[0].size > 0)
		r->via = copy_text(p, &p->agent->texts[0]);
	return r->via != NULL;
}

/* Are there no more items than an array may have, each of them such as its
 * claim must be? */
static bool
check_limits(const struct parts_reading *p)
{
	static const size_t most[PART_AGENT + 1] = {
		[PART_OF(CLAIM_HOST)] = 1,
		[PART_OF(CLAIM_NIC)] = REPORT_NICS_MOST,
		[PART_OF(CLAIM_LINK)] = REPORT_LINKS_MOST,
		[PART_OF(CLAIM_NEIGHBOR)] = SIZE_MAX,
		[PART_OF(CLAIM_VSWITCH)] = REPORT_VSWITCHES_MOST,
		[PART_OF(CLAIM_PORT_GROUP)] = REPORT_PORT_GROUPS_MOST,
		[PART_OF(CLAIM_WORKLOAD)] = REPORT_WORKLOADS_MOST,
		[PART_OF(CLAIM_HEARD_VLAN)] = REPORT_HEARD_VLANS_ALL,
		[PART_AGENT] = 1,
	};
	size_t counts[PART_AGENT + 1] = { 0 }, vnics = 0;
	size_t neighbors = 0, vlans = 0; /* of one NIC */

	for (size_t i = 1; i < p->parts.count; i++) {
		const struct json_part *part = &p->parts.items[i];

		if (part->part == PART_OF(CLAIM_NIC)) {
			neighbors = vlans = 0;
			if (!(part->seen & 1U << NIC_NAME))
				return false;
		}
		neighbors += part->part == PART_OF(CLAIM_NEIGHBOR);
		vlans += part->part == PART_OF(CLAIM_HEARD_VLAN);
		vnics += part->count;
		if (++counts[part->part] > most[part->part] ||
		    neighbors > REPORT_NEIGHBORS_MOST ||
		    vlans > REPORT_HEARD_VLANS_MOST ||
		    vnics > REPORT_VNICS_MOST)
			return false;
	}
	return true;
}

/* ---- recalling -------------------------------------------------------------
 */

/* What the part was read from, with all that its claim depends on. */
static uint64_t
fingerprint_of(const struct parts_reading *p, const struct json_part *part)
{
	const struct json_part *nic = &p->parts.items[part->parent];
	struct fingerprint f;

	if (part != p->host && part->parent == 0)
		return part->fingerprint;
	f = fingerprint_begin();
	fingerprint_add_number(&f, part->fingerprint);
	if (part == p->host)
		fingerprint_add_number(
		    &f, p->agent ? p->agent->fingerprint : 0);
	else
		fingerprint_add(
		    &f, p->text + nic->texts[0].begin, nic->texts[0].size);
	return fingerprint_end(&f);
}

static bool
recall(struct parts_reading *p, const struct incoming_memory *memory)
{
	size_t count = p->parts.count;

	p->recalled =
	    arena_array(&p->g.report->arena, count, sizeof(*p->recalled));
	if (!p->recalled)
		return false;
	for (size_t i = 1; i < count; i++) {
		const struct json_part *part = &p->parts.items[i];

		if (part->part == PART_AGENT)
			continue;
		p->recalled[i].kind = (enum claim_kind)(part->part - 1);
		p->recalled[i].said = fingerprint_of(p, part);
	}
	memory->recall(memory->context, p->g.report->machine_id,
	    &p->recalled[1], count - 1);
	return true;
}

/* Would a rule let all the times pass? */
static bool
has_good_times(const struct json_part *part)
{
	return part->numbers[NUMBER_FIRST_HEARD] <= REPORT_TIME_MOST &&
	       part->numbers[NUMBER_LAST_HEARD] <= REPORT_TIME_MOST &&
	       part->numbers[NUMBER_EXPIRES] <= REPORT_TIME_MOST;
}

static bool
keep_recalled(struct parts_reading *p, size_t at)
{
	const struct json_part *part = &p->parts.items[at];
	struct incoming_claim claim = {
		.kind = p->recalled[at].kind,
		.said = p->recalled[at].said,
		.n = p->recalled[at].n,
		.heard = { .first_heard = part->numbers[NUMBER_FIRST_HEARD],
		    .last_heard = part->numbers[NUMBER_LAST_HEARD],
		    .expires = part->numbers[NUMBER_EXPIRES],
		    .frames = part->numbers[NUMBER_FRAMES],
		    .dropped = part->numbers[NUMBER_DROPPED],
		    .malformed = part->numbers[NUMBER_MALFORMED] },
	};

	return reading_add(&p->g, &claim);
}

/* ---- reading what is new ---------------------------------------------------
 */

/* The part without what stands in its holes. */
static void
copy_part(struct buffer *out, const char *text, const struct json_part *part)
{
	size_t at = part->span.begin, end = at + part->span.size;

	buffer_clear(out);
	for (unsigned i = 0; i < part->hole_count && i < JSON_PART_HOLES; i++) {
		const struct json_span *hole = &part->holes[i];

		buffer_append(out, text + at, hole->begin - at);
		at = hole->begin + hole->size;
	}
	buffer_append(out, text + at, end - at);
}

/* Host and agent as the document has them. */
static void
copy_host(struct parts_reading *p)
{
	struct buffer *out = &p->room;

	buffer_clear(out);
	buffer_text(out, "{\"host\":");
	buffer_append(out, p->text + p->host->span.begin, p->host->span.size);
	if (p->agent) {
		buffer_text(out, ",\"agent\":");
		buffer_append(
		    out, p->text + p->agent->span.begin, p->agent->span.size);
	}
	buffer_char(out, '}');
}

static struct json_value *
parse(struct parts_reading *p, const struct json_part *part)
{
	struct json_value *v = NULL;
	const char *text = p->text + part->span.begin;
	size_t size = part->span.size;
	char error[JSON_ERROR_SIZE];
	int depth = part->parent > 0 ? DEPTH_ITEM_OF_NIC : DEPTH_ITEM;

	if (part == p->host)
		copy_host(p);
	else if (part->hole_count > 0)
		copy_part(&p->room, p->text, part);
	if (part == p->host || part->hole_count > 0) {
		text = buffer_string(&p->room);
		size = p->room.size;
	}
	if (part == p->host)
		depth = 0;
	if (!buffer_ok(&p->room) || part->hole_count > JSON_PART_HOLES ||
	    json_parse_within(text, size, depth, &v, error) != STATUS_OK)
		return NULL;
	return v;
}

static bool
read_new(struct parts_reading *p, size_t at)
{
	const struct json_part *part = &p->parts.items[at];
	const struct json_part *nic = &p->parts.items[part->parent];
	struct json_value *v CLEANUP(json_cleanup) = parse(p, part);
	enum claim_kind kind = p->recalled[at].kind;
	char name[REPORT_NAME_MOST + 1];

	if (!v)
		return false;
	p->g.said = p->recalled[at].said;
	if (kind == CLAIM_HOST)
		return claim_host(&p->g, v);
	if (kind == CLAIM_NIC || kind == CLAIM_LINK)
		return claim_named(&p->g, v, kind, "");
	if (part->parent == 0)
		return claim_inside(&p->g, v, kind, "");
	if (nic->texts[0].size >= sizeof(name))
		return false;
	memcpy(name, p->text + nic->texts[0].begin, nic->texts[0].size);
	name[nic->texts[0].size] = '\0';
	if (kind == CLAIM_NEIGHBOR)
		return claim_neighbor(&p->g, v, name, "");
	return claim_heard_vlan(&p->g, v, name, "");
}

static bool
take_claim(struct parts_reading *p, size_t at)
{
	if (p->recalled[at].n != 0 && has_good_times(&p->parts.items[at]))
		return keep_recalled(p, at);
	return read_new(p, at);
}

/* The claims of the kind, from 'at' on, as long as 'parent' stays. */
static bool
take_claims(
    struct parts_reading *p, enum claim_kind kind, size_t at, uint32_t parent)
{
	for (; at < p->parts.count; at++) {
		const struct json_part *part = &p->parts.items[at];

		if (parent != 0 && part->parent != parent)
			break;
		if (part->part != PART_OF(kind))
			continue;
		if (!take_claim(p, at))
			return false;
		if (kind == CLAIM_NIC &&
		    (!take_claims(p, CLAIM_NEIGHBOR, at + 1, (uint32_t)at) ||
			!take_claims(
			    p, CLAIM_HEARD_VLAN, at + 1, (uint32_t)at)))
			return false;
	}
	return true;
}

/* In the order in which a whole report is read, whatever its own is. */
static bool
take_all(struct parts_reading *p)
{
	static const enum claim_kind kinds[] = { CLAIM_HOST, CLAIM_NIC,
		CLAIM_LINK, CLAIM_VSWITCH, CLAIM_PORT_GROUP, CLAIM_WORKLOAD };

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (!take_claims(p, kinds[i], 1, 0))
			return false;
	}
	return true;
}

bool
incoming_parts(struct incoming *r, const char *text, size_t size,
    const struct incoming_memory *memory)
{
	struct parts_reading p = { .g.report = r, .text = text };
	bool good;

	if (json_parts_cut(&p.parts, text, size, document_members) != STATUS_OK)
		return false;
	p.g.mistake = &p.mistake;
	buffer_init(&p.g.facts, READING_FACTS_MOST);
	buffer_init(&p.room, size + 64);
	good = take_head(&p) && check_limits(&p) && recall(&p, memory) &&
	       take_all(&p);
	if (good)
		incoming_form_note(r, text, size, &p.parts, p.recalled);
	buffer_done(&p.room);
	buffer_done(&p.g.facts);
	index_done(&p.g.seen);
	json_parts_done(&p.parts);
	if (!good)
		incoming_done(r);
	return good;
}
