/*
 * deliver_main.c - demarc-deliver: takes the reports of this host to the
 * collector, and ends, or stays for more.
 *
 * Started by demarc-agent whenever the spool holds something.  It has no
 * rights: it drops what it was given before it looks at the network.
 *
 * Who stays keeps its connection.  Its standard input is then a socket: it says
 * there how a delivery ended ("0", "75 why"), and is told there that something
 * waits again.
 */
#include <curl/curl.h>
#include <errno.h>
#include <linux/capability.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "agent/deliver.h"
#include "base/config.h"

enum { EXIT_WRONG = 2 };

struct arguments {
	char *spool;
	char *ca, *token_file;
	struct config_list collectors;
	long connect_s, total_s, return_s, stay_s;
	bool help, version;
};

static bool
drop_rights(void)
{
	struct __user_cap_header_struct head = {
		.version = _LINUX_CAPABILITY_VERSION_3
	};
	struct __user_cap_data_struct none[2] = { { 0 } };

	return syscall(SYS_capset, &head, none) == 0 &&
	       prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
}

static void
print_help(const struct config_key *keys)
{
	puts("demarc-deliver - takes the reports of demarc-agent to the "
	     "collector\n"
	     "\n"
	     "demarc-agent starts it; it ends with status 0 when all is "
	     "delivered, 75 when\n"
	     "it should be tried later, 3 when the collector wants the whole "
	     "report, 1 when\n"
	     "it cannot start, 2 when an option is wrong.\n"
	     "\n"
	     "Options:");
	config_print_help(keys);
	puts("\nManual: demarc-deliver(8)");
}

static bool
tell(enum deliver_result result, const char *why)
{
	char said[DELIVER_WHY_SIZE + 16];
	int length = snprintf(said, sizeof(said), "%d %s", (int)result, why);

	return send(STDIN_FILENO, said, (size_t)length, MSG_NOSIGNAL) == length;
}

/* False: nothing comes, or nobody is there any more. */
static bool
wait_for_more(long most_s)
{
	struct pollfd more = { .fd = STDIN_FILENO, .events = POLLIN };
	char octets[16];

	return poll(&more, 1, (int)most_s * 1000) == 1 &&
	       recv(STDIN_FILENO, octets, sizeof(octets), 0) > 0;
}

static enum deliver_result
deliver_and_stay(const struct arguments *a, struct deliver *d)
{
	char why[DELIVER_WHY_SIZE];
	enum deliver_result result;

	do {
		result = deliver_all(d, why);
		if (a->stay_s == 0 || !tell(result, why)) {
			if (why[0] != '\0')
				fprintf(stderr, "demarc-deliver: %s\n", why);
			return result;
		}
	} while (wait_for_more(a->stay_s));
	return DELIVER_DONE;
}

static int
deliver(const struct arguments *a)
{
	struct deliver_settings settings = { .collectors = a->collectors,
		.ca = a->ca,
		.token_file = a->token_file,
		.connect_ms = a->connect_s * 1000,
		.total_ms = a->total_s * 1000,
		.return_ms = a->return_s * 1000 };
	struct spool spool;
	enum deliver_result result;
	struct deliver *d;

	if (!a->spool || a->collectors.count == 0) {
		fprintf(stderr, "demarc-deliver: needs --spool DIRECTORY and "
				"at least one --collector URL\n");
		return DELIVER_MISCONFIGURED;
	}
	if (spool_open(&spool, a->spool) != STATUS_OK) {
		fprintf(stderr, "demarc-deliver: cannot open spool %s: %s\n",
		    a->spool, strerror(errno));
		return DELIVER_MISCONFIGURED;
	}
	d = drop_rights() && curl_global_init(CURL_GLOBAL_DEFAULT) == 0
		? deliver_new(&settings, &spool)
		: NULL;
	if (!d) {
		fprintf(stderr, "demarc-deliver: cannot start: %s\n",
		    strerror(errno));
		spool_close(&spool);
		return DELIVER_MISCONFIGURED;
	}
	result = deliver_and_stay(a, d);
	deliver_free(d);
	spool_close(&spool);
	curl_global_cleanup();
	return (int)result;
}

int
main(int argc, char **argv)
{
	struct arguments a = { .connect_s = 5, .total_s = 30, .return_s = 300 };
	const struct config_key keys[] = {
		{ "spool", CONFIG_TEXT, &a.spool, 0, 0,
		    "DIRECTORY: take the documents that wait there" },
		{ "collector", CONFIG_LIST, &a.collectors, 0, 0,
		    "URL or unix:PATH: deliver there (several: the first "
		    "that answers)" },
		{ "ca", CONFIG_TEXT, &a.ca, 0, 0,
		    "FILE: certificates of authorities to trust for https" },
		{ "token_file", CONFIG_TEXT, &a.token_file, 0, 0,
		    "FILE: its first line is this host's token" },
		{ "connect_timeout", CONFIG_NUMBER, &a.connect_s, 1, 3600,
		    "SECONDS: to reach a collector (default: 5)" },
		{ "timeout", CONFIG_NUMBER, &a.total_s, 1, 3600,
		    "SECONDS: for one document (default: 30)" },
		{ "return_after", CONFIG_NUMBER, &a.return_s, 1, 86400,
		    "SECONDS: then the first collector is tried again, after "
		    "it did not answer (default: 300)" },
		{ "stay", CONFIG_NUMBER, &a.stay_s, 0, 3600,
		    "SECONDS: wait so long for more, with the connection "
		    "open; standard input is a socket of demarc-agent "
		    "(default: 0)" },
		{ "help", CONFIG_FLAG, &a.help, 0, 0, "show this help" },
		{ "version", CONFIG_FLAG, &a.version, 0, 0,
		    "show the version" },
		{ NULL, CONFIG_TEXT, NULL, 0, 0, NULL },
	};
	char error[CONFIG_ERROR_SIZE] = "";
	int result = 0;

	if (config_read_arguments(keys, &argc, argv, error) != STATUS_OK ||
	    argc > 1) {
		fprintf(stderr, "demarc-deliver: %s\n",
		    error[0] ? error : "takes options only; see --help");
		result = EXIT_WRONG;
	} else if (a.help) {
		print_help(keys);
	} else if (a.version) {
		puts("demarc-deliver " DEMARC_VERSION);
	} else {
		result = deliver(&a);
	}
	config_done(keys);
	return result;
}
