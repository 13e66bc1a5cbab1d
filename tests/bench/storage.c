/*
 * storage - what a fleet takes on the disk: octets for a host, and octets of
 * the write-ahead log for a report that changed, beside those of deleting and
 * inserting the rows of its host.
 *
 *	storage DIRECTORY HOSTS REPORTS TOGETHER
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "collector/history.h"
#include "collector/ingest.h"
#include "tests/bench/fleet/bound.h"
#include "tests/bench/fleet/model.h"

enum { ARGUMENTS = 5, TOGETHER_MOST = 256, DOCUMENT_MOST = 1 << 20 };

static struct model model;
static struct store *store;

static void
check(enum status status, const char *what)
{
	if (status == STATUS_OK)
		return;
	fprintf(stderr, "storage: %s: %s\n", what,
	    store ? store->error : status_text(status));
	exit(1);
}

static void
open_store(const char *path)
{
	char error[STORE_ERROR_SIZE];

	store_close(store);
	store = NULL;
	check(store_open(path, &store, error), error);
}

static double
size_of(const char *path, const char *end)
{
	char name[512];
	struct stat file;

	(void)snprintf(name, sizeof(name), "%s%s", path, end);
	return stat(name, &file) == 0 ? (double)file.st_size : 0;
}

/* As the writer does: these in one transaction, then the model. */
static void
take(const struct fleet_host *hosts, uint32_t count)
{
	static struct incoming reports[TOGETHER_MOST];
	static struct ingest_result results[TOGETHER_MOST];
	struct mistake mistake;
	struct buffer text;

	buffer_init(&text, DOCUMENT_MOST);
	check(store_begin(store), "begin");
	for (uint32_t i = 0; i < count; i++) {
		struct incoming *r = &reports[i];

		buffer_clear(&text);
		fleet_report(&text, &hosts[i], hosts[i].now);
		incoming_init(r);
		check(
		    incoming_read(r, buffer_string(&text), text.size, &mistake),
		    "read");
		check(ingest_within(store,
			  model_find(&model, ingest_host_id(r->machine_id)), r,
			  hosts[i].now, &results[i]),
		    "store");
	}
	check(store_commit(store), "commit");
	for (uint32_t i = 0; i < count; i++) {
		check(model_take(&model, &results[i].change), "show");
		ingest_result_done(&results[i]);
		incoming_done(&reports[i]);
	}
	buffer_done(&text);
}

static void
report_all(uint32_t hosts, const struct bound_changes *changes)
{
	struct fleet_host batch[TOGETHER_MOST];

	for (uint32_t i = 0; i < hosts; i += changes->together) {
		uint32_t count = 0;

		while (count < changes->together && i + count < hosts) {
			batch[count] = (struct fleet_host){
				(uint32_t)((uint64_t)(i + count) * 7919 %
					   hosts),
				0, 1790000000
			};
			count++;
		}
		take(batch, count);
	}
}

static void
change_some(uint32_t hosts, const struct bound_changes *changes)
{
	struct fleet_host batch[TOGETHER_MOST];

	for (uint32_t i = 0; i < changes->reports; i += changes->together) {
		uint32_t count = 0;

		while (
		    count < changes->together && i + count < changes->reports) {
			batch[count] = (struct fleet_host){
				bound_changed_host(hosts, i + count), 1,
				1790000060
			};
			count++;
		}
		take(batch, count);
	}
}

int
main(int argc, char **argv)
{
	struct bound_changes changes;
	char path[256], other[256];
	double host, log, bound;
	uint32_t hosts;

	if (argc != ARGUMENTS) {
		fprintf(stderr,
		    "usage: storage DIRECTORY HOSTS REPORTS TOGETHER\n");
		return 2;
	}
	(void)snprintf(path, sizeof(path), "%s/demarc.sqlite", argv[1]);
	(void)snprintf(other, sizeof(other), "%s/bound.sqlite", argv[1]);
	hosts = (uint32_t)strtoul(argv[2], NULL, 10);
	changes.reports = (uint32_t)strtoul(argv[3], NULL, 10);
	changes.together = (uint32_t)strtoul(argv[4], NULL, 10);
	if (hosts == 0 || changes.reports == 0 || changes.together == 0 ||
	    changes.together > TOGETHER_MOST)
		return 2;
	open_store(path);
	report_all(hosts, &changes);
	open_store(path); /* empties the log */
	host = size_of(path, "") / hosts / 1024;
	change_some(hosts, &changes);
	log = size_of(path, "-wal") / changes.reports / 1024;
	store_close(store);
	model_done(&model);
	bound = bound_replace_octets(other, hosts, &changes) / 1024;
	printf("%u hosts, %u reports, %u in a transaction: %.2f KB a host; log "
	       "%.1f KB a changed report, %.1f by delete and insert\n",
	    hosts, changes.reports, changes.together, host, log, bound);
	printf(
	    "FIGURE\tdisk, a host with 20 machines\t%.2f\t-\tKB\t<= 8\n", host);
	printf("FIGURE\tlog, a changed report\t%.1f\t%.1f\tKB\t<= 0.25\n", log,
	    bound);
	return 0;
}
