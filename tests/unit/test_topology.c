#include "collector/topology.h"

#include <stdio.h>

#include "collector/summary.h"
#include "tests/support/suite.h"
#include "tests/support/world.h"

static const char port_mac[] = "b8:ce:f6:00:00:01";
static const char chassis[] = "b8:ce:f6:00:00:00";
static const char other_chassis[] = "b8:ce:f6:ff:00:00";

/* What the NIC at this place hangs on, as people say it; "" for unknown. */
static const char *
answer_of(const struct world *w, uint32_t at)
{
	static char text[160];
	const struct topology *t = &w->topology;
	const struct seen_nic *nic = &t->nics[at];

	text[0] = '\0';
	if (nic->claim != TOPOLOGY_NONE && nic->sure)
		(void)snprintf(text, sizeof(text), "%s %s",
		    t->devices[t->claims[nic->claim].device].brief,
		    t->ports[t->claims[nic->claim].port].brief);
	return text;
}

START_TEST(cdp_and_lldp_of_one_port_are_one_port)
{
	struct world w;
	struct model_nic *nic;

	world_init(&w);
	nic = world_nic(&w, "hv1", "ens1f0");
	world_hear(
	    nic, from_mac(heard_lldp(chassis, "sw1.example.net", "Gi1/0/14"),
		     port_mac));
	world_hear(
	    nic, from_mac(heard_cdp("sw1", "GigabitEthernet1/0/14"), port_mac));
	world_judge(&w, NOW);
	ck_assert_uint_eq(w.topology.device_count, 1);
	ck_assert_uint_eq(w.topology.port_count, 1);
	ck_assert_str_eq(answer_of(&w, 0), "sw1 Gi1/0/14");
	ck_assert_str_eq(w.topology.ports[0].name, "GigabitEthernet1/0/14");
	ck_assert_uint_eq(w.topology.ports[0].names.count, 2);
	ck_assert_str_eq(w.topology.devices[0].name, "sw1.example.net");
	ck_assert_int_eq(w.topology.nics[0].reason, REASON_BOTH);
	world_done(&w);
}
END_TEST

/* As lldpd and ladvd name it: each protocol in its own manner. */
START_TEST(one_source_mac_is_one_port_however_it_is_named)
{
	struct model_neighbor edp = heard_cdp("sw1", "1:3");
	struct world w;
	struct model_nic *nic;

	world_init(&w);
	edp.protocol = "edp";
	nic = world_nic(&w, "hv1", "eno1");
	world_hear(
	    nic, from_mac(heard_lldp(chassis, "sw1", "Eth1-2"), port_mac));
	world_hear(nic, from_mac(heard_cdp("sw1", "Ethernet1/2"), port_mac));
	world_hear(nic, from_mac(edp, port_mac));
	world_judge(&w, NOW);
	ck_assert_uint_eq(w.topology.port_count, 1);
	ck_assert_int_eq(w.topology.nics[0].reason, REASON_BOTH);
	ck_assert_str_eq(answer_of(&w, 0), "sw1 Eth1/2");
	world_done(&w);
}
END_TEST

/* lldpd's CDP gives the description; LLDP has said goodbye, or both ended. */
START_TEST(what_ended_stays_joined_to_what_was_heard_with_it)
{
	struct world w;
	struct model_nic *nic;
	struct model_neighbor *lldp, *cdp;

	world_init(&w);
	nic = world_nic(&w, "hv1", "ens1f1");
	(void)world_hear(
	    nic, from_mac(heard_lldp(chassis, "sw1", "Ethernet3"), port_mac));
	(void)world_hear(
	    nic, from_mac(heard_cdp("sw1", "to hv1 ens1f1"), port_mac));
	lldp = &nic->neighbors[0];
	cdp = &nic->neighbors[1];
	lldp->ended_at = 996;
	lldp->ended_reason = "goodbye";
	world_judge(&w, NOW);
	ck_assert_uint_eq(w.topology.port_count, 1);
	ck_assert_str_eq(answer_of(&w, 0), "sw1 Eth3");
	cdp->ended_at = 997;
	cdp->ended_reason = "expired";
	world_judge(&w, NOW);
	ck_assert_uint_eq(w.topology.port_count, 1);
	ck_assert_int_eq(w.topology.nics[0].state, STATE_ENDED);
	/* Heard only after the other had ended: of another cable, maybe. */
	cdp->ended_at = -1;
	cdp->heard.first_heard = 998;
	cdp->heard.last_heard = 999;
	world_judge(&w, NOW);
	ck_assert_uint_eq(w.topology.port_count, 2);
	world_done(&w);
}
END_TEST

