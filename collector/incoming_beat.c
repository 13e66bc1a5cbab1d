#include "collector/incoming_beat.h"

#include <string.h>

#include "base/json_parts.h"
#include "collector/incoming_rules.h"
#include "collector/incoming_vlans.h"
#include "collector/vlans.h"

enum {
	PART_HOST = 1,
	PART_LINE,
	PART_VLANS,
	/* Where programs say that it is one; it is no matter if one does not.
	 */
	BEGIN_SIZE = 160,
	HEX_MOST = MACHINE_ID_SIZE
};

/* ---- what it looks like -------------------------------------------------- */

enum { LINE_LAST_HEARD, LINE_EXPIRES };
enum { LINE_NIC, LINE_PROTOCOL, LINE_SOURCE_MAC, LINE_VLANS = LINE_PROTOCOL };
static const struct json_shape line_members[] = {
	[LINE_NIC] = { "nic", JSON_TEXT, LINE_NIC, 0, NULL },
	[LINE_PROTOCOL] = { "protocol", JSON_TEXT, LINE_PROTOCOL, 0, NULL },
	[LINE_SOURCE_MAC] = { "source_mac", JSON_TEXT, LINE_SOURCE_MAC, 0,
	    NULL },
	{ "last_heard", JSON_NUMBER, LINE_LAST_HEARD, 0, NULL },
	{ "expires", JSON_NUMBER, LINE_EXPIRES, 0, NULL },
	{ NULL, JSON_TEXT, 0, 0, NULL },
};
static const struct json_shape vlans_members[] = {
	{ "nic", JSON_TEXT, LINE_NIC, 0, NULL },
	{ "vlans", JSON_TEXT, LINE_VLANS, 0, NULL },
	{ "last_heard", JSON_NUMBER, LINE_LAST_HEARD, 0, NULL },
	{ "expires", JSON_NUMBER, LINE_EXPIRES, 0, NULL },
	{ NULL, JSON_TEXT, 0, 0, NULL },
};
static const struct json_shape host_members[] = {
	{ "id", JSON_TEXT, 0, 0, NULL },
	{ NULL, JSON_TEXT, 0, 0, NULL },
};
enum { BEAT_VERSION, BEAT_NUMBER, BEAT_SENT_AT };
enum { SEEN_HEARTBEAT, SEEN_HOST };
static const struct json_shape beat_members[] = {
	[SEEN_HEARTBEAT] = { "heartbeat", JSON_TRUE, 0, 0, NULL },
	[SEEN_HOST] = { "host", JSON_PART, 0, PART_HOST, host_members },
	{ "version", JSON_NUMBER, BEAT_VERSION, 0, NULL },
	{ "number", JSON_NUMBER, BEAT_NUMBER, 0, NULL },
	{ "sent_at", JSON_NUMBER, BEAT_SENT_AT, 0, NULL },
	{ "digest", JSON_TEXT, 0, 0, NULL },
	{ "heard", JSON_PARTS, 0, PART_LINE, line_members },
	{ "heard_vlans", JSON_PARTS, 0, PART_VLANS, vlans_members },
	{ NULL, JSON_TEXT, 0, 0, NULL },
};

/* ---- reading it ---------------------------------------------------------- */

struct beat {
	struct incoming *report;
	const char *text;
	struct json_parts parts;
	size_t vlans; /* that are named */
};

/* A copy if it is printable ASCII, of which there is nothing to check; NULL:
 * it is not there, or something else. */
static const char *
take_text(struct beat *b, const struct json_span *span)
{
	const char *from = b->text + span->begin;
	char *copy;

	for (size_t i = 0; i < span->size; i++) {
		if (from[i] < ' ' || from[i] > '~')
			return NULL;
	}
	copy = arena_take(&b->report->arena, span->size + 1);
	if (copy)
		memcpy(copy, from, span->size);
	return copy;
}

/* Exactly so many digits. */
static bool
take_hex(
    const struct beat *b, const struct json_span *span, char *out, size_t size)
{
	char text[HEX_MOST];

	if (span->size != size - 1 || size > sizeof(text))
		return false;
	memcpy(text, b->text + span->begin, span->size);
	text[span->size] = '\0';
	if (strspn(text, "0123456789abcdef") != span->size)
		return false;
	memcpy(out, text, size);
	return true;
}

