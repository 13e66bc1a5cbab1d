/*
 * main.c - demarc-vsphere: options, signals, exit status.
 */
#include <curl/curl.h>
#include <errno.h>
#include <linux/capability.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/log.h"
#include "vsphere/compose.h"
#include "vsphere/options.h"
#include "vsphere/poller.h"
#include "vsphere/session.h"
#include "vsphere/teller.h"

enum {
	EXIT_FAILED = 1,
	EXIT_WRONG = 2,
	/* What is larger than this is given back as soon as it is free. */
	LARGE_SIZE = 64 * 1024
};

struct program {
	const struct options *options;
	struct loop *loop;
	struct loop_watch signals;
	struct http *http;
	struct inventory inventory;
	struct session session;
	struct poller poller;
	struct teller teller;
	bool read; /* all was read at least once */
	int result;
};

/* ---- once
 * ------------------------------------------------------------------------- */

static void
print_reports(struct program *p)
{
	CLEANUP(buffer_done) struct buffer text = { 0 };
	char digest[REPORT_DIGEST_SIZE];
	struct esxi *host;

	buffer_init(&text, REPORT_SIZE_MOST);
	for (host = inventory_hosts(&p->inventory); host;
	     host = inventory_next_host(host)) {
		struct report_head head = teller_head(&p->teller);

		if (!esxi_is_known(host))
			continue;
		buffer_clear(&text);
		compose_report(&p->inventory, host, &head, &text, digest);
		if (buffer_ok(&text))
			puts(buffer_string(&text));
	}
	if (fflush(stdout) != 0 || ferror(stdout))
		p->result = EXIT_FAILED;
}

static bool
was_refused(const struct inventory *inventory)
{
	const struct esxi *host;

	for (host = inventory_hosts(inventory); host;
	     host = inventory_next_host(host)) {
		if (host->told.refused[0] || host->told.barred)
			return true;
	}
	return false;
}

/* Ends --once when all is read, heard and told. */
static void
finish_once(struct program *p)
{
	if (!p->options->once || !p->read || !poller_is_through(&p->poller))
		return;
	if (p->options->collectors.count == 0)
		print_reports(p);
	else if (was_refused(&p->inventory))
		p->result = EXIT_FAILED;
	session_stop(&p->session);
}

static void
teller_idle(void *owner)
{
	finish_once(owner);
}

static void
fail_once(void *owner)
{
	struct program *p = owner;

	if (!p->options->once)
		return;
	p->result = EXIT_FAILED;
	session_stop(&p->session);
}

/* ---- what happens
 * ------------------------------------------------------------------ */

static void
everything_read(void *owner, struct instant now)
{
	struct program *p = owner;

	p->read = true;
	poller_kick(&p->poller, now);
	teller_note_change(&p->teller, now);
	if (p->options->once && p->options->collectors.count == 0)
		finish_once(p);
}

static void
something_changed(void *owner, struct instant now)
{
	struct program *p = owner;

	teller_note_change(&p->teller, now);
	poller_kick(&p->poller, now);
}

static void
host_asked(void *owner, struct instant now)
{
	struct program *p = owner;

	teller_note_change(&p->teller, now);
	if (p->options->once && p->options->collectors.count == 0)
		finish_once(p);
}

static void
session_ended(void *owner)
{
	struct program *p = owner;

	loop_stop(p->loop);
}

static void
take_signal(void *owner, uint32_t events, struct instant now)
{
	struct program *p = owner;
	struct signalfd_siginfo info;

	(void)events;
	(void)now;
	while (
	    read(p->signals.fd, &info, sizeof(info)) == (ssize_t)sizeof(info)) {
		if (p->session.state == SESSION_LOGOUT)
			loop_stop(p->loop);
		else
			session_stop(&p->session);
	}
}

/* ---- beginning
 * ------------------------------------------------------------------------ */

static enum status
watch_signals(struct program *p)
{
	sigset_t set;
	int fd;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGHUP);
	if (sigprocmask(SIG_BLOCK, &set, NULL) < 0)
		return STATUS_SYSTEM;
	signal(SIGPIPE, SIG_IGN);
	fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (fd < 0)
		return STATUS_SYSTEM;
	p->signals =
	    (struct loop_watch){ .fd = -1, .ready = take_signal, .owner = p };
	return loop_watch(p->loop, &p->signals, fd, EPOLLIN);
}

