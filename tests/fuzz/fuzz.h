/*
 * fuzz.h - what every fuzz target needs.
 *
 * A target is a few lines and links what it checks.  `make fuzz` builds
 * it with libFuzzer; `make unit` with replay.c, which runs tests/fuzz/corpus.
 *
 * Memory:  none.
 * Errors:  a promise that does not hold ends the process.
 */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline void
fuzz_expect(bool holds)
{
	if (!holds)
		abort();
}

#endif
