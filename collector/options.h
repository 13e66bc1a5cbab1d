/*
 * options.h - what demarc-collector is told by its command line and its file.
 *
 * Memory:  options_done frees the texts.
 * Errors:  STATUS_MALFORMED, STATUS_NOT_FOUND with 'error' filled.
 * Units:   seconds.
 */
#ifndef COLLECTOR_OPTIONS_H
#define COLLECTOR_OPTIONS_H

#include <limits.h>

#include "base/attributes.h"
#include "base/config.h"
#include "base/log.h"

struct options {
	struct config_list listen; /* at least one */
	char *database, *tokens;
	char *tls_certificate, *tls_key, *tls_tickets;
	char *web_root, *log_level, *config;
	/* 0: as is usual (http_daemon.h) */
	long connections, connections_per_address, threads;
	long request_timeout_s, idle_timeout_s;
	long keep_days, keep_size_mb; /* 0: as is usual; no bound */
	enum log_level level;
	bool help, version;
};

/* Leaves what is no option in argv[1..*argc-1]. */
MUST_USE enum status options_read(struct options *o, int *argc, char **argv,
    char error[static CONFIG_ERROR_SIZE]);
void options_done(struct options *o);

void options_print_help(void);

/* 'said', or else the file 'name' beside the database. */
const char *options_beside(const struct options *o, const char *said,
    const char *name, char out[static PATH_MAX]);

#endif
