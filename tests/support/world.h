/*
 * world.h - a few hosts whose NICs hear things, put together by a test.
 *
 *	world_init(&w); nic = world_nic(&w, "hv1", "ens1f0");
 *	world_hear(&w, nic, heard_lldp("aa:..", "leaf1", "Ethernet1/1"));
 *	world_judge(&w, 1000);
 *
 * Memory:  world_init/world_done; NICs and neighbors stay where they are.
 * Units:   unix seconds; everything was first heard at 900, last at 990, and
 *          expires at 1100; hosts spoke at 1000.
 */
#ifndef TESTS_SUPPORT_WORLD_H
#define TESTS_SUPPORT_WORLD_H

#include <check.h>
#include <string.h>

#include "collector/verdict.h"

enum { WORLD_HOSTS = 4, WORLD_NICS = 4, WORLD_NEIGHBORS = 8, NOW = 1000 };

struct world {
	struct model model;
	struct model_host *hosts[WORLD_HOSTS];
	struct model_host host[WORLD_HOSTS];
	struct model_nic nics[WORLD_HOSTS][WORLD_NICS];
	struct model_neighbor heard[WORLD_HOSTS][WORLD_NICS][WORLD_NEIGHBORS];
	struct topology topology;
};

static inline void
world_init(struct world *w)
{
	memset(w, 0, sizeof(*w));
	w->model.hosts = w->hosts;
}

static inline void
world_done(struct world *w)
{
	topology_done(&w->topology);
}

static inline struct model_host *
world_host(struct world *w, const char *name)
{
	struct model_host *h;

	for (size_t i = 0; i < w->model.count; i++) {
		if (strcmp(w->host[i].name, name) == 0)
			return &w->host[i];
	}
	ck_assert_uint_lt(w->model.count, WORLD_HOSTS);
	h = &w->host[w->model.count];
	*h = (struct model_host){
		.host_id = (int64_t)w->model.count + 1,
		.seen_at = NOW,
		.name = name,
		.os = "",
		.model = "",
		.serial = "",
		.facts = "{}",
		.nics = w->nics[w->model.count],
	};
	w->hosts[w->model.count++] = h;
	return h;
}

static inline struct model_nic *
world_nic(struct world *w, const char *host, const char *name)
{
	struct model_host *h = world_host(w, host);
	size_t host_at = (size_t)(h - w->host);
	struct model_nic *nic = &h->nics[h->nic_count];

	ck_assert_uint_lt(h->nic_count, WORLD_NICS);
	*nic = (struct model_nic){
		.facts = "{}",
		.name = name,
		.mac = "",
		.permanent_mac = "",
		.master = "",
		.up = SAID_YES,
		.carrier = SAID_YES,
		.listening = SAID_YES,
		.carrier_changed_at = -1,
		.mtu = 1500,
		.neighbors = w->heard[host_at][h->nic_count],
	};
	h->nic_count++;
	return nic;
}

static inline struct model_neighbor *
world_hear(struct model_nic *nic, struct model_neighbor n)
{
	ck_assert_uint_lt(nic->neighbor_count, WORLD_NEIGHBORS);
	nic->neighbors[nic->neighbor_count] = n;
	return &nic->neighbors[nic->neighbor_count++];
}

static inline void
world_judge(struct world *w, int64_t now)
{
	topology_done(&w->topology);
	ck_assert_int_eq(topology_build(&w->topology, &w->model), STATUS_OK);
	verdict_all(&w->topology, now);
}

static inline struct model_neighbor
heard_nothing(void)
{
	return (struct model_neighbor){
		.facts = "{}",
		.heard = { .first_heard = 900,
		    .last_heard = 990,
		    .expires = 1100,
		    .frames = 4 },
		.protocol = "cdp",
		.switch_class = true,
		.ended_at = -1,
		.ended_reason = "",
		.ttl_s = 120,
		.source_mac = "00:00:5e:00:53:01",
		.chassis_type = "",
		.chassis_id = "",
		.port_type = "",
		.port_id = "",
		.port_description = "",
		.system_name = "",
		.platform = "",
		.software = "",
		.description = "",
		.serial = "",
		.native_vlan = -1,
		.pvid = -1,
		.mtu = -1,
		.max_frame = -1,
	};
}

static inline struct model_neighbor
heard_lldp(const char *chassis, const char *name, const char *port)
{
	struct model_neighbor n = heard_nothing();

	n.protocol = "lldp";
	n.lldp = true;
	n.chassis_type = "mac";
	n.chassis_id = chassis;
	n.system_name = name;
	n.port_type = "interface_name";
	n.port_id = port;
	return n;
}

static inline struct model_neighbor
heard_cdp(const char *device_id, const char *port)
{
	struct model_neighbor n = heard_nothing();

	n.chassis_type = "device_id";
	n.chassis_id = device_id;
	n.port_type = "interface_name";
	n.port_id = port;
	return n;
}

/* The same neighbor from another MAC. */
static inline struct model_neighbor
from_mac(struct model_neighbor n, const char *source_mac)
{
	n.source_mac = source_mac;
	return n;
}

#endif