START_TEST(a_port_id_that_is_a_number_is_named_by_its_description)
{
	struct model_neighbor n = heard_lldp(chassis, "mx1", "526");
	struct world w;

	world_init(&w);
	n.port_type = "local";
	n.port_description = "xe-0/0/1.0";
	world_hear(world_nic(&w, "hv1", "ens1f0"), n);
	n.port_description = "to the cage of Ann";
	world_hear(world_nic(&w, "hv1", "ens1f1"), n);
	world_judge(&w, NOW);
	/* Both said 526: it is one port, and one of them knows its name. */
	ck_assert_uint_eq(w.topology.port_count, 1);
	ck_assert_str_eq(answer_of(&w, 1), "mx1 xe-0/0/1");
	ck_assert_str_eq(summary_description(&w.topology, &w.topology.ports[0]),
	    "to the cage of Ann");
	world_done(&w);
}
END_TEST

START_TEST(cdp_names_the_port_that_lldp_gives_a_mac)
{
	struct world w;
	struct model_neighbor lldp =
	    from_mac(heard_lldp(chassis, "sw1", port_mac), port_mac);
	struct model_nic *nic;

	world_init(&w);
	nic = world_nic(&w, "hv1", "ens1f0");
	lldp.port_type = "mac";
	world_hear(nic, lldp);
	world_hear(nic, from_mac(heard_cdp("sw1", "gi7"), port_mac));
	world_judge(&w, NOW);
	ck_assert_uint_eq(w.topology.port_count, 1);
	ck_assert_str_eq(answer_of(&w, 0), "sw1 Gi7");
	world_done(&w);
}
END_TEST

START_TEST(ports_of_a_switch_stand_in_natural_order)
{
	static const char *const ports[] = { "Eth1/10", "Eth1/9", "Eth1/9/1",
		"Ethernet110/1/13" };
	struct world w;

	world_init(&w);
	for (size_t i = 0; i < 4; i++)
		world_hear(world_nic(&w, "hv1", ports[i]),
		    heard_lldp(chassis, "sw1", ports[i]));
	world_judge(&w, NOW);
	ck_assert_uint_eq(w.topology.device_count, 1);
	ck_assert_uint_eq(w.topology.devices[0].port_count, 4);
	ck_assert_str_eq(w.topology.ports[0].brief, "Eth1/9");
	ck_assert_str_eq(w.topology.ports[1].brief, "Eth1/9/1");
	ck_assert_str_eq(w.topology.ports[2].brief, "Eth1/10");
	ck_assert_int_eq(w.topology.ports[3].fex, 110);
	world_done(&w);
}
END_TEST

START_TEST(own_frames_make_no_switch)
{
	struct world w;
	struct model_neighbor own = heard_lldp(chassis, "hv1", "ens1f0");

	world_init(&w);
	own.own = true;
	world_hear(world_nic(&w, "hv1", "ens1f0"), own);
	world_judge(&w, NOW);
	ck_assert_uint_eq(w.topology.device_count, 0);
	ck_assert_str_eq(answer_of(&w, 0), "");
	ck_assert_int_eq(w.topology.claims[0].note, NOTE_OWN);
	ck_assert_int_eq(w.topology.nics[0].reason, REASON_ONLY_PASSED);
	world_done(&w);
}
END_TEST

START_TEST(tunnelled_cdp_is_never_the_neighbor)
{
	struct world w;
	struct model_neighbor far = heard_cdp("far", "Gi0/1");

	world_init(&w);
	far.reach = REACH_TUNNELLED;
	world_hear(world_nic(&w, "hv1", "ens1f0"), far);
	world_judge(&w, NOW);
	ck_assert_str_eq(answer_of(&w, 0), "");
	ck_assert_int_eq(w.topology.claims[0].note, NOTE_TUNNELLED);
	world_done(&w);
}
END_TEST

START_TEST(lldp_wins_over_cdp_that_a_bridge_has_flooded)
{
	struct world w;
	struct model_nic *nic;

	world_init(&w);
	nic = world_nic(&w, "hv1", "ens1f0");
	world_hear(nic, from_mac(heard_cdp("far", "Gi0/1"), other_chassis));
	world_hear(
	    nic, from_mac(heard_lldp(chassis, "near", "swp1"), port_mac));
	world_judge(&w, NOW);
	ck_assert_str_eq(answer_of(&w, 0), "near swp1");
	ck_assert_int_eq(w.topology.claims[0].note, NOTE_NOT_BY_LLDP);
	world_done(&w);
}
END_TEST

