/*
 * captures.h - every frame of every capture under a directory.
 *
 * Memory:  captures_load gives a list; captures_done frees it.
 * Errors:  none: a file that is no capture ends the test program.
 */
#ifndef TESTS_SUPPORT_CAPTURES_H
#define TESTS_SUPPORT_CAPTURES_H

#include <stddef.h>
#include <stdint.h>

#include "agent/decode.h"

struct captured {
	uint8_t *octets; /* exactly as long as the frame, for the sanitizers */
	size_t size;
	enum link_type link;
	char *path; /* of the capture */
	unsigned number;
};

struct captures {
	struct captured *frames;
	size_t count;
};

/* Where the frames that we made stand, from the top of the tree. */
#define CAPTURES_OF_OURS "tests/frames"

/* The directory of captures that we may not publish, $DEMARC_CORPUS;
 * NULL when it is not set or not there. */
const char *captures_corpus(void);

/* Loads all *.pcap below 'directory', in the order of their names. */
void captures_load(struct captures *out, const char *directory);
void captures_done(struct captures *captures);

#endif