/* It speaks to others over the network and needs no right for that. */
static enum status
give_up_privileges(void)
{
	struct __user_cap_header_struct head = {
		.version = _LINUX_CAPABILITY_VERSION_3
	};
	struct __user_cap_data_struct none[2] = { { 0 } };

	for (int capability = 0; capability <= CAP_LAST_CAP; capability++)
		(void)prctl(PR_CAPBSET_DROP, capability, 0, 0, 0);
	(void)prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
	/* No core that holds a password. */
	(void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 ||
	    syscall(SYS_capset, &head, none) < 0)
		return STATUS_SYSTEM;
	return STATUS_OK;
}

static void
connect_parts(struct program *p)
{
	inventory_init(&p->inventory);
	session_init(&p->session, p->loop, p->http, p->options);
	p->session.inventory = &p->inventory;
	p->session.read = everything_read;
	p->session.changed = something_changed;
	p->session.failed = fail_once;
	p->session.ended = session_ended;
	p->session.owner = p;
	poller_init(&p->poller, &p->session, p->http);
	p->poller.asked = host_asked;
	p->poller.owner = p;
	teller_init(&p->teller, &p->session, p->http);
	if (p->options->once) {
		p->teller.idle = teller_idle;
		p->teller.stuck = fail_once;
	}
	p->teller.owner = p;
}

static void
disconnect_parts(struct program *p)
{
	teller_done(&p->teller);
	poller_done(&p->poller);
	session_done(&p->session);
	http_free(p->http);
	inventory_done(&p->inventory);
	loop_free(p->loop);
}

static int
run(const struct options *options)
{
	struct program program = { .options = options };
	enum status status = give_up_privileges();

	/* Reports and answers come and go: what they took goes back. */
	(void)mallopt(M_MMAP_THRESHOLD, LARGE_SIZE);
	(void)mallopt(M_TRIM_THRESHOLD, LARGE_SIZE);
	curl_global_init(CURL_GLOBAL_DEFAULT);
	if (status == STATUS_OK)
		status = loop_new(&program.loop);
	if (status == STATUS_OK)
		status = watch_signals(&program);
	if (status == STATUS_OK)
		status = http_new(program.loop, &program.http);
	if (status != STATUS_OK) {
		log_error("cannot start: %s", strerror(errno));
		return EXIT_FAILED;
	}
	connect_parts(&program);
	if (!options->once)
		log_info("demarc-vsphere %s runs", DEMARC_VERSION);
	session_start(&program.session);
	if (program.session.state != SESSION_ENDED &&
	    loop_run(program.loop) != STATUS_OK)
		program.result = EXIT_FAILED;
	disconnect_parts(&program);
	curl_global_cleanup();
	return program.result;
}

static void
print_help(void)
{
	puts("demarc-vsphere - reports the ESXi hosts of a vCenter\n"
	     "\n"
	     "  demarc-vsphere             read, follow the changes, report\n"
	     "  demarc-vsphere --once      read once; without a collector, "
	     "print\n"
	     "\n"
	     "Options, also as \"key = value\" in /etc/demarc/vsphere.conf:");
	options_print_help();
	puts("\nManual: demarc-vsphere(8)");
}

int
main(int argc, char **argv)
{
	char error[CONFIG_ERROR_SIZE] = "";
	struct options options;
	enum status status = options_read(&options, &argc, argv, error);
	enum log_level level;
	int result = 0;

	if (status != STATUS_OK) {
		fprintf(stderr, "demarc-vsphere: %s\n",
		    error[0] ? error : status_text(status));
		result = EXIT_WRONG;
	} else if (options.help) {
		print_help();
	} else if (options.version) {
		puts("demarc-vsphere " DEMARC_VERSION);
	} else {
		if (options.log_level &&
		    log_level_from_word(options.log_level, &level))
			log_set_level(level);
		result = run(&options);
	}
	options_done(&options);
	return result;
}
