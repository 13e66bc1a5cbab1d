/*
 * lldp_frame.h - TLVs in, the JSON of the neighbor out; for tests of lldp.
 *
 * Memory:  a frame is a heap copy exactly as long as it is, so that the
 *          address sanitizer notices a read of even one octet too many.  The
 *          text that json_of gives lasts until the next call.
 */
#ifndef TESTS_SUPPORT_LLDP_FRAME_H
#define TESTS_SUPPORT_LLDP_FRAME_H

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "agent/lldp.h"
#include "base/text.h"
#include "report/neighbor_json.h"

static const uint8_t mandatory[] = {
	0x02, 0x07, 4, 0x00, 0x01, 0x02, 0x03, 0x04, 0x05, /* chassis: MAC */
	0x04, 0x05, 5, 'e', 't', 'h', '1',                 /* port: name */
	0x06, 0x02, 0, 120,                                /* TTL */
};

/* Decodes a copy of 'size' octets. */
static inline enum status
decode_copy(const uint8_t *octets, size_t size, struct neighbor *out)
{
	uint8_t *copy = malloc(size ? size : 1);
	enum status status;

	memcpy(copy, octets, size);
	neighbor_clear(out);
	status = lldp_decode(cursor_over(copy, size), out);
	free(copy);
	return status;
}

static inline const char *
json_of(const struct neighbor *n)
{
	static char text[1 << 17];
	struct buffer out;
	struct json j = json_over(&out);

	buffer_init(&out, sizeof(text));
	neighbor_json(&j, n);
	ck_assert(buffer_ok(&out));
	ck_assert(text_is_utf8(buffer_string(&out), out.size));
	text_copy(text, sizeof(text), buffer_string(&out));
	buffer_done(&out);
	return text;
}

/* Decodes the mandatory TLVs with 'tlvs' behind them. */
static inline enum status
decode_with(const uint8_t *tlvs, size_t size, struct neighbor *out)
{
	uint8_t pdu[1500];

	memcpy(pdu, mandatory, sizeof(mandatory));
	memcpy(pdu + sizeof(mandatory), tlvs, size);
	return decode_copy(pdu, sizeof(mandatory) + size, out);
}

/* Every shorter frame, and every frame with one octet changed, must be
 * decoded and written without a word of the sanitizers. */
static inline void
torture(const uint8_t *tlvs, size_t size)
{
	static const uint8_t changes[] = { 0x01, 0x02, 0x80, 0xff };
	struct neighbor n;
	uint8_t changed[1500];

	for (size_t cut = 0; cut < size; cut++) {
		(void)!decode_with(tlvs, cut, &n);
		(void)json_of(&n);
	}
	for (size_t at = 0; at < size; at++) {
		for (size_t i = 0; i < sizeof(changes); i++) {
			memcpy(changed, tlvs, size);
			changed[at] ^= changes[i];
			(void)!decode_with(changed, size, &n);
			(void)json_of(&n);
		}
	}
}

/* Decodes 'tlvs' and looks for 'fragment' in the JSON; then tortures them. */
static inline void
expect_tlvs(const char *fragment, const uint8_t *tlvs, size_t size)
{
	struct neighbor n;
	const char *json;

	ck_assert_int_eq(decode_with(tlvs, size, &n), STATUS_OK);
	json = json_of(&n);
	ck_assert_msg(strstr(json, fragment), "no %s in %s", fragment, json);
	torture(tlvs, size);
}

/* EXPECT(fragment, octets...): the octets stand as rows of TLVs. */
#define EXPECT(fragment, ...)                                                  \
	do {                                                                   \
		static const uint8_t tlvs_[] = { __VA_ARGS__ };                \
		expect_tlvs(fragment, tlvs_, sizeof(tlvs_));                   \
	} while (0)

#endif
