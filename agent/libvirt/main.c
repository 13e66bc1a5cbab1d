/*
 * main.c - demarc-libvirt: tells demarc-agent which machines libvirt runs, and
 * how their NICs are connected.
 *
 * Started by demarc-agent where libvirt runs; it ends when the connection is
 * lost, and is started again.  It has no rights: libvirt's read-only socket is
 * open to all.
 */
#include <errno.h>
#include <linux/capability.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "agent/libvirt/session.h"
#include "base/config.h"

enum { EXIT_FAILED = 1, EXIT_WRONG = 2 };

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
	puts("demarc-libvirt - tells demarc-agent which machines libvirt runs\n"
	     "\n"
	     "demarc-agent starts it where libvirt is.  It writes a line of "
	     "JSON for each\n"
	     "machine, and for each that changes, and ends when libvirt "
	     "does.\n"
	     "\n"
	     "Options:");
	config_print_help(keys);
	puts("\nManual: demarc-libvirt(8)");
}

/* Libvirt does not answer a call: nothing else can be done any more. */
static void
give_up(int number)
{
	static const char line[] = "{\"lost\":\"libvirt does not answer\"}\n";

	(void)number;
	(void)!write(STDOUT_FILENO, line, sizeof(line) - 1);
	_exit(0);
}

static int
follow(const struct config_list *uris)
{
	static const char *const usual[] = { "qemu:///system",
		"xen:///system" };
	struct session_settings settings = {
		.uris = (const char *const *)uris->items,
		.uri_count = uris->count,
		.out = STDOUT_FILENO
	};

	if (uris->count == 0) {
		settings.uris = usual;
		settings.uri_count = sizeof(usual) / sizeof(usual[0]);
	}
	signal(SIGPIPE, SIG_IGN);
	signal(SIGALRM, give_up);
	if (!drop_rights() || session_run(&settings) != STATUS_OK) {
		fprintf(stderr, "demarc-libvirt: cannot start: %s\n",
		    strerror(errno));
		return EXIT_FAILED;
	}
	return 0;
}

int
main(int argc, char **argv)
{
	struct config_list uris = { .count = 0 };
	bool help = false, version = false;
	const struct config_key keys[] = {
		{ "connect", CONFIG_LIST, &uris, 0, 0,
		    "URI: of libvirt (several: the first that answers; "
		    "default: qemu:///system, xen:///system)" },
		{ "help", CONFIG_FLAG, &help, 0, 0, "show this help" },
		{ "version", CONFIG_FLAG, &version, 0, 0, "show the version" },
		{ NULL, CONFIG_TEXT, NULL, 0, 0, NULL },
	};
	char error[CONFIG_ERROR_SIZE] = "";
	int result = 0;

	if (config_read_arguments(keys, &argc, argv, error) != STATUS_OK ||
	    argc > 1) {
		fprintf(stderr, "demarc-libvirt: %s\n",
		    error[0] ? error : "takes options only; see --help");
		result = EXIT_WRONG;
	} else if (help) {
		print_help(keys);
	} else if (version) {
		puts("demarc-libvirt " DEMARC_VERSION);
	} else {
		result = follow(&uris);
	}
	config_done(keys);
	return result;
}
