/*
 * topology.c - how long joining, judging, finding and a path take in a fleet.
 *
 * Hosts with 20 machines and 4 NICs that hear LLDP and CDP: of 10,000 hosts
 * 80,000 claims of 500 switches.  Prints processor time, which other programs
 * disturb little; the second fleet also against the first, as figures with
 * goals (table.py).
 */
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "collector/answers.h"
#include "collector/find.h"
#include "collector/verdict.h"

enum {
	NICS = 4,
	VMS = 20,
	CLAIMS = VMS + 2,
	HOSTS_PER_LEAF = 80,
	QUESTIONS = 400,
	FEW_HOSTS = 10000,
	NOW = 1000,
	ANSWER_MOST = 1 << 24
};

static const char *
text(struct arena *a, const char *format, unsigned i, unsigned k)
{
	char out[512];

	(void)snprintf(out, sizeof(out), format, i, k);
	return arena_text(a, out);
}

static const char *
machine(struct arena *a, unsigned i, unsigned k)
{
	char out[512];

	(void)snprintf(out, sizeof(out),
	    "{\"id\":\"%08x-%02x\",\"kind\":\"vm\",\"name\":"
	    "\"prod-%06u-%02u\",\"uuid\":\"%08x-51c7-4e0a-9b%02x-%012x\","
	    "\"state\":\"running\",\"source\":\"libvirt\",\"vnics\":[{"
	    "\"name\":\"vnet%u\",\"mac\":\"52:54:%02x:%02x:%02x:%02x\","
	    "\"type\":\"tap\",\"vswitch\":\"br0\",\"port_group\":"
	    "\"tag 140\"}]}",
	    i, k, i, k, i * 2654435761U, k, i * 40503U, k, i >> 16,
	    i >> 8 & 255, i & 255, k);
	return arena_text(a, out);
}

static struct model_neighbor
neighbor(struct arena *a, bool lldp, unsigned leaf, unsigned port)
{
	const char *nothing = "";
	struct model_neighbor n = {
		.facts = "{}",
		.heard = { 900, 990, 1100, 5, -1, -1 },
		.protocol = lldp ? "lldp" : "cdp",
		.lldp = lldp,
		.switch_class = true,
		.ended_at = -1,
		.ended_reason = nothing,
		.ttl_s = 120,
		.source_mac = text(a, "b8:ce:f6:%02x:00:%02x", leaf, port),
		.chassis_type = lldp ? "mac" : "device_id",
		.chassis_id = lldp ? text(a, "b8:ce:f7:%02x:%02x:00",
					 leaf & 255, leaf >> 8)
				   : text(a, "leaf%u(FDO21%05uAB)", leaf, leaf),
		.port_type = "interface_name",
		.port_id = text(a, "Ethernet1/%u", port, 0),
		.port_description = nothing,
		.system_name =
		    lldp ? text(a, "leaf%u.dc1.example.net", leaf, 0) : nothing,
		.platform = "N9K-C93180YC-EX",
		.software = nothing,
		.description = nothing,
		.serial = nothing,
		.native_vlan = -1,
		.pvid = -1,
		.mtu = -1,
		.max_frame = -1,
	};

	n.addresses.items = arena_array(a, 1, sizeof(*n.addresses.items));
	n.addresses.items[0] = text(a, "10.%u.%u.1", leaf >> 8, leaf & 255);
	n.addresses.count = 1;
	return n;
}

static void
add_claim(struct model_host *h, enum claim_kind kind, const char *facts)
{
	h->claims[h->claim_count] = (struct model_claim){
		.n = (int64_t)h->claim_count + 1,
		.kind = kind,
		.key = "",
		.facts = facts,
	};
	h->claim_count++;
}

/* 20 machines on a port group of a bridge with a bond. */
static void
add_inside(struct arena *a, struct model_host *h, unsigned i)
{
	h->claims = arena_array(a, CLAIMS, sizeof(*h->claims));
	h->inner = inside_new();
	add_claim(h, CLAIM_VSWITCH,
	    "{\"name\":\"br0\",\"kind\":\"openvswitch\",\"uplinks\":[{"
	    "\"name\":\"bond0\",\"kind\":\"bond\",\"mode\":\"lacp\","
	    "\"members\":[{\"nic\":\"ens1f0\",\"state\":\"active\"},"
	    "{\"nic\":\"ens1f1\",\"state\":\"active\"}]}]}");
	add_claim(h, CLAIM_PORT_GROUP,
	    "{\"vswitch\":\"br0\",\"name\":\"tag 140\",\"vlan\":140}");
	for (unsigned k = 0; k < VMS; k++)
		add_claim(h, CLAIM_WORKLOAD, machine(a, i, k));
}