/* A service processor that shares the cable, and a switch without LLDP. */
START_TEST(lldp_of_a_station_does_not_deny_a_switch)
{
	struct model_neighbor station =
	    from_mac(heard_lldp(other_chassis, "bmc", "eth0"), other_chassis);
	struct world w;
	struct model_nic *nic;

	world_init(&w);
	station.switch_class = false;
	nic = world_nic(&w, "hv1", "eno1");
	world_hear(nic, station);
	world_hear(nic, from_mac(heard_cdp("sw1", "Gi0/1"), port_mac));
	world_judge(&w, NOW);
	ck_assert_str_eq(answer_of(&w, 0), "");
	ck_assert_int_eq(w.topology.nics[0].reason, REASON_SEVERAL);
	ck_assert_uint_eq(w.topology.nics[0].rivals, 2);
	world_done(&w);
}
END_TEST

START_TEST(cdp_of_a_port_that_is_proven_elsewhere_is_a_phantom)
{
	struct world w;
	struct model_nic *nic;

	world_init(&w);
	nic = world_nic(&w, "hv1", "ens1f0");
	world_hear(
	    nic, from_mac(heard_lldp(chassis, "sw1", "Gi0/1"), port_mac));
	world_hear(nic, from_mac(heard_cdp("sw1", "Gi0/1"), port_mac));
	world_hear(world_nic(&w, "hv1", "ens1f1"),
	    from_mac(heard_cdp("sw1", "Gi0/1"), port_mac));
	world_judge(&w, NOW);
	ck_assert_str_eq(answer_of(&w, 0), "sw1 Gi0/1");
	ck_assert_str_eq(answer_of(&w, 1), "");
	ck_assert_int_eq(w.topology.claims[2].note, NOTE_PROVEN_ELSEWHERE);
	world_done(&w);
}
END_TEST

START_TEST(one_cdp_port_heard_by_two_hosts_is_unknown)
{
	struct world w;

	world_init(&w);
	world_hear(world_nic(&w, "hv1", "ens1f0"), heard_cdp("sw1", "Gi0/1"));
	world_judge(&w, NOW);
	ck_assert_str_eq(answer_of(&w, 0), "sw1 Gi0/1");
	world_hear(world_nic(&w, "hv2", "ens1f0"), heard_cdp("sw1", "Gi0/1"));
	world_judge(&w, NOW);
	ck_assert_str_eq(answer_of(&w, 0), "");
	ck_assert_int_eq(w.topology.nics[0].reason, REASON_SHARED);
	ck_assert_uint_ne(w.topology.nics[0].claim, TOPOLOGY_NONE);
	world_done(&w);
}
END_TEST

START_TEST(two_switches_on_one_nic_are_unknown)
{
	struct world w;
	struct model_nic *nic;

	world_init(&w);
	nic = world_nic(&w, "hv1", "ens1f0");
	world_hear(nic, heard_lldp(chassis, "sw1", "swp1"));
	world_hear(
	    nic, from_mac(heard_lldp(other_chassis, "sw2", "swp1"), port_mac));
	world_judge(&w, NOW);
	ck_assert_str_eq(answer_of(&w, 0), "");
	ck_assert_int_eq(w.topology.nics[0].reason, REASON_SEVERAL);
	ck_assert_uint_eq(w.topology.nics[0].rivals, 2);
	/* A station beside the switch does not count. */
	nic->neighbors[1].switch_class = false;
	world_judge(&w, NOW);
	ck_assert_str_eq(answer_of(&w, 0), "sw1 swp1");
	world_done(&w);
}
END_TEST

START_TEST(the_nearest_scope_names_the_neighbor)
{
	struct world w;
	struct model_nic *nic;
	struct model_neighbor far = heard_lldp(other_chassis, "far", "swp1");

	world_init(&w);
	nic = world_nic(&w, "hv1", "ens1f0");
	far.reach = REACH_CUSTOMER;
	world_hear(nic, far);
	world_hear(nic, heard_lldp(chassis, "near", "swp1"));
	world_judge(&w, NOW);
	ck_assert_str_eq(answer_of(&w, 0), "near swp1");
	ck_assert_int_eq(w.topology.claims[0].note, NOTE_FARTHER);
	world_done(&w);
}
END_TEST

