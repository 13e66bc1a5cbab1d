#include "collector/vlans.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum {
	NAMED_MOST = 16, /* in one line for people */
	ID_LAST = 4094   /* 4095 is reserved */
};

/* Reads a number of at most four digits; -1: there is none. */
static int
read_id(const char **text)
{
	const char *at = *text;
	int id = 0;

	while (isdigit((unsigned char)*at) && at - *text < 4)
		id = id * 10 + (*at++ - '0');
	if (at == *text || isdigit((unsigned char)*at) || id >= VLAN_IDS)
		return -1;
	*text = at;
	return id;
}

/* Reads "10" or "10-20". */
static bool
read_range(const char **text, int *out_first, int *out_last)
{
	*out_first = *out_last = read_id(text);
	if (**text == '-') {
		(*text)++;
		*out_last = read_id(text);
	}
	return *out_first >= 0 && *out_last >= *out_first;
}

bool
vlans_read(const char *text, bool *set)
{
	int first, last;

	for (;;) {
		if (!read_range(&text, &first, &last))
			return false;
		for (; set && first <= last; first++)
			set[first] = true;
		if (*text == '\0')
			return true;
		if (*text++ != ',')
			return false;
	}
}

bool
vlans_have(const char *text, int vlan)
{
	int first, last;

	while (read_range(&text, &first, &last)) {
		if (vlan >= first && vlan <= last)
			return true;
		if (*text++ != ',')
			break;
	}
	return false;
}

bool
vlans_are_all(const char *text)
{
	bool set[VLAN_IDS] = { false };

	if (!vlans_read(text, set))
		return false;
	for (int id = 1; id <= ID_LAST; id++) {
		if (!set[id])
			return false;
	}
	return true;
}

/* Sets are nearly empty, and many are gone through for one answer. */
int
vlans_next(const bool set[static VLAN_IDS], int from)
{
	const bool *at = memchr(set + from, 1, (size_t)(VLAN_IDS - from));

	return at ? (int)(at - set) : VLAN_IDS;
}

void
vlans_list(const bool set[static VLAN_IDS], char out[static VLANS_LIST_SIZE])
{
	unsigned count = 0;
	size_t length = 0;

	out[0] = '\0';
	for (int id = vlans_next(set, 0); id < VLAN_IDS;
	     id = vlans_next(set, id + 1)) {
		if (count++ >= NAMED_MOST)
			continue;
		length +=
		    (size_t)snprintf(out + length, VLANS_LIST_SIZE - length,
			"%s%d", length > 0 ? ", " : "", id);
	}
	if (count > NAMED_MOST)
		(void)snprintf(out + length, VLANS_LIST_SIZE - length,
		    " and %u more", count - NAMED_MOST);
}

const char *
vlans_ranges(struct arena *a, const bool set[static VLAN_IDS])
{
	char text[VLANS_TEXT_MOST];
	const char *copy;
	size_t length = 0;

	text[0] = '\0';
	for (int id = vlans_next(set, 1); id < VLAN_IDS;
	     id = vlans_next(set, id + 1)) {
		int first = id;

		while (id + 1 < VLAN_IDS && set[id + 1])
			id++;
		length += (size_t)snprintf(text + length, sizeof(text) - length,
		    id > first ? "%s%d-%d" : "%s%d", length > 0 ? "," : "",
		    first, id);
	}
	copy = length > 0 ? arena_text(a, text) : NULL;
	return copy ? copy : "";
}