static struct model_host *
host(struct arena *a, unsigned i)
{
	struct model_host *h = arena_take(a, sizeof(*h));

	h->host_id = i + 1;
	h->seen_at = NOW;
	h->name = text(a, "hv%u", i, 0);
	h->os = h->model = h->serial = "";
	h->facts = "{}";
	h->platform = h->chassis = h->slot = h->connection = h->via = "";
	add_inside(a, h, i);
	h->nics = arena_array(a, NICS, sizeof(*h->nics));
	h->nic_count = NICS;
	for (unsigned k = 0; k < NICS; k++) {
		struct model_nic *nic = &h->nics[k];
		unsigned leaf = i / HOSTS_PER_LEAF * NICS + k;
		unsigned port = i % HOSTS_PER_LEAF + 1;

		nic->facts = "{}";
		nic->name = text(a, "ens1f%u", k, 0);
		nic->mac = text(a, "02:00:%02x:%02x:00:01", i & 255, i >> 8);
		nic->permanent_mac = nic->mac;
		nic->master = "bond0";
		nic->up = nic->carrier = nic->listening = SAID_YES;
		nic->carrier_changed_at = -1;
		nic->neighbors = arena_array(a, 2, sizeof(*nic->neighbors));
		nic->neighbors[0] = neighbor(a, true, leaf, port);
		nic->neighbors[1] = neighbor(a, false, leaf, port);
		nic->neighbor_count = 2;
	}
	return h;
}

