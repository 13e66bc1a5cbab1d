/* Frames that we made, and others where they are: what must be read in them,
 * and that no damage to them is more than a damaged frame. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "agent/read.h"
#include "tests/support/captures.h"
#include "tests/support/golden.h"
#include "tests/support/suite.h"

enum { JSON_LIMIT = 4 * 1024 * 1024, PATH_SIZE = 512 };

static struct neighbor neighbor; /* too large for a stack */

/* Decodes, and checks what must hold of any frame.  One assertion for all:
 * Check notes each in a file, which would cost more than the decoding. */
static void
decode(enum link_type link, const uint8_t *octets, size_t size)
{
	const char *reason = "";
	enum decode_result result =
	    decode_frame(link, cursor_over(octets, size), &neighbor, &reason);
	bool good = result == DECODE_OK;

	if (good != (reason == NULL) ||
	    (good && neighbor.chassis_id.type == ID_NONE) ||
	    neighbor.texts_used > NEIGHBOR_TEXTS_SIZE ||
	    neighbor.fact_count > NEIGHBOR_FACTS_MOST ||
	    neighbor.vlan_count > NEIGHBOR_VLANS_MOST)
		ck_abort_msg("a frame of %zu octets breaks its promise", size);
}

/* ---- what is read ----------------------------------------------------------
 */

/* Holds the frames of one capture, which 'first' begins, against the JSON that
 * stands beside it.  Gives how many they are. */
static size_t
check_capture(const struct captured *first, size_t left, bool *same)
{
	CLEANUP(buffer_done) struct buffer json = { 0 }, spread = { 0 };
	char path[PATH_SIZE];
	struct json j = json_over(&json);
	struct read_frame frame = { .neighbor = &neighbor };
	size_t i;

	buffer_init(&json, JSON_LIMIT);
	buffer_init(&spread, JSON_LIMIT);
	json_array_begin(&j);
	for (i = 0; i < left && !strcmp(first[i].path, first->path); i++) {
		struct cursor octets =
		    cursor_over(first[i].octets, first[i].size);

		frame.number = first[i].number;
		frame.result = decode_frame(
		    first[i].link, octets, &neighbor, &frame.reason);
		read_write_frame(&j, &frame);
	}
	json_array_end(&j);
	ck_assert(buffer_ok(&json));
	golden_spread(&spread, buffer_string(&json));
	snprintf(path, sizeof(path), "%.*s.json",
	    (int)(strlen(first->path) - strlen(".pcap")), first->path);
	*same = golden_matches(path, buffer_string(&spread)) && *same;
	return i;
}

START_TEST(each_capture_says_what_its_json_expects)
{
	struct captures c;
	bool same = true;

	captures_load(&c, CAPTURES_OF_OURS);
	for (size_t i = 0; i < c.count;)
		i += check_capture(&c.frames[i], c.count - i, &same);
	captures_done(&c);
	ck_assert(same);
}
END_TEST

/* ---- what harms ------------------------------------------------------------
 */

/* The cut is exactly as long as the copy, so the address sanitizer notices a
 * read of even one octet too many. */
static void
decode_each_prefix(const struct captured *f)
{
	for (size_t size = 0; size < f->size; size++) {
		uint8_t *cut = malloc(size);

		if (size > 0)
			memcpy(cut, f->octets, size);
		decode(f->link, cut, size);
		free(cut);
	}
}

static void
decode_each_change(const struct captured *f)
{
	for (size_t at = 0; at < f->size; at++) {
		uint8_t right = f->octets[at];

		for (unsigned flip = 1; flip < 256; flip++) {
			f->octets[at] = (uint8_t)(right ^ flip);
			decode(f->link, f->octets, f->size);
		}
		f->octets[at] = right;
	}
}

static void
harm_all(const char *directory, void (*harm)(const struct captured *))
{
	struct captures c;

	captures_load(&c, directory);
	for (size_t i = 0; i < c.count; i++)
		harm(&c.frames[i]);
	captures_done(&c);
}

static void
harm_corpus(const char *what, void (*harm)(const struct captured *))
{
	if (captures_corpus())
		harm_all(captures_corpus(), harm);
	else
		printf("SKIP %s: DEMARC_CORPUS names no directory\n", what);
}

START_TEST(each_prefix_of_our_frames_does_no_harm)
{
	harm_all(CAPTURES_OF_OURS, decode_each_prefix);
}
END_TEST

START_TEST(each_change_of_one_octet_of_our_frames_does_no_harm)
{
	harm_all(CAPTURES_OF_OURS, decode_each_change);
}
END_TEST

START_TEST(each_prefix_of_the_corpus_does_no_harm)
{
	harm_corpus("each prefix of the corpus", decode_each_prefix);
}
END_TEST

START_TEST(each_change_of_one_octet_of_the_corpus_does_no_harm)
{
	harm_corpus("each change in the corpus", decode_each_change);
}
END_TEST

SUITE("captures", each_capture_says_what_its_json_expects,
    each_prefix_of_our_frames_does_no_harm,
    each_change_of_one_octet_of_our_frames_does_no_harm,
    each_prefix_of_the_corpus_does_no_harm,
    each_change_of_one_octet_of_the_corpus_does_no_harm)
