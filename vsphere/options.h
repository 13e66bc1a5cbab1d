/*
 * options.h - what demarc-vsphere is told: the command line and its file.
 *
 * Memory:  options_read/options_done.
 * Errors:  STATUS_MALFORMED with the mistake in 'error'.
 * Source:  demarc-vsphere(8).
 */
#ifndef VSPHERE_OPTIONS_H
#define VSPHERE_OPTIONS_H

#include "base/attributes.h"
#include "base/config.h"

struct options {
	char *config;
	char *vcenter; /* a URL with path */
	char *user;
	char *password_file;
	char *ca;
	struct config_list collectors;
	char *collector_ca;
	char *token_file;
	long hint_period_s, heartbeat_s, stale_s;
	long return_after_s; /* to the first collector */
	char *log_level;
	bool once, help, version;
};

MUST_USE enum status options_read(struct options *out, int *argc, char **argv,
    char error[static CONFIG_ERROR_SIZE]);
void options_done(struct options *options);
void options_print_help(void);

#endif
