#include "tests/bench/fleet/collector.h"

#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "tests/bench/fleet/talk.h"

enum { TEXT_SIZE = 512, START_MOST_S = 120, LOOK_EVERY_NS = 2000000 };

extern char **environ;

static void
fail(const char *what)
{
	perror(what);
	exit(1);
}

void
collector_choose_port(struct collector *c)
{
	socklen_t size = sizeof(c->address);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	c->address = (struct sockaddr_in){ .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	if (fd < 0 || bind(fd, (const void *)&c->address, size) != 0 ||
	    getsockname(fd, (void *)&c->address, &size) != 0)
		fail("fleet: a port");
	(void)close(fd);
}

/* For who ends the bench before its end. */
static void
write_pid(const struct collector *c)
{
	char path[TEXT_SIZE];
	FILE *f;

	(void)snprintf(path, sizeof(path), "%s/pid", c->directory);
	f = fopen(path, "w");
	if (!f)
		fail(path);
	fprintf(f, "%d\n", (int)c->pid);
	(void)fclose(f);
}

static void
spawn(struct collector *c)
{
	char listen[TEXT_SIZE], database[TEXT_SIZE];
	char program[TEXT_SIZE], level[] = "--log_level=warning";
	char most[] = "--connections=20000";
	char most_of_one[] = "--connections_per_address=20000";
	char *arguments[] = { program, listen, database, level, most,
		most_of_one, NULL };

	(void)snprintf(program, sizeof(program), "%s", c->program);
	(void)snprintf(listen, sizeof(listen), "--listen=127.0.0.1:%u",
	    ntohs(c->address.sin_port));
	(void)snprintf(database, sizeof(database), "--database=%s%s",
	    c->database ? c->database : c->directory,
	    c->database ? "" : "/demarc.sqlite");
	if (posix_spawn(&c->pid, c->program, NULL, NULL, arguments, environ) !=
	    0)
		fail(c->program);
	write_pid(c);
}

double
collector_start(struct collector *c, const char *question)
{
	struct timespec pause = { .tv_nsec = LOOK_EVERY_NS };
	double begun = talk_now_s();
	struct talk talk;

	spawn(c);
	talk_init(&talk, &c->address);
	while (talk_get(&talk, question) != 200) {
		if (talk_now_s() - begun > START_MOST_S ||
		    waitpid(c->pid, NULL, WNOHANG) == c->pid) {
			fprintf(stderr, "fleet: the collector is gone\n");
			exit(1);
		}
		(void)nanosleep(&pause, NULL);
	}
	talk_done(&talk);
	return talk_now_s() - begun;
}

static void
end(struct collector *c, int signal)
{
	if (c->pid == 0)
		return;
	(void)kill(c->pid, signal);
	(void)waitpid(c->pid, NULL, 0);
	c->pid = 0;
}

void
collector_kill(struct collector *c)
{
	end(c, SIGKILL);
}

void
collector_stop(struct collector *c)
{
	end(c, SIGTERM);
}

double
collector_cpu_us(const struct collector *c)
{
	clockid_t clock;
	struct timespec t;

	if (clock_getcpuclockid(c->pid, &clock) != 0 ||
	    clock_gettime(clock, &t) != 0)
		fail("fleet: the collector");
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

/* The number behind a name in a file of /proc. */
static double
told(const struct collector *c, const char *file, const char *name)
{
	char path[TEXT_SIZE], line[TEXT_SIZE];
	double number = -1;
	FILE *f;

	(void)snprintf(path, sizeof(path), "/proc/%d/%s", (int)c->pid, file);
	f = fopen(path, "r");
	while (f && fgets(line, sizeof(line), f)) {
		if (strncmp(line, name, strlen(name)) == 0)
			number = strtod(line + strlen(name), NULL);
	}
	if (f)
		(void)fclose(f);
	return number;
}

double
collector_written(const struct collector *c)
{
	return told(c, "io", "write_bytes: ");
}

double
collector_resident(const struct collector *c)
{
	return told(c, "status", "VmRSS:") * 1024;
}

double
collector_database_size(const struct collector *c)
{
	char path[TEXT_SIZE];
	struct stat s;

	(void)snprintf(path, sizeof(path), "%s/demarc.sqlite", c->directory);
	return stat(path, &s) == 0 ? (double)s.st_size : -1;
}