START_TEST(what_is_past_is_never_current)
{
	struct world w;
	struct model_nic *nic;

	world_init(&w);
	nic = world_nic(&w, "hv1", "ens1f0");
	world_hear(nic, heard_lldp(chassis, "sw1", "swp1"));
	world_judge(&w, 1100);
	ck_assert_int_eq(w.topology.nics[0].state, STATE_CURRENT);
	world_judge(&w, 1101); /* its time to live is over */
	ck_assert_int_eq(w.topology.nics[0].state, STATE_STALE);
	nic->neighbors[0].heard.expires = 9000;
	world_judge(&w, NOW + HOST_SILENT_S + 1); /* the host is silent */
	ck_assert_int_eq(w.topology.nics[0].state, STATE_STALE);
	nic->carrier = SAID_NO;
	world_judge(&w, NOW);
	ck_assert_int_eq(w.topology.nics[0].state, STATE_STALE);
	nic->carrier = SAID_YES;
	nic->carrier_changed_at = 995; /* heard before: of the old cable */
	world_judge(&w, NOW);
	ck_assert_int_eq(w.topology.nics[0].state, STATE_STALE);
	nic->neighbors[0].ended_at = 996;
	nic->neighbors[0].ended_reason = "link_down";
	world_judge(&w, NOW);
	ck_assert_int_eq(w.topology.nics[0].state, STATE_ENDED);
	ck_assert_str_eq(answer_of(&w, 0), "sw1 swp1");
	world_done(&w);
}
END_TEST

START_TEST(a_moved_cable_is_known_by_what_is_heard_now)
{
	struct world w;
	struct model_nic *nic;
	struct model_neighbor *old, *new;

	world_init(&w);
	nic = world_nic(&w, "hv1", "ens1f0");
	old = world_hear(nic, heard_lldp(chassis, "sw1", "swp1"));
	new = world_hear(
	    nic, from_mac(heard_lldp(other_chassis, "sw2", "swp1"), port_mac));
	old->ended_at = 995;
	old->ended_reason = "link_down";
	world_judge(&w, NOW);
	ck_assert_str_eq(answer_of(&w, 0), "sw2 swp1");
	ck_assert_int_eq(w.topology.claims[0].note, NOTE_PAST);
	/* Without a change of carrier: the one that fell silent is old, once
	 * it has missed a frame. */
	old->ended_at = -1;
	old->heard.last_heard = 970;
	new->heard.first_heard = 980;
	world_judge(&w, NOW);
	ck_assert_str_eq(answer_of(&w, 0), "");
	world_judge(&w, 970 + 61);
	ck_assert_str_eq(answer_of(&w, 0), "sw2 swp1");
	ck_assert_int_eq(w.topology.claims[0].note, NOTE_FELL_SILENT);
	world_done(&w);
}
END_TEST

START_TEST(a_switch_has_the_same_id_whoever_hears_it_first)
{
	struct world w;
	char id[SWITCH_ID_SIZE];

	world_init(&w);
	world_hear(world_nic(&w, "hv1", "a0"), heard_lldp(chassis, "s", "p1"));
	world_judge(&w, NOW);
	memcpy(id, w.topology.devices[0].id, sizeof(id));
	w.host[0].host_id = 99;
	world_hear(world_nic(&w, "hv1", "a1"), heard_lldp(chassis, "s", "p2"));
	world_hear(
	    world_nic(&w, "hv2", "a0"), heard_lldp(other_chassis, "t", "p1"));
	/* The model has its hosts in the order of their ids. */
	w.hosts[0] = &w.host[1];
	w.hosts[1] = &w.host[0];
	world_judge(&w, NOW);
	ck_assert_uint_eq(w.topology.device_count, 2);
	ck_assert_str_ne(w.topology.devices[0].id, id);
	ck_assert_str_eq(w.topology.devices[1].id, id);
	world_done(&w);
}
END_TEST

SUITE("topology", cdp_and_lldp_of_one_port_are_one_port,
    one_source_mac_is_one_port_however_it_is_named,
    what_ended_stays_joined_to_what_was_heard_with_it,
    a_port_id_that_is_a_number_is_named_by_its_description,
    cdp_names_the_port_that_lldp_gives_a_mac,
    ports_of_a_switch_stand_in_natural_order, own_frames_make_no_switch,
    tunnelled_cdp_is_never_the_neighbor,
    lldp_wins_over_cdp_that_a_bridge_has_flooded,
    lldp_of_a_station_does_not_deny_a_switch,
    cdp_of_a_port_that_is_proven_elsewhere_is_a_phantom,
    one_cdp_port_heard_by_two_hosts_is_unknown,
    two_switches_on_one_nic_are_unknown, the_nearest_scope_names_the_neighbor,
    what_is_past_is_never_current, a_moved_cable_is_known_by_what_is_heard_now,
    a_switch_has_the_same_id_whoever_hears_it_first)
