/*
 * options.h - what the agent was told by its file and its command line.
 *
 *	agent.conf, argv -> [options] -> main, agent
 *
 * Memory:  options_init/options_done.
 * Errors:  STATUS_MALFORMED with 'error' filled: name, what was wrong, what
 *          would be right.
 * Source:  demarc-agent(8).
 */
#ifndef AGENT_OPTIONS_H
#define AGENT_OPTIONS_H

#include <stdbool.h>

#include "base/attributes.h"
#include "base/config.h"
#include "base/status.h"

struct options {
	char *config;
	struct config_list collectors;
	struct config_list nics; /* shell patterns */
	struct config_list ignored_nics;
	char *state_directory;
	char *control_socket;
	char *deliver;
	char *ovsdb;   /* "none": do not ask */
	char *libvirt; /* "auto", "none", a URI, a socket's path */
	char *ca;
	char *token_file;
	char *host_name;
	char *host_id;
	char *user;
	char *log_level;
	long heartbeat_s;
	long return_after_s; /* to the first collector */
	long vlan_window_s;  /* 0: VLANs are never listened for */
	long vlan_period_s;  /* 0: only when asked */
	/* The command line only. */
	bool help, version, json, now;
	long timeout_s;
};

/* Reads the command line, then the file; what the command line says wins.
 * The arguments that are no options are left in argv[1..*argc-1]. */
MUST_USE enum status options_read(struct options *out, int *argc, char **argv,
    char error[static CONFIG_ERROR_SIZE]);
void options_done(struct options *options);

void options_print_help(void);

/* Does the list of patterns name this NIC? */
bool options_match(const struct config_list *patterns, const char *nic);

#endif
