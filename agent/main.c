/*
 * main.c - demarc-agent: which command, options, signals, exit status.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "agent/agent.h"
#include "agent/doctor.h"
#include "agent/listen.h"
#include "agent/options.h"
#include "agent/read.h"
#include "agent/show.h"
#include "base/log.h"

enum { EXIT_FAILED = 1, EXIT_WRONG = 2 };

/* ---- the daemon -------------------------------------------------------- */

struct signals {
	struct loop *loop;
	struct agent *agent;
	struct loop_watch watch;
};

static void
take_signal(void *owner, uint32_t events, struct instant now)
{
	struct signals *signals = owner;
	struct signalfd_siginfo info;

	(void)events;
	(void)now;
	while (read(signals->watch.fd, &info, sizeof(info)) ==
	       (ssize_t)sizeof(info)) {
		if (info.ssi_signo == SIGCHLD)
			agent_child_ended(signals->agent);
		else
			loop_stop(signals->loop);
	}
}

static enum status
watch_signals(struct signals *signals)
{
	sigset_t set;
	int fd;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGHUP);
	sigaddset(&set, SIGCHLD);
	if (sigprocmask(SIG_BLOCK, &set, NULL) < 0)
		return STATUS_SYSTEM;
	signal(SIGPIPE, SIG_IGN);
	fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (fd < 0)
		return STATUS_SYSTEM;
	signals->watch = (struct loop_watch){
		.fd = -1, .ready = take_signal, .owner = signals
	};
	return loop_watch(signals->loop, &signals->watch, fd, EPOLLIN);
}

static int
run(const struct options *options)
{
	struct signals signals = { 0 };
	enum status status = loop_new(&signals.loop);

	if (status == STATUS_OK)
		status = watch_signals(&signals);
	if (status != STATUS_OK) {
		log_error("cannot start: %s", strerror(errno));
		return EXIT_FAILED;
	}
	status = agent_new(options, signals.loop, &signals.agent);
	if (status != STATUS_OK)
		return EXIT_FAILED;
	log_info("demarc-agent %s runs", DEMARC_VERSION);
	status = loop_run(signals.loop);
	agent_free(signals.agent);
	loop_free(signals.loop);
	return status == STATUS_OK ? 0 : EXIT_FAILED;
}

static int
run_command(const struct options *options, int argc, char **argv)
{
	if (argc == 1)
		return run(options);
	fprintf(stderr,
	    "demarc-agent: \"%s\" is no command; it knows run, listen, read, "
	    "show, vlans, doctor (--help tells more)\n",
	    argv[1]);
	return EXIT_WRONG;
}

/* ---- which command ------------------------------------------------------ */

static const struct command {
	const char *name;
	/* argv[1] is the first argument behind the options. */
	int (*run)(const struct options *options, int argc, char **argv);
} commands[] = {
	{ "run", run_command },
	{ "listen", listen_command },
	{ "show", show_command },
	{ "vlans", vlans_command },
	{ "doctor", doctor_command },
};

static void
print_help(void)
{
	puts(
	    "demarc-agent - tells which switch port each NIC of this host "
	    "hangs on\n"
	    "\n"
	    "  demarc-agent [run]         listen on all NICs and report\n"
	    "  demarc-agent listen NIC    wait for the answer of one NIC\n"
	    "  demarc-agent show [NIC]    ask the running agent\n"
	    "  demarc-agent vlans [NIC]   which VLANs arrive? (--now: listen)\n"
	    "  demarc-agent doctor [NIC]  why does this NIC hear nothing?\n"
	    "  demarc-agent read FILE...  read captures (pcap, pcapng)\n"
	    "\n"
	    "Options, also as \"key = value\" in /etc/demarc/agent.conf:");
	options_print_help();
	puts("\nManual: demarc-agent(8)");
}

static int
start_command(const struct command *command, int argc, char **argv)
{
	char error[CONFIG_ERROR_SIZE] = "";
	struct options options;
	enum status status = options_read(&options, &argc, argv, error);
	enum log_level level;
	int result = 0;

	if (status != STATUS_OK) {
		fprintf(stderr, "demarc-agent: %s\n",
		    error[0] ? error : status_text(status));
		result = EXIT_WRONG;
	} else if (options.help) {
		print_help();
	} else if (options.version) {
		puts("demarc-agent " DEMARC_VERSION);
	} else {
		if (log_level_from_word(options.log_level, &level))
			log_set_level(level);
		result = command->run(&options, argc, argv);
	}
	options_done(&options);
	return result;
}

int
main(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], "read") == 0)
		return read_command(argc - 1, argv + 1);
	for (size_t i = 0;
	     argc > 1 && i < sizeof(commands) / sizeof(commands[0]); i++) {
		if (strcmp(argv[1], commands[i].name) == 0)
			return start_command(&commands[i], argc - 1, argv + 1);
	}
	return start_command(&commands[0], argc, argv);
}
