#include "agent/answer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "agent/answer_inside.h"
#include "agent/answer_vlans.h"
#include "agent/compose.h"
#include "agent/decode.h"
#include "agent/grid.h"
#include "agent/wording.h"
#include "base/clock.h"
#include "base/text.h"

enum {
	COLUMN_NIC,
	COLUMN_DEVICE,
	COLUMN_PORT,
	COLUMN_VLAN,
	COLUMN_PROTOCOLS,
	COLUMN_AGE,
	COLUMN_STATE,
	COLUMNS
};

enum { WIDTH_LEAST = 40, WIDTH_MOST = 400, WIDTH_USUAL = 80 };

/* ---- the table ---------------------------------------------------------- */

static void
set_cell(struct grid_row *row, int column, const char *text)
{
	text_copy(row->cells[column], GRID_CELL_SIZE, text);
}

static void
add_heading(struct grid *grid)
{
	static const char *const names[COLUMNS] = { "NIC", "SWITCH", "PORT",
		"VLAN", "BY", "HEARD", "STATE" };
	struct grid_row *row = grid_add(grid);

	for (int c = 0; row && c < COLUMNS; c++)
		set_cell(row, c, names[c]);
}

static bool
read_words(const struct heard *h, struct words *out)
{
	struct neighbor said;
	const char *reason;

	if (decode_frame(LINK_ETHERNET, cursor_over(h->frame, h->size), &said,
		&reason) != DECODE_OK)
		return false;
	words_of(&said, out);
	return true;
}

/* The same sender by several protocols is one line. */
static bool
same_sender(const struct heard *a, const struct heard *b)
{
	return a->ended == b->ended &&
	       memcmp(a->source_mac, b->source_mac, MAC_SIZE) == 0;
}

static bool
told_before(const struct heard *first, const struct heard *h)
{
	for (; first != h; first = first->next) {
		if (same_sender(first, h))
			return true;
	}
	return false;
}

/* What the sender of 'h' says by all protocols, LLDP first: it names best.
 * Gives when it was last heard; 0: nothing could be read. */
static int64_t
gather(const struct heard *h, struct words *out)
{
	int64_t last_at = 0;

	for (int p = PROTOCOL_LLDP; p <= PROTOCOL_SONMP; p++) {
		for (const struct heard *one = h; one; one = one->next) {
			struct words words;

			if ((int)one->protocol != p || !same_sender(h, one) ||
			    !read_words(one, &words))
				continue;
			if (last_at == 0)
				*out = words;
			else
				words_merge(out, &words);
			if (one->last_at > last_at)
				last_at = one->last_at;
		}
	}
	return last_at;
}

static void
set_state(struct grid_row *row, const struct heard *h)
{
	static const char *const ends[] = { [END_NONE] = "current",
		[END_EXPIRED] = "ended: not heard any more",
		[END_GOODBYE] = "ended: it said goodbye",
		[END_LINK_DOWN] = "ended: link went down",
		[END_REPLACED] = "ended: another took its place",
		[END_NIC_REMOVED] = "ended: NIC was removed" };

	set_cell(row, COLUMN_STATE,
	    h->own && h->ended == END_NONE ? "this host's own frame"
					   : ends[h->ended]);
}

static void
add_heard(struct grid *grid, const struct nic *nic, const struct heard *h)
{
	struct words words;
	int64_t last_at = gather(h, &words);
	struct grid_row *row;
	char age[24];

	if (last_at == 0 || (row = grid_add(grid)) == NULL)
		return;
	words_age(age, sizeof(age), clock_unix_s() - last_at);
	set_cell(row, COLUMN_NIC, nic->link.name);
	set_cell(row, COLUMN_DEVICE, words.device);
	set_cell(row, COLUMN_PORT, words.port);
	set_cell(row, COLUMN_VLAN,
	    strncmp(words.vlan, "VLAN ", 5) == 0 ? words.vlan + 5 : "");
	set_cell(row, COLUMN_PROTOCOLS, words.protocols);
	snprintf(row->cells[COLUMN_AGE], GRID_CELL_SIZE, "%s ago", age);
	set_state(row, h);
}

