#include "collector/rules/known.h"

void
known_init(struct known *out)
{
	*out = (struct known){ .nics = NULL };
}

void
known_done(struct known *known)
{
	arena_done(&known->arena);
	known_init(known);
}