static bool
is_time(int64_t time)
{
	return time >= 0 && time <= REPORT_TIME_MOST;
}

static bool
is_nic(const char *name)
{
	return name && strlen(name) <= REPORT_NAME_MOST && rules_is_name(name);
}

static bool
take_line(struct beat *b, const struct json_part *part)
{
	const struct json_span *mac = &part->texts[LINE_SOURCE_MAC];
	bool has_mac = part->seen & 1U << LINE_SOURCE_MAC; /* a hint has none */
	struct incoming_line line = {
		.nic = take_text(b, &part->texts[LINE_NIC]),
		.protocol = take_text(b, &part->texts[LINE_PROTOCOL]),
		.source_mac = has_mac ? take_text(b, mac) : "",
		.last_heard = part->numbers[LINE_LAST_HEARD],
		.expires = part->numbers[LINE_EXPIRES],
	};

	if (!is_nic(line.nic) || !line.protocol || !line.source_mac ||
	    (has_mac && !rules_is_mac(line.source_mac)) ||
	    !incoming_is_protocol(line.protocol) || !is_time(line.last_heard) ||
	    !is_time(line.expires))
		return false;
	b->report->lines[b->report->line_count++] = line;
	return true;
}

static bool
take_vlans(struct beat *b, const struct json_part *part)
{
	struct incoming_vlans line = {
		.nic = take_text(b, &part->texts[LINE_NIC]),
		.vlans = take_text(b, &part->texts[LINE_VLANS]),
		.last_heard = part->numbers[LINE_LAST_HEARD],
		.expires = part->numbers[LINE_EXPIRES],
	};

	if (!is_nic(line.nic) || !line.vlans ||
	    strlen(line.vlans) > VLANS_TEXT_MOST ||
	    !vlans_read(line.vlans, NULL) || !is_time(line.last_heard) ||
	    !is_time(line.expires))
		return false;
	b->vlans += incoming_vlans_listed(line.vlans);
	b->report->vlan_lines[b->report->vlan_line_count++] = line;
	return b->vlans <= REPORT_HEARD_VLANS_ALL;
}

static bool
take_host(struct beat *b, const struct json_part *part)
{
	return take_hex(
	    b, &part->texts[0], b->report->machine_id, MACHINE_ID_SIZE);
}

static bool
take_part(struct beat *b, const struct json_part *part)
{
	if (part->others)
		return false;
	if (part->part == PART_HOST)
		return take_host(b, part);
	return part->part == PART_LINE ? take_line(b, part)
				       : take_vlans(b, part);
}

static bool
take_head(struct beat *b)
{
	const uint32_t needed = 1U << SEEN_HEARTBEAT | 1U << SEEN_HOST;
	const struct json_part *head = &b->parts.items[0];
	struct incoming *r = b->report;

	r->heartbeat = true;
	r->number = head->numbers[BEAT_NUMBER];
	r->sent_at = head->numbers[BEAT_SENT_AT];
	return !head->others && (head->seen & needed) == needed &&
	       head->numbers[BEAT_VERSION] == 1 && r->number >= 0 &&
	       is_time(r->sent_at) &&
	       take_hex(b, &head->texts[0], r->digest, DIGEST_SIZE);
}

static bool
take_all(struct beat *b)
{
	struct incoming *r = b->report;
	size_t count = b->parts.count;

	if (count > REPORT_HEARD_MOST || !take_head(b))
		return false;
	r->lines = arena_array(&r->arena, count, sizeof(*r->lines));
	r->vlan_lines = arena_array(&r->arena, count, sizeof(*r->vlan_lines));
	if (!r->lines || !r->vlan_lines)
		return false;
	for (size_t i = 1; i < count; i++) {
		if (!take_part(b, &b->parts.items[i]))
			return false;
	}
	return r->vlan_line_count <= REPORT_NICS_MOST;
}

bool
incoming_beat(struct incoming *r, const char *text, size_t size)
{
	static const char name[] = "\"heartbeat\"";
	struct beat b = { .report = r, .text = text };
	bool good;

	if (!memmem(text, size < BEGIN_SIZE ? size : BEGIN_SIZE, name,
		sizeof(name) - 1) ||
	    json_parts_cut(&b.parts, text, size, beat_members) != STATUS_OK)
		return false;
	good = take_all(&b);
	json_parts_done(&b.parts);
	if (!good)
		incoming_done(r);
	return good;
}
