#include "agent/processes.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "agent/cgroup.h"
#include "agent/netns.h"
#include "base/text.h"

enum {
	CAPACITY_AT_FIRST = 8,
	COMMAND_SIZE = 64 * 1024, /* a machine with many disks: 10 KB */
	SMALL_SIZE = 4096,
	PATH_SIZE = 300,
	/* QEMU opens some hundred descriptors. */
	DESCRIPTORS_MOST = 4096
};

static const char netns_directory[] = "/run/netns";

/* ---- lists --------------------------------------------------------------- */

static bool
grow(void **items, size_t *capacity, size_t size)
{
	size_t wanted = *capacity ? *capacity * 2 : CAPACITY_AT_FIRST;
	void *more = realloc(*items, wanted * size);

	if (!more)
		return false;
	*items = more;
	*capacity = wanted;
	return true;
}

static size_t
place_of(const struct processes *p, int32_t number)
{
	size_t low = 0, high = p->namespace_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (p->namespaces[middle].number < number)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static struct namespace *
find_namespace(const struct processes *p, int32_t number)
{
	size_t place = place_of(p, number);

	if (place == p->namespace_count ||
	    p->namespaces[place].number != number)
		return NULL;
	return &p->namespaces[place];
}

void
processes_want(struct processes *p, int32_t number)
{
	size_t place = place_of(p, number);
	void *items = p->namespaces;

	if (find_namespace(p, number) || p->namespace_count >= NAMESPACES_MOST)
		return;
	if (p->namespace_count == p->namespace_capacity) {
		if (!grow(
			&items, &p->namespace_capacity, sizeof(*p->namespaces)))
			return;
		p->namespaces = items;
	}
	memmove(&p->namespaces[place + 1], &p->namespaces[place],
	    (p->namespace_count - place) * sizeof(*p->namespaces));
	p->namespaces[place] = (struct namespace){ .number = number };
	p->namespace_count++;
}

static void
keep_machine(struct processes *p, const struct machine *machine)
{
	void *items = p->machines;

	if (p->machine_count >= MACHINES_MOST)
		return;
	if (p->machine_count == p->machine_capacity) {
		if (!grow(&items, &p->machine_capacity, sizeof(*p->machines)))
			return;
		p->machines = items;
	}
	p->machines[p->machine_count++] = *machine;
}

/* ---- files of one process -------------------------------------------------
 */

/* Gives the size of what was read; 0: nothing. */
static size_t
read_file(int pid, const char *name, char *out, size_t capacity)
{
	char path[PATH_SIZE];
	size_t size = 0;
	ssize_t more;
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/%.250s", pid, name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return 0;
	while (size < capacity &&
	       (more = read(fd, &out[size], capacity - size)) > 0)
		size += (size_t)more;
	close(fd);
	return size;
}

static void
read_macvtap(struct machine *machine, const char *descriptor)
{
	char path[PATH_SIZE], target[PATH_SIZE];
	ssize_t size;
	uint32_t index;

	snprintf(
	    path, sizeof(path), "/proc/%d/fd/%.20s", machine->pid, descriptor);
	size = readlink(path, target, sizeof(target) - 1);
	if (size <= 0 || machine->macvtap_count == MACHINE_NICS_MOST)
		return;
	target[size] = '\0';
	index = machine_read_macvtap(target);
	if (index != 0)
		machine->macvtaps[machine->macvtap_count++] = index;
}

/* Refused, unless we are root or the process is ours. */
static void
read_taps(struct machine *machine)
{
	char path[PATH_SIZE], name[PATH_SIZE], text[SMALL_SIZE];
	unsigned seen = 0;
	struct dirent *entry;
	DIR *directory;

	snprintf(path, sizeof(path), "/proc/%d/fdinfo", machine->pid);
	directory = opendir(path);
	if (!directory)
		return;
	while ((entry = readdir(directory)) != NULL &&
	       seen++ < DESCRIPTORS_MOST &&
	       machine->tap_count < MACHINE_NICS_MOST) {
		size_t size;

		if (!isdigit((unsigned char)entry->d_name[0]))
			continue;
		read_macvtap(machine, entry->d_name);
		snprintf(name, sizeof(name), "fdinfo/%.20s", entry->d_name);
		size = read_file(machine->pid, name, text, sizeof(text));
		if (size > 0 && machine_read_tap(text, size,
				    machine->taps[machine->tap_count]))
			machine->tap_count++;
	}
	closedir(directory);
}

/* Debian: qemu-system-x86; Red Hat: qemu-kvm; Proxmox: kvm. */
static bool
is_machine(int pid)
{
	char name[32];
	size_t size = read_file(pid, "comm", name, sizeof(name) - 1);

	name[size] = '\0';
	return strncmp(name, "qemu", 4) == 0 || strcmp(name, "kvm\n") == 0;
}

/* Names of taps count in one namespace only.  Where we may not look, a machine
 * is taken for one of ours unless the kernel has another number for it. */
static bool
is_elsewhere(struct netns *netns, int pid)
{
	char path[PATH_SIZE];
	struct stat ours, its;

	snprintf(path, sizeof(path), "/proc/%d/ns/net", pid);
	if (stat("/proc/self/ns/net", &ours) == 0 && stat(path, &its) == 0)
		return ours.st_ino != its.st_ino || ours.st_dev != its.st_dev;
	return netns && netns_of_process(netns, pid) != NETNS_NONE;
}

static void
look_for_machine(struct processes *p, struct netns *netns, int pid)
{
	struct machine machine;
	char *command;
	size_t size;

	if (!is_machine(pid) || is_elsewhere(netns, pid))
		return;
	command = malloc(COMMAND_SIZE);
	if (!command)
		return;
	size = read_file(pid, "cmdline", command, COMMAND_SIZE);
	if (size > 0 && machine_read(command, size, &machine) == STATUS_OK) {
		machine.pid = pid;
		read_taps(&machine);
		keep_machine(p, &machine);
	}
	free(command);
}

static void
name_process(int pid, struct workload *out)
{
	char name[32];
	size_t size = read_file(pid, "comm", name, sizeof(name));
	bool cut;

	size = text_clean(out->name, sizeof(out->name) - 1, name, size, &cut);
	out->name[size] = '\0';
}

/* A container is told by the control group of any of its processes; a
 * namespace that is none keeps the name of its file, or has that of the first
 * process. */
static void
look_into_namespace(struct processes *p, struct netns *netns, int pid)
{
	struct namespace *n = find_namespace(p, netns_of_process(netns, pid));
	struct workload container;
	char text[SMALL_SIZE];
	size_t size;

	if (!n || n->who.kind == WORKLOAD_CONTAINER)
		return;
	size = read_file(pid, "cgroup", text, sizeof(text));
	if (cgroup_container(text, size, &container)) {
		n->who = container;
		n->who.source = SOURCE_PROC;
	} else if (!n->known) {
		n->who.kind = WORKLOAD_NAMESPACE;
		snprintf(n->who.id, sizeof(n->who.id), "nsid:%d", n->number);
		name_process(pid, &n->who);
		n->who.source = SOURCE_PROC;
	}
	n->who.state = STATE_RUNNING;
	n->known = true;
}

/* ---- all of them ----------------------------------------------------------
 */

static void
look_at_names(struct processes *p, struct netns *netns)
{
	DIR *directory = opendir(netns_directory);
	struct dirent *entry;

	while (directory && (entry = readdir(directory)) != NULL) {
		struct namespace *n = NULL;
		bool cut;
		size_t size;
		int fd;

		if (entry->d_name[0] == '.')
			continue;
		fd = openat(
		    dirfd(directory), entry->d_name, O_RDONLY | O_CLOEXEC);
		if (fd >= 0) {
			n = find_namespace(p, netns_of_file(netns, fd));
			close(fd);
		}
		if (!n || n->known)
			continue;
		n->known = true;
		n->who.kind = WORKLOAD_NAMESPACE;
		n->who.source = SOURCE_NETNS;
		size = text_clean(n->who.name, sizeof(n->who.name) - 1,
		    entry->d_name, strlen(entry->d_name), &cut);
		n->who.name[size] = '\0';
		snprintf(
		    n->who.id, sizeof(n->who.id), "netns:%.80s", n->who.name);
	}
	if (directory)
		closedir(directory);
}

/* 0: the name is no process's. */
static int
pid_of(const char *name)
{
	char *end;
	long pid = strtol(name, &end, 10);

	return *end == '\0' && pid > 0 && pid <= INT_MAX ? (int)pid : 0;
}

static void
look_at_processes(struct processes *p, struct netns *netns)
{
	DIR *directory = opendir("/proc");
	struct dirent *entry;

	while (directory && (entry = readdir(directory)) != NULL) {
		int pid = pid_of(entry->d_name);

		if (pid <= 0)
			continue;
		look_for_machine(p, netns, pid);
		if (netns && p->namespace_count > 0)
			look_into_namespace(p, netns, pid);
	}
	if (directory)
		closedir(directory);
}

void
processes_look(struct processes *p)
{
	struct netns *netns = netns_new();

	if (netns && p->namespace_count > 0)
		look_at_names(p, netns);
	look_at_processes(p, netns);
	netns_free(netns);
}

void
processes_forget(struct processes *p)
{
	p->machine_count = 0;
	p->namespace_count = 0;
}

void
processes_done(struct processes *p)
{
	free(p->machines);
	free(p->namespaces);
	*p = (struct processes){ .machine_count = 0 };
}

const struct namespace *
processes_namespace(const struct processes *p, int32_t number)
{
	const struct namespace *n = find_namespace(p, number);

	return n && n->known ? n : NULL;
}

const struct machine *
processes_machine_of_tap(const struct processes *p, const struct link *tap,
    const struct machine_nic **out_nic)
{
	for (size_t i = 0; i < p->machine_count; i++) {
		if (machine_has_tap(&p->machines[i], tap, out_nic))
			return &p->machines[i];
	}
	return NULL;
}

const struct machine *
processes_machine_of_device(const struct processes *p, const char *bus)
{
	for (size_t i = 0; i < p->machine_count; i++) {
		if (machine_has_device(&p->machines[i], bus))
			return &p->machines[i];
	}
	return NULL;
}

const struct machine *
processes_machine_of_uuid(const struct processes *p, const char *uuid)
{
	for (size_t i = 0; i < p->machine_count; i++) {
		if (strcasecmp(p->machines[i].uuid, uuid) == 0)
			return &p->machines[i];
	}
	return NULL;
}
