#include "collector/finding.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* Ids and digests are stored, so they are the same in every life. */
#define HASH_BEGIN 14695981039346656037ULL

static uint64_t
hash(uint64_t sum, const char *octets, size_t size)
{
	for (size_t i = 0; i < size; i++)
		sum = (sum ^ (uint8_t)octets[i]) * 1099511628211ULL;
	return sum;
}

/* ---- ids ----------------------------------------------------------------- */

int64_t
finding_id_of(const char *rule, int64_t host_id, const char *about)
{
	char host[24];
	uint64_t sum;

	(void)snprintf(host, sizeof(host), "%" PRIx64, (uint64_t)host_id);
	/* Their ends, too: "a" and "bc" are not "ab" and "c". */
	sum = hash(HASH_BEGIN, rule, strlen(rule) + 1);
	sum = hash(sum, host, strlen(host) + 1);
	sum = hash(sum, about, strlen(about) + 1);
	return (int64_t)(sum >> 1);
}

void
finding_id_text(int64_t id, char out[static FINDING_ID_SIZE])
{
	(void)snprintf(out, FINDING_ID_SIZE, "%016" PRIx64, (uint64_t)id);
}

bool
finding_id_read(const char *text, int64_t *out)
{
	if (strlen(text) != FINDING_ID_SIZE - 1 ||
	    text[strspn(text, "0123456789abcdef")] != '\0')
		return false;
	*out = (int64_t)strtoull(text, NULL, 16);
	return true;
}

/* ---- what a judgement says ----------------------------------------------- */

bool
finding_matters(const struct judgement *j)
{
	return j->ruling == RULING_BROKEN ||
	       (j->ruling == RULING_UNKNOWN && j->listed &&
		   j->wanting[0] != '\0' && j->sentence[0] != '\0');
}

static void
add_said(struct json *j, const char *name, const char *text)
{
	if (text[0] != '\0')
		json_add_string(j, name, text);
}

static void
add_texts(
    struct json *j, const char *name, const char *const *texts, size_t count)
{
	if (count == 0)
		return;
	json_name(j, name);
	json_array_begin(j);
	for (size_t i = 0; i < count; i++)
		json_string(j, texts[i]);
	json_array_end(j);
}

static void
add_touched(struct json *j, const struct judged_touched *t)
{
	size_t shown = 0;

	while (shown < TOUCHED_SHOWN && shown < t->count && t->names[shown])
		shown++;
	json_name(j, "touched");
	json_object_begin(j);
	json_add_number(j, "count", (int64_t)t->count);
	add_texts(j, "names", t->names, shown);
	json_object_end(j);
}

static void
add_things(struct json *j, const struct judged_things *t)
{
	json_name(j, "things");
	json_object_begin(j);
	add_texts(j, "nics", t->nics, t->nic_count);
	add_texts(j, "ports", t->ports, t->port_count);
	add_texts(j, "port_groups", t->groups, t->group_count);
	add_texts(j, "vswitches", t->vswitches, t->vswitch_count);
	add_texts(j, "machines", t->machines, t->machine_count);
	json_object_end(j);
}

/* When something was heard changes all the time, and is no other finding. */
static void
add_claims(struct json *j, const struct judgement *said, bool heard)
{
	json_name(j, "claims");
	json_array_begin(j);
	for (size_t i = 0; i < said->claim_count; i++) {
		const struct judged_claim *c = &said->claims[i];

		json_object_begin(j);
		json_add_string(j, "side", rule_owner_word(c->side));
		json_add_string(j, "text", c->text);
		add_said(j, "source", c->source);
		if (heard && c->last_heard >= 0)
			json_add_number(j, "last_heard", c->last_heard);
		json_add_boolean(j, "current", c->current);
		json_object_end(j);
	}
	json_array_end(j);
}

static void
add_fixes(struct json *j, const struct judgement *said)
{
	json_name(j, "fixes");
	json_array_begin(j);
	for (size_t i = 0; i < said->fix_count; i++) {
		const struct judged_fix *f = &said->fixes[i];

		json_object_begin(j);
		json_add_string(j, "side", rule_owner_word(f->side));
		add_said(j, "where", f->where);
		add_said(j, "platform", f->platform);
		json_add_string(j, "command", f->command);
		json_object_end(j);
	}
	json_array_end(j);
}

static void
add_members(struct json *j, const struct judgement *said, enum ruling ruling,
    bool heard)
{
	json_add_string(j, "verdict", ruling_word(ruling));
	json_add_string(j, "severity", rule_severity_word(said->severity));
	json_add_string(j, "owner", rule_owner_word(said->owner));
	json_add_string(j, "sentence", said->sentence);
	add_said(j, "wanting", said->wanting);
	add_said(j, "closes", said->closes);
	add_said(j, "nic", said->nic);
	add_touched(j, &said->touched);
	add_things(j, &said->things);
	add_claims(j, said, heard);
	add_fixes(j, said);
}

void
finding_judgement_members(struct json *j, const struct judgement *said)
{
	add_members(j, said, said->ruling, true);
}

