#include "agent/doctor.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "agent/control.h"
#include "agent/nics.h"
#include "agent/survey.h"
#include "base/clock.h"

enum { COUNTS_SIZE_MOST = 1 << 20 };

static const char LLDPD_SOCKET[] = "/run/lldpd.socket";

/* Reads "NAME heard dropped malformed last_at ended_at listening" of the line
 * for 'nic'. */
static void
find_counts(const char *counts, const char *nic, struct nic_heard *out)
{
	size_t length = strlen(nic);

	while (*counts) {
		char *next;

		if (strncmp(counts, nic, length) == 0 &&
		    counts[length] == ' ') {
			out->known = true;
			out->heard = strtoumax(counts + length, &next, 10);
			out->dropped = strtoumax(next, &next, 10);
			out->malformed = strtoumax(next, &next, 10);
			out->last_at = strtoimax(next, &next, 10);
			out->ended_at = strtoimax(next, &next, 10);
			out->asked_at = clock_unix_s();
			out->listening = strncmp(next, " yes", 4) == 0;
			return;
		}
		counts += strcspn(counts, "\n");
		counts += *counts == '\n';
	}
}

static void
print_finding(const struct finding *f)
{
	static const char marks[] = { [VERDICT_OK] = ' ',
		[VERDICT_UNKNOWN] = '?',
		[VERDICT_PROBLEM] = '!' };

	printf("%c %-9s %s\n", marks[f->verdict], f->topic, f->text);
	if (f->fix[0] != '\0')
		printf("  %-9s fix: %s\n", "", f->fix);
}

static enum verdict
examine(
    const struct survey *survey, const struct link *link, const char *counts)
{
	struct nic_evidence evidence;
	struct findings findings;

	survey_examine(survey, link, &evidence);
	if (counts) {
		find_counts(counts, link->name, &evidence.heard);
		/* The agent answers but does not know this one. */
		evidence.heard.known = true;
	}
	judge_nic(&evidence, &findings);
	printf("%s: %s\n", link->name, verdict_name(judge_worst(&findings)));
	for (unsigned i = 0; i < findings.count; i++)
		print_finding(&findings.items[i]);
	return judge_worst(&findings);
}

static enum verdict
examine_all(const struct options *options, const struct survey *survey,
    const char *counts)
{
	enum verdict worst = VERDICT_OK;
	unsigned count = 0;

	for (size_t i = 0; i < survey->links.count; i++) {
		const struct link *link = &survey->links.items[i];
		enum verdict verdict;

		if (nic_role_of(options, link) == NIC_NONE)
			continue;
		verdict = examine(survey, link, counts);
		worst = verdict > worst ? verdict : worst;
		count++;
	}
	if (count == 0) {
		puts("This host has no physical NIC; doctor NIC looks at a "
		     "virtual one.");
		worst = VERDICT_PROBLEM;
	}
	return worst;
}

static void
tell_of_others(const char *counts)
{
	if (!counts)
		puts("\nNo agent answers: frames were not counted.");
	if (access(LLDPD_SOCKET, F_OK) == 0)
		puts("\nlldpd runs here too; both hear every frame, that is "
		     "fine.");
}

/* What the running agent has counted; NULL: none answers. */
static const char *
ask_counts(const struct options *options, struct buffer *answer)
{
	bool ok;

	if (control_ask(options->control_socket, "counts", answer, &ok) !=
		STATUS_OK ||
	    !ok)
		return NULL;
	return buffer_string(answer);
}

static int
examine_named(const struct survey *survey, const char *name, const char *counts)
{
	CLEANUP(buffer_done) struct buffer why = { .limit = COUNTS_SIZE_MOST };
	const struct link *link = survey_find(survey, name, &why);

	if (!link) {
		fprintf(stderr, "demarc-agent: %s", buffer_string(&why));
		return DOCTOR_WRONG;
	}
	if (examine(survey, link, counts) == VERDICT_PROBLEM)
		return DOCTOR_PROBLEM;
	return DOCTOR_OK;
}

int
doctor_command(const struct options *options, int argc, char **argv)
{
	CLEANUP(buffer_done)
	struct buffer answer = { .limit = COUNTS_SIZE_MOST };
	const char *counts = ask_counts(options, &answer);
	struct survey survey;
	int result;

	if (argc > 2) {
		fprintf(stderr, "demarc-agent: doctor takes one NIC, or none "
				"for all of them\n");
		return DOCTOR_WRONG;
	}
	if (survey_init(&survey) != STATUS_OK) {
		fprintf(stderr,
		    "demarc-agent: the kernel does not tell its "
		    "links: %s\n",
		    strerror(errno));
		survey_done(&survey);
		return DOCTOR_WRONG;
	}
	if (argc == 2)
		result = examine_named(&survey, argv[1], counts);
	else
		result =
		    examine_all(options, &survey, counts) == VERDICT_PROBLEM
			? DOCTOR_PROBLEM
			: DOCTOR_OK;
	if (result != DOCTOR_WRONG)
		tell_of_others(counts);
	survey_done(&survey);
	return result;
}
