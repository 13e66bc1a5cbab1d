/*
 * topology.c - how long joining, judging and finding take for a fleet.
 *
 * 10,000 hosts with 4 NICs that hear LLDP and CDP: 80,000 claims, 500
 * switches.  Prints processor time, which other programs disturb little.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "collector/find.h"
#include "collector/verdict.h"

enum { NICS = 4, HOSTS_PER_LEAF = 80, ROUNDS = 5, NOW = 1000 };

static const char *
text(struct arena *a, const char *format, unsigned i, unsigned k)
{
	char out[64];

	(void)snprintf(out, sizeof(out), format, i, k);
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

static struct model_host *
host(struct arena *a, unsigned i)
{
	struct model_host *h = arena_take(a, sizeof(*h));

	h->host_id = i + 1;
	h->seen_at = NOW;
	h->name = text(a, "hv%u", i, 0);
	h->os = h->model = h->serial = "";
	h->facts = "{}";
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
processor_ms(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void
time_find(const struct topology *t, const struct model *m, const char *asked)
{
	double best = 1e9;
	size_t count = 0;

	for (int round = 0; round < ROUNDS; round++) {
		double start = processor_ms();
		struct query q;
		struct found found;

		if (!query_read(asked, &q) ||
		    find(&(struct find_in){ t, m, NULL }, &q, &found) !=
			STATUS_OK)
			exit(1);
		count = found.count;
		find_done(&found);
		if (processor_ms() - start < best)
			best = processor_ms() - start;
	}
	printf("  find %-20s %7.1f ms, %zu hits\n", asked, best, count);
}

int
main(int argc, char **argv)
{
	unsigned count =
	    argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : 10000;
	struct arena arena = { 0 };
	struct model m = { .count = count };
	struct topology t = { 0 };
	double build = 1e9, judge = 1e9;

	m.hosts = calloc(count, sizeof(struct model_host *));
	for (unsigned i = 0; i < count; i++)
		m.hosts[i] = host(&arena, i);
	for (int round = 0; round < ROUNDS; round++) {
		double start = processor_ms(), middle;

		topology_done(&t);
		if (topology_build(&t, &m) != STATUS_OK)
			return 1;
		middle = processor_ms();
		verdict_all(&t, NOW);
		build = middle - start < build ? middle - start : build;
		if (processor_ms() - middle < judge)
			judge = processor_ms() - middle;
	}
	printf("%u hosts, %u claims, %u switches, %u ports\n", count,
	    t.claim_count, t.device_count, t.port_count);
	printf(
	    "  join  %7.1f ms (goal: 300)\n  judge %7.1f ms\n", build, judge);
	time_find(&t, &m, "02:00:07:10:00:01");
	time_find(&t, &m, "hv1234");
	time_find(&t, &m, "leaf77 eth1/7");
	time_find(&t, &m, "ens1f0");
	time_find(&t, &m, "nosuchthing");
	topology_done(&t);
	arena_done(&arena);
	free(m.hosts);
	return 0;
}