static double
processor_us(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static int
compare_times(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

static double
median(double *times, size_t count)
{
	qsort(times, count, sizeof(*times), compare_times);
	return times[count / 2];
}

/* ---- one fleet --------------------------------------------------------- */

struct fleet {
	unsigned count;
	struct arena arena;
	struct model model;
	struct topology topology;
	struct search search;
};

static void
note_device(void *context, uint32_t device)
{
	struct fleet *f = context;

	search_take_device(&f->search, &f->topology, device);
}

/* What is asked for, each time of another machine or port. */
typedef void question_fn(char out[static QUERY_SIZE_MOST], unsigned host);

static void
ask_mac(char out[static QUERY_SIZE_MOST], unsigned i)
{
	(void)snprintf(out, QUERY_SIZE_MOST, "52:54:%02x:%02x:%02x:%02x",
	    i >> 16, i >> 8 & 255, i & 255, i % VMS);
}

static void
ask_name(char out[static QUERY_SIZE_MOST], unsigned i)
{
	(void)snprintf(out, QUERY_SIZE_MOST, "prod-%06u-%02u", i, i % VMS);
}

static void
ask_part(char out[static QUERY_SIZE_MOST], unsigned i)
{
	(void)snprintf(out, QUERY_SIZE_MOST, "d-%06u-%u", i, i % 2);
}

static void
ask_uuid_part(char out[static QUERY_SIZE_MOST], unsigned i)
{
	(void)snprintf(
	    out, QUERY_SIZE_MOST, "%06x", (i * 2654435761U) & 0xffffff);
}

static void
ask_port(char out[static QUERY_SIZE_MOST], unsigned i)
{
	(void)snprintf(out, QUERY_SIZE_MOST, "leaf%u eth1/%u",
	    i / HOSTS_PER_LEAF * NICS, i % HOSTS_PER_LEAF + 1);
}

/* One question from its text to its answer. */
static double
time_one(const struct fleet *f, const char *text, bool path)
{
	struct view view = { &f->model, &f->topology, NOW, { 0 }, &f->search,
		NULL };
	struct find_in in = { &f->topology, &f->model, &f->search };
	double start = processor_us();
	struct buffer answer;
	struct json j = json_over(&answer);
	struct query q;
	struct found found;

	buffer_init(&answer, ANSWER_MOST);
	if (!query_read(text, &q) || find(&in, &q, &found) != STATUS_OK)
		exit(1);
	if (found.count == 0)
		exit(1);
	if (!path)
		answer_find(&j, &view, &q, &found);
	else if (!answer_path(&j, &view, &q, &found))
		exit(1);
	find_done(&found);
	buffer_done(&answer);
	return processor_us() - start;
}

/* 'again': the inside of the host has been read. */
static double
time_question(struct fleet *f, question_fn *question, bool path, bool again)
{
	static double times[QUESTIONS];

	for (unsigned i = 0; i < QUESTIONS; i++) {
		char text[QUERY_SIZE_MOST];

		question(text, i * 7919U % f->count);
		times[i] = time_one(f, text, path);
		if (again)
			times[i] = time_one(f, text, path);
	}
	return median(times, QUESTIONS);
}

/* A host says something else of its neighbors, and a question follows. */
static double
time_change(struct fleet *f)
{
	static double times[QUESTIONS];

	for (unsigned i = 0; i < QUESTIONS; i++) {
		struct model_host *h = f->model.hosts[i * 7919U % f->count];
		double start = processor_us();

		h->nics[0].neighbors[0].n++;
		topology_note(&f->topology, h->host_id);
		if (topology_renew(&f->topology, &f->model) != STATUS_OK)
			exit(1);
		times[i] = processor_us() - start;
	}
	return median(times, QUESTIONS);
}

/* A machine has gone and another one has come. */
static double
time_machine(struct fleet *f)
{
	static double times[QUESTIONS];

	for (unsigned i = 0; i < QUESTIONS; i++) {
		struct model_host *h = f->model.hosts[i * 7919U % f->count];
		struct model_claim *last = &h->claims[h->claim_count - 1];
		double start;

		last->n++;
		last->facts = machine(&f->arena, i, VMS);
		start = processor_us();
		search_take_host(&f->search, h, false);
		times[i] = processor_us() - start;
	}
	return median(times, QUESTIONS);
}

/* What one question costs, and what it may. */
struct cost {
	const char *what;
	double us, most_us; /* 0: no goal */
};

/* '*before': in the fleet before. */
static void
print(const struct fleet *f, const struct cost *c, double *before)
{
	printf("  %-36s %9.1f us\n", c->what, c->us);
	if (c->most_us > 0)
		printf("FIGURE\t%s, %u hosts, no HTTP\t%.1f\t-\tus\t<= %.0f\n",
		    c->what, f->count, c->us, c->most_us);
	if (*before > 0)
		printf("FIGURE\t%s, %u hosts (bound: first fleet)"
		       "\t%.1f\t%.1f\tus\t<= 2\n",
		    c->what, f->count, c->us, *before);
	*before = c->us;
}

static size_t
memory_used(void)
{
	struct mallinfo2 info = mallinfo2();

	return info.uordblks + info.hblkhd;
}

static void
build(struct fleet *f)
{
	double start = processor_us(), middle;
	size_t memory[3] = { memory_used() };

	f->topology.watcher = (struct topology_watcher){ note_device, f };
	for (unsigned i = 0; i < f->count; i++)
		search_take_host(&f->search, f->model.hosts[i], true);
	middle = processor_us();
	memory[1] = memory_used();
	if (topology_renew(&f->topology, &f->model) != STATUS_OK)
		exit(1);
	memory[2] = memory_used();
	printf("%u hosts, %u machines, %u claims, %u switches, %u ports\n",
	    f->count, f->count * VMS, f->topology.claim_count,
	    f->topology.device_count, f->topology.port_count);
	printf("  index of hosts from nothing %.0f ms, %zu octets a host\n",
	    (middle - start) / 1e3, (memory[1] - memory[0]) / f->count);
	printf("  join and index of switches %.0f ms, %zu octets a host\n",
	    (processor_us() - middle) / 1e3,
	    (memory[2] - memory[1]) / f->count);
}

static void
time_all(struct fleet *f)
{
	double path_most = f->count > FEW_HOSTS ? 100 : 50;
	const struct cost costs[] = {
		{ "path by a name, asked first",
		    time_question(f, ask_name, true, false), path_most },
		{ "path by a name, asked again",
		    time_question(f, ask_name, true, true), path_most },
		{ "find a MAC", time_question(f, ask_mac, false, true), 0 },
		{ "find a part of a name, 10 hits",
		    time_question(f, ask_part, false, true), 1000 },
		{ "find a part of a UUID",
		    time_question(f, ask_uuid_part, false, true), 1000 },
		{ "find a switch port", time_question(f, ask_port, false, true),
		    0 },
		{ "a machine came and one went", time_machine(f), 0 },
		{ "a neighbor changed", time_change(f), 0 },
	};
	static double before[sizeof(costs) / sizeof(costs[0])];

	for (size_t i = 0; i < sizeof(costs) / sizeof(costs[0]); i++)
		print(f, &costs[i], &before[i]);
}

static void
measure(unsigned count)
{
	struct fleet f = { .count = count, .model = { .count = count } };
	double start;

	f.model.hosts = calloc(count, sizeof(struct model_host *));
	for (unsigned i = 0; f.model.hosts && i < count; i++)
		f.model.hosts[i] = host(&f.arena, i);
	build(&f);
	start = processor_us();
	verdict_all(&f.topology, NOW);
	printf("  judge all of it %.1f ms\n", (processor_us() - start) / 1e3);
	verdict_at(&f.topology, NOW);
	time_all(&f);
	for (unsigned i = 0; i < count; i++)
		inside_free(f.model.hosts[i]->inner);
	search_done(&f.search);
	topology_done(&f.topology);
	arena_done(&f.arena);
	free(f.model.hosts);
}

int
main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		measure((unsigned)strtoul(argv[i], NULL, 10));
	return 0;
}