static void
write_said(struct buffer *out, const struct judgement *said, enum ruling ruling,
    bool heard)
{
	struct json j = json_over(out);

	json_object_begin(&j);
	add_members(&j, said, ruling, heard);
	json_object_end(&j);
}

bool
finding_say(struct finding *f, const struct judgement *said, enum ruling ruling)
{
	struct buffer text;
	uint64_t digest;

	buffer_init(&text, FINDING_TEXT_MOST);
	write_said(&text, said, ruling, false);
	digest = hash(HASH_BEGIN, buffer_string(&text), text.size);
	buffer_clear(&text);
	write_said(&text, said, ruling, true);
	if (buffer_ok(&text)) {
		free(f->text);
		f->text = strdup(buffer_string(&text));
		f->digest = digest;
		f->ruling = ruling;
		f->owner = said->owner;
		f->severity = said->severity;
	}
	if (!buffer_ok(&text) || !f->text) {
		buffer_done(&text);
		return false;
	}
	buffer_done(&text);
	return true;
}

/* ---- what was stored ----------------------------------------------------- */

const char *
finding_sentence(const struct json_value *said)
{
	const char *sentence = json_get_string(said, "sentence");

	return sentence ? sentence : "";
}

bool
finding_read(struct finding *f, const char *text)
{
	struct json_value *said CLEANUP(json_cleanup) = json_parse_own(text);
	const char *verdict = json_get_string(said, "verdict");
	const char *severity = json_get_string(said, "severity");
	const char *owner = json_get_string(said, "owner");

	if (!verdict || !severity || !owner)
		return false;
	f->ruling = strcmp(verdict, ruling_word(RULING_BROKEN)) == 0
			? RULING_BROKEN
			: RULING_UNKNOWN;
	for (int i = OWNED_BY_NETWORK; i <= OWNED_BY_BOTH; i++) {
		if (strcmp(owner, rule_owner_word((enum rule_owner)i)) == 0)
			f->owner = (enum rule_owner)i;
	}
	for (int i = SEVERITY_REMARK; i <= SEVERITY_ERROR; i++) {
		if (strcmp(severity,
			rule_severity_word((enum rule_severity)i)) == 0)
			f->severity = (enum rule_severity)i;
	}
	free(f->text);
	f->text = strdup(text);
	return f->text != NULL;
}

/* ---- who knows of it ----------------------------------------------------- */

bool
finding_is_acknowledged(const struct finding *f, int64_t now)
{
	const struct finding_ack *a = &f->ack;

	if (a->at < 0)
		return false;
	/* One with an end is of whatever opens until then, one without of what
	 * was open when it was given. */
	return a->until >= 0 ? now < a->until : a->at >= f->opened_at;
}

bool
finding_acknowledge(struct finding *f, const struct finding_ack *ack)
{
	char *note = strdup(ack->note);

	if (!note)
		return false;
	free(f->ack.note);
	f->ack = *ack;
	f->ack.note = note;
	return true;
}

/* ---- memory -------------------------------------------------------------- */

void
finding_done(struct finding *f)
{
	free(f->about);
	free(f->text);
	free(f->ack.note);
	f->about = f->text = f->ack.note = NULL;
}

bool
finding_copy(struct finding *out, const struct finding *f)
{
	struct finding copy = *f;

	copy.about = strdup(f->about);
	copy.text = strdup(f->text);
	copy.ack.note = f->ack.note ? strdup(f->ack.note) : NULL;
	if (!copy.about || !copy.text || (f->ack.note && !copy.ack.note)) {
		finding_done(&copy);
		return false;
	}
	*out = copy;
	return true;
}

/* ---- as it is told ------------------------------------------------------- */

static void
add_ack(struct json *j, const struct finding_ack *a)
{
	json_name(j, "acknowledged");
	json_object_begin(j);
	json_add_string(j, "by", a->who);
	json_add_string(j, "note", a->note);
	json_add_number(j, "at", a->at);
	if (a->until >= 0)
		json_add_number(j, "until", a->until);
	json_object_end(j);
}

void
finding_write(struct json *j, const struct finding *f,
    const struct finding_host *host, int64_t now)
{
	char id[FINDING_ID_SIZE];

	finding_id_text(f->id, id);
	json_add_string(j, "id", id);
	json_add_string(j, "rule", f->rule->id);
	json_add_string(j, "group", rule_group_word(f->rule->group));
	json_add_string(j, "hop", rule_hop_word(f->rule->hop));
	json_add_string(j, "host", host->name);
	json_add_string(j, "host_id", host->machine_id);
	json_add_string(j, "about", f->about);
	json_add_number(j, "opened_at", f->opened_at);
	json_add_number(j, "changed_at", f->changed_at);
	json_add_number(j, "judged_at", f->judged_at);
	if (finding_is_acknowledged(f, now))
		add_ack(j, &f->ack);
	/* The members of the text, without its braces. */
	json_raw(j, f->text + 1, strlen(f->text) - 2);
}
