/*
 * finding.h - one thing that does not fit, from when it is told until it is
 * mended.
 *
 *	judgement -> [finding] -> findings, store, answers, drawings
 *
 * A judgement is of one moment; a finding keeps its id, whatever its sentence
 * comes to say: rule, host and what it is about make it.  What the rule said is
 * kept as JSON, the members of schemas/Finding that come from it.
 *
 * Memory:  finding_done frees what a finding has.
 * Errors:  false, NULL: the heap is exhausted.
 * Units:   unix seconds; -1: never, or not said.
 * Source:  schema/api.yaml.
 */
#ifndef COLLECTOR_FINDING_H
#define COLLECTOR_FINDING_H

#include "base/attributes.h"
#include "base/json.h"
#include "base/json_read.h"
#include "collector/rules/rule.h"

enum {
	FINDING_ID_SIZE = 17,
	FINDING_WHO_SIZE = 65, /* the name of a token */
	FINDING_NOTE_SIZE = 1001,
	/* Of what a rule said: more than anybody reads. */
	FINDING_TEXT_MOST = 64 * 1024
};

/* Somebody knows of it. */
struct finding_ack {
	char who[FINDING_WHO_SIZE];
	char *note;
	int64_t at;    /* -1: nobody does */
	int64_t until; /* then it is told again; -1: as long as it is open */
};

struct finding {
	int64_t host_id;
	int64_t id; /* of all hosts */
	const struct rule *rule;
	char *about;
	enum ruling ruling; /* as it is told: broken or unknown */
	enum rule_owner owner;
	enum rule_severity severity;
	bool open;   /* told; false: too short by now */
	bool judged; /* in the judging that runs */
	int64_t opened_at, changed_at;
	int64_t judged_at;
	/* Since when without a break: it matters, is broken, is mended. */
	int64_t seen_at, broken_at, mended_at;
	uint64_t digest; /* of what is told, without when it was heard */
	char *text;      /* {"verdict":"broken",...} */
	struct finding_ack ack;
};

void finding_done(struct finding *f);

/* A copy with everything that it points to. */
MUST_USE bool finding_copy(struct finding *out, const struct finding *f);

/* Its id, as it is shown. */
int64_t finding_id_of(const char *rule, int64_t host_id, const char *about);
void finding_id_text(int64_t id, char out[static FINDING_ID_SIZE]);
/* False: it is none. */
bool finding_id_read(const char *text, int64_t *out);

/* Is it one that is to be told: broken, or unknown and somebody could make it
 * known? */
bool finding_matters(const struct judgement *j);

/* What the judgement tells of it: ruling, owner, severity, digest, text; the
 * rest stays. */
MUST_USE bool finding_say(
    struct finding *f, const struct judgement *j, enum ruling ruling);
/* The same of what was stored; false also when it cannot be read. */
MUST_USE bool finding_read(struct finding *f, const char *text);

/* What a judgement says, as the members of a finding that come from it, into
 * the open object. */
void finding_judgement_members(struct json *j, const struct judgement *said);

/* Does somebody know of it at 'now'? */
bool finding_is_acknowledged(const struct finding *f, int64_t now);
MUST_USE bool finding_acknowledge(
    struct finding *f, const struct finding_ack *ack);

/* Its members into the open object; the host's name and machine id beside. */
struct finding_host {
	const char *name, *machine_id;
};
void finding_write(struct json *j, const struct finding *f,
    const struct finding_host *host, int64_t now);

/* The sentence of a text; "" when there is none. */
const char *finding_sentence(const struct json_value *said);

#endif