/* Why there is no line for this NIC. */
static void
add_silent(struct grid *grid, const struct nic *nic)
{
	struct grid_row *row = grid_add(grid);
	char *state;

	if (!row)
		return;
	set_cell(row, COLUMN_NIC, nic->link.name);
	set_cell(row, COLUMN_DEVICE, "-");
	state = row->cells[COLUMN_STATE];
	if (!nic->listening)
		snprintf(
		    state, GRID_CELL_SIZE, "not listening: %s", nic->reason);
	else if (!nic->link.up)
		text_copy(state, GRID_CELL_SIZE, "down");
	else if (!nic->link.carrier)
		text_copy(state, GRID_CELL_SIZE, "no carrier");
	else
		text_copy(state, GRID_CELL_SIZE, "nothing heard");
}

static void
add_nic(struct grid *grid, const struct agent *agent, const struct nic *nic)
{
	const struct neighbors_nic *of =
	    neighbors_find_nic(&agent->neighbors, nic->link.index);
	const struct heard *first = of ? of->first : NULL;

	if (!first)
		add_silent(grid, nic);
	for (const struct heard *h = first; h; h = h->next) {
		if (!told_before(first, h))
			add_heard(grid, nic, h);
	}
}

static void
add_delivery(const struct agent *agent, struct buffer *out)
{
	int64_t largest;
	unsigned waiting;

	if (agent->options->collectors.count == 0) {
		buffer_text(out, "\nReports go nowhere: no collector is "
				 "configured.\n");
		return;
	}
	waiting = spool_count(&agent->spool, &largest);
	if (agent->delivery.not_reached)
		buffer_printf(out,
		    "\nReports are not delivered (%u wait): %s\n", waiting,
		    agent->delivery.why);
	else if (agent->delivery.why[0] != '\0')
		buffer_printf(
		    out, "\nNot all was taken: %s\n", agent->delivery.why);
}

static void
write_inside(const struct agent *agent, size_t width, struct buffer *out)
{
	struct virtual inside;

	virtual_init(&inside);
	look_describe(agent, &inside);
	answer_inside_write(&inside, width, out);
	virtual_done(&inside);
}

static void
write_table(const struct agent *agent, const char *nic, size_t width,
    struct buffer *out)
{
	struct grid grid;

	grid_init(&grid, COLUMNS);
	add_heading(&grid);
	for (const struct nic *one = agent->nics.first; one; one = one->next) {
		if (!nic || strcmp(one->link.name, nic) == 0)
			add_nic(&grid, agent, one);
	}
	if (grid.count == 1)
		buffer_text(out, "This host has no NIC to listen on; nic "
				 "names others, as nic = eth*\n");
	else
		grid_write(&grid, width, out);
	grid_done(&grid);
	if (!nic)
		write_inside(agent, width, out);
	add_delivery(agent, out);
}

/* ---- the other answers --------------------------------------------------- */

static void
write_json(struct agent *agent, const char *nic, struct buffer *out)
{
	struct report r;
	char digest[REPORT_DIGEST_SIZE];
	struct json *j = &r.json;
	const struct delivery *d = &agent->delivery;
	int64_t largest;

	compose_begin(agent, &r, out, nic);
	json_name(j, "delivery");
	json_object_begin(j);
	json_add_boolean(j, "configured", agent->options->collectors.count > 0);
	if (agent->options->collectors.count > 0) {
		json_add_number(
		    j, "waiting", spool_count(&agent->spool, &largest));
		if (d->reached || d->not_reached)
			json_add_boolean(j, "reached", d->reached);
		if (d->delivered_at > 0)
			json_add_number(j, "delivered_at", d->delivered_at);
		if (d->why[0] != '\0')
			json_add_string(j, "reason", d->why);
	}
	json_object_end(j);
	report_end(&r, digest);
	buffer_char(out, '\n');
}

/* When a neighbor was heard last; and when the last one ended, if none is
 * there now.  0: never. */
