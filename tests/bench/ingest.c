/*
 * ingest - what it takes to store reports that changed, in SQLite and in
 * PostgreSQL, in turns: so many in each transaction, on the disk at its end.
 *
 *	ingest DIRECTORY HOSTS TOGETHER ROUNDS POSTGRESQL
 *
 * Reports are made and read before the clock starts: what is measured is the
 * comparing with the model, the writing and the waiting for the disk.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "collector/ingest.h"
#include "tests/bench/fleet/bound.h"
#include "tests/bench/fleet/model.h"

enum {
	ARGUMENTS = 6,
	TOGETHER_MOST = 256,
	DOCUMENT_MOST = 1 << 20,
	ROUNDS_MOST = 101,
	ROUND_MS = 700
};

/* One engine, and what a collector on it would know. */
struct side {
	const char *name;
	struct store *store;
	struct model model;
	uint32_t changed; /* reports, by now */
	double us[ROUNDS_MOST], cpu_us[ROUNDS_MOST];
};

static const int64_t begun_at = 1790000000;
static struct incoming reports[TOGETHER_MOST];
static struct ingest_result results[TOGETHER_MOST];

static void
check(const struct side *s, enum status status, const char *what)
{
	if (status == STATUS_OK)
		return;
	fprintf(stderr, "ingest: %s: %s: %s\n", s->name, what,
	    s->store ? s->store->error : status_text(status));
	exit(1);
}

static double
cpu_us(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static void
read_reports(struct side *s, const struct fleet_host *hosts, uint32_t count)
{
	struct mistake mistake;
	struct buffer text;

	buffer_init(&text, DOCUMENT_MOST);
	for (uint32_t i = 0; i < count; i++) {
		buffer_clear(&text);
		fleet_report(&text, &hosts[i], hosts[i].now);
		incoming_init(&reports[i]);
		check(s,
		    incoming_read(
			&reports[i], buffer_string(&text), text.size, &mistake),
		    "read");
	}
	buffer_done(&text);
}

static void
pass_by(void *context, const struct store_host *h)
{
	(void)context;
	(void)h;
}

/* As where several collectors write: the hosts are held, the others told. */
static void
hold(struct side *s, uint32_t count)
{
	int64_t ids[TOGETHER_MOST];

	if (!store_is_shared(s->store))
		return;
	for (uint32_t i = 0; i < count; i++)
		ids[i] = ingest_host_id(reports[i].machine_id);
	check(s,
	    store_host_hold(s->store, value_numbers(ids, count), pass_by, NULL),
	    "hold");
	check(s, store_notify(s->store, "what has changed"), "notify");
}

static void
store_reports(struct side *s, uint32_t count)
{
	check(s, store_begin(s->store), "begin");
	hold(s, count);
	for (uint32_t i = 0; i < count; i++) {
		int64_t id = ingest_host_id(reports[i].machine_id);

		check(s,
		    ingest_within(s->store, model_find(&s->model, id),
			&reports[i], reports[i].sent_at, &results[i]),
		    "store");
	}
	check(s, store_commit(s->store), "commit");
}

static void
show(struct side *s, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		check(s, model_take(&s->model, &results[i].change), "show");
		ingest_result_done(&results[i]);
		incoming_done(&reports[i]);
	}
}

static void
report_all(struct side *s, uint32_t hosts)
{
	struct fleet_host batch[TOGETHER_MOST];

	for (uint32_t i = 0; i < hosts; i += TOGETHER_MOST) {
		uint32_t count = 0;

		for (; count < TOGETHER_MOST && i + count < hosts; count++)
			batch[count] =
			    (struct fleet_host){ i + count, 0, begun_at };
		read_reports(s, batch, count);
		store_reports(s, count);
		show(s, count);
	}
}

/* Changed reports for ROUND_MS of storing. */
static void
change_some(struct side *s, uint32_t hosts, uint32_t together, unsigned round)
{
	struct fleet_host batch[TOGETHER_MOST];
	double spent_us = 0, spent_cpu_us = 0;
	uint32_t done = 0;

	while (spent_us < ROUND_MS * 1e3) {
		double began_us, began_cpu_us;

		for (uint32_t i = 0; i < together; i++, s->changed++) {
			uint32_t turn = s->changed / hosts + 1;

			batch[i] = (struct fleet_host){
				bound_changed_host(hosts, s->changed % hosts),
				turn, begun_at + 60 * (int64_t)turn
			};
		}
		read_reports(s, batch, together);
		began_us = (double)clock_us();
		began_cpu_us = cpu_us();
		store_reports(s, together);
		spent_us += (double)clock_us() - began_us;
		spent_cpu_us += cpu_us() - began_cpu_us;
		done += together;
		show(s, together);
	}
	s->us[round] = spent_us / done;
	s->cpu_us[round] = spent_cpu_us / done;
}

static int
compare(const void *a, const void *b)
{
	double one = *(const double *)a, other = *(const double *)b;

	return one < other ? -1 : one > other;
}

static double
median(double *values, unsigned count)
{
	qsort(values, count, sizeof(*values), compare);
	return values[count / 2];
}

static void
open_side(struct side *s, const char *database, uint32_t hosts)
{
	char error[STORE_ERROR_SIZE];

	check(s, store_open(database, &s->store, error), error);
	report_all(s, hosts);
}

int
main(int argc, char **argv)
{
	static struct side sides[2] = { { .name = "PostgreSQL" },
		{ .name = "SQLite" } };
	uint32_t hosts, together, rounds;
	double rates[2];
	char path[256];

	if (argc != ARGUMENTS) {
		fprintf(stderr, "usage: ingest DIRECTORY HOSTS TOGETHER ROUNDS "
				"POSTGRESQL\n");
		return 2;
	}
	hosts = (uint32_t)strtoul(argv[2], NULL, 10);
	together = (uint32_t)strtoul(argv[3], NULL, 10);
	rounds = (uint32_t)strtoul(argv[4], NULL, 10);
	if (together == 0 || together > TOGETHER_MOST || hosts < together ||
	    rounds == 0 || rounds > ROUNDS_MOST)
		return 2;
	(void)snprintf(path, sizeof(path), "%s/demarc.sqlite", argv[1]);
	open_side(&sides[0], argv[5], hosts);
	open_side(&sides[1], path, hosts);
	for (unsigned round = 0; round < rounds; round++) {
		for (int i = 0; i < 2; i++)
			change_some(&sides[i], hosts, together, round);
	}
	for (int i = 0; i < 2; i++) {
		double us = median(sides[i].us, rounds);

		rates[i] = 1e6 / us;
		printf("%-10s %6.0f/s changed reports, %u in a transaction: "
		       "%.0f us each, %.0f us cpu of the collector\n",
		    sides[i].name, rates[i], together, us,
		    median(sides[i].cpu_us, rounds));
		store_close(sides[i].store);
		model_done(&sides[i].model);
	}
	printf("FIGURE\tPostgreSQL ingest over SQLite's, %u together"
	       "\t%.0f\t%.0f\t/s\t>= 1\n",
	    together, rates[0], rates[1]);
	return 0;
}
