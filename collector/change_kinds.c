#include "collector/change_kinds.h"

#include <string.h>

#include "collector/incoming.h"

int
change_kinds_claim(const char *word)
{
	for (enum claim_kind kind = CLAIM_HOST; kind <= CLAIM_LAST; kind++) {
		if (strcmp(claim_kind_name(kind), word) == 0)
			return (int)kind;
	}
	return CLAIM_HOST;
}

bool
change_kinds_have(const char *word)
{
	return strcmp(word, "host") == 0 || strcmp(word, "silence") == 0 ||
	       change_kinds_claim(word) != CLAIM_HOST;
}