static void
find_times(const struct agent *agent, const struct nic *nic, int64_t *out_last,
    int64_t *out_ended)
{
	const struct neighbors_nic *of =
	    neighbors_find_nic(&agent->neighbors, nic->link.index);
	bool current = false;

	*out_last = *out_ended = 0;
	for (const struct heard *h = of ? of->first : NULL; h; h = h->next) {
		if (h->own)
			continue;
		if (h->last_at > *out_last)
			*out_last = h->last_at;
		if (h->ended_at > *out_ended)
			*out_ended = h->ended_at;
		current = current || h->ended == END_NONE;
	}
	if (current)
		*out_ended = 0;
}

/* "NAME heard dropped malformed last_at ended_at listening" lines, for
 * doctor. */
static void
write_counts(const struct agent *agent, struct buffer *out)
{
	for (const struct nic *nic = agent->nics.first; nic; nic = nic->next) {
		struct nic_view view = compose_view(agent, nic);
		int64_t last_at, ended_at;

		find_times(agent, nic, &last_at, &ended_at);
		buffer_printf(out, "%s %llu %llu %llu %lld %lld %s\n",
		    nic->link.name, (unsigned long long)view.counts.heard,
		    (unsigned long long)view.counts.dropped,
		    (unsigned long long)view.counts.malformed,
		    (long long)last_at, (long long)ended_at,
		    nic->listening ? "yes" : "no");
	}
}

static bool
is_nic(const struct agent *agent, const char *name)
{
	for (const struct nic *n = agent->nics.first; n; n = n->next) {
		if (strcmp(n->link.name, name) == 0)
			return true;
	}
	return false;
}

static bool
refuse_nic(const struct agent *agent, const char *name, struct buffer *out)
{
	const struct link *link = links_find_name(&agent->links, name);

	if (link && !is_nic(agent, link->name))
		buffer_printf(out,
		    "%s is not a NIC but %s%s; the NICs are:", name,
		    link->kind[0] ? "a " : "another device", link->kind);
	else
		buffer_printf(
		    out, "there is no NIC \"%s\"; the NICs are:", name);
	for (const struct nic *n = agent->nics.first; n; n = n->next)
		buffer_printf(out, " %s", n->link.name);
	buffer_char(out, '\n');
	return false;
}

/* "WIDTH NIC", "WIDTH", " NIC" or "". */
static const char *
read_width(const char *rest, size_t *out_width)
{
	char *end;
	size_t width = strtoul(rest, &end, 10);

	width = width < WIDTH_LEAST ? WIDTH_LEAST : width;
	*out_width = width > WIDTH_MOST ? WIDTH_MOST : width;
	return end;
}

/* What follows the word in the question; NULL: it is another question. */
static const char *
behind(const char *question, const char *word)
{
	size_t length = strlen(word);

	if (strncmp(question, word, length) != 0 ||
	    (question[length] != ' ' && question[length] != '\0'))
		return NULL;
	return question + length;
}

/* An alternative name is as good. */
static const char *
usual_name(const struct agent *agent, const char *name)
{
	const struct link *link = links_find_name(&agent->links, name);

	return link && is_nic(agent, link->name) ? link->name : name;
}

bool
answer_question(struct agent *agent, const char *question, struct buffer *out)
{
	static const char *const words[] = { "json", "table", "counts", "vlans",
		"vlans-now" };
	enum { JSON, TABLE, COUNTS, VLANS, VLANS_NOW, WORDS } word = JSON;
	size_t width = WIDTH_USUAL;
	const char *rest = NULL;

	while (word < WORDS && !(rest = behind(question, words[word])))
		word++;
	if (!rest) {
		buffer_text(out, "the agent knows json, table, counts, vlans "
				 "and vlans-now\n");
		return false;
	}
	compose_refresh(agent);
	if (word == TABLE || word == VLANS)
		rest = read_width(rest, &width);
	rest = *rest == ' ' ? usual_name(agent, rest + 1) : NULL;
	if (rest && !is_nic(agent, rest))
		return refuse_nic(agent, rest, out);
	if (word == VLANS_NOW)
		return answer_vlans_now(agent, rest, out);
	if (word == JSON)
		write_json(agent, rest, out);
	else if (word == TABLE)
		write_table(agent, rest, width, out);
	else if (word == VLANS)
		answer_vlans_table(agent, rest, width, out);
	else
		write_counts(agent, out);
	return true;
}
