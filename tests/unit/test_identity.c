#include "collector/identity.h"

#include "tests/support/suite.h"
#include "tests/support/world.h"

enum { CLAIMS_MOST = 8 };

/* Two MACs of ports, one of a chassis. */
static const char port_a[] = "b8:ce:f6:00:00:01";
static const char port_b[] = "b8:ce:f6:00:00:02";
static const char chassis[] = "b8:ce:f6:00:00:00";
static const char other_chassis[] = "b8:ce:f6:ff:00:00";

/* Joins claims that were heard by NICs 0, 1, 2 ... in their order, or all by
 * NIC 0; gives the number of devices. */
static uint32_t
devices_of(const struct model_neighbor *said, size_t count, bool one_nic)
{
	struct identity_claim claims[CLAIMS_MOST];
	struct identity id;
	uint32_t devices;

	for (size_t i = 0; i < count; i++)
		claims[i] = (struct identity_claim){
			.said = &said[i],
			.nic = one_nic ? 0 : (uint32_t)i,
		};
	ck_assert_int_eq(identity_join(&id, claims, count), STATUS_OK);
	devices = id.device_count;
	identity_done(&id);
	return devices;
}

START_TEST(the_same_source_mac_on_one_nic_is_one_device)
{
	struct model_neighbor said[] = {
		from_mac(heard_lldp(
			     chassis, "leaf1a.dc1.example.net", "Ethernet1/1"),
		    port_a),
		from_mac(heard_cdp("leaf1a", "Ethernet1/1"), port_a),
	};

	ck_assert_uint_eq(devices_of(said, 2, true), 1);
	/* On two NICs the same two texts prove nothing. */
	ck_assert_uint_eq(devices_of(said, 2, false), 2);
}
END_TEST

START_TEST(a_join_keeps_its_evidence)
{
	struct model_neighbor said[] = {
		from_mac(heard_lldp(chassis, "sw1", "Gi1/0/1"), port_a),
		from_mac(heard_cdp("sw1", "GigabitEthernet1/0/1"), port_a),
	};
	struct identity_claim claims[] = { { &said[0], 0 }, { &said[1], 0 } };
	struct identity id;

	ck_assert_int_eq(identity_join(&id, claims, 2), STATUS_OK);
	ck_assert_uint_ge(id.join_count, 1);
	ck_assert_int_eq(id.joins[0].rule, JOIN_SOURCE_MAC);
	ck_assert_str_eq(id.joins[0].by, port_a);
	identity_done(&id);
}
END_TEST

START_TEST(a_serial_joins_what_has_other_names)
{
	struct model_neighbor said[] = {
		heard_cdp("leaf1a(FDO21161ABC)", "Eth1/1"),
		heard_cdp("leaf1a-old(FDO21161ABC)", "Eth1/2"),
		heard_cdp("leaf1a-new", "Eth1/3"),
	};

	said[2].serial = "FDO21161ABC";
	ck_assert_uint_eq(devices_of(said, 3, false), 1);
}
END_TEST

START_TEST(a_serial_of_zeros_joins_nobody)
{
	struct model_neighbor said[] = { heard_cdp("a1", "Eth1/1"),
		heard_cdp("b1", "Eth1/1") };

	said[0].serial = said[1].serial = "0000000000";
	ck_assert_uint_eq(devices_of(said, 2, false), 2);
	said[0].serial = said[1].serial = "Not Specified";
	ck_assert_uint_eq(devices_of(said, 2, false), 2);
}
END_TEST

START_TEST(a_device_id_that_is_a_mac_is_the_chassis)
{
	struct model_neighbor said[] = {
		heard_lldp("8c:1e:80:72:51:26", "sg1", "gi1"),
		heard_cdp("8c1e80725126", "gi2"),
	};

	ck_assert_uint_eq(devices_of(said, 2, false), 1);
}
END_TEST

START_TEST(a_nexus_with_a_chassis_id_per_port_is_one_device)
{
	struct model_neighbor said[] = {
		from_mac(heard_lldp(port_a, "n5k-1", "Eth1/1"), port_a),
		from_mac(heard_lldp(port_b, "n5k-1", "Eth1/2"), port_b),
	};

	ck_assert_uint_eq(devices_of(said, 2, false), 1);
}
END_TEST

START_TEST(two_of_one_name_with_different_chassis_stay_two)
{
	struct model_neighbor said[] = {
		from_mac(heard_lldp(chassis, "core", "Eth1/1"), port_a),
		from_mac(heard_lldp(other_chassis, "core", "Eth1/1"), port_b),
	};

	ck_assert_uint_eq(devices_of(said, 2, false), 2);
	/* One that was replaced has ended: its chassis no longer counts. */
	said[0].ended_at = 950;
	ck_assert_uint_eq(devices_of(said, 2, false), 1);
}
END_TEST

START_TEST(two_of_one_name_with_different_serials_stay_two)
{
	struct model_neighbor said[] = {
		heard_cdp("core(FDO11111AAA)", "Eth1/1"),
		heard_cdp("core(FDO22222BBB)", "Eth1/1"),
		/* This one may be either: it is joined to neither. */
		heard_cdp("core", "Eth1/2"),
	};

	ck_assert_uint_eq(devices_of(said, 3, false), 3);
}
END_TEST

START_TEST(factory_names_join_nobody)
{
	static const char *const names[] = { "Switch", "localhost", "Router",
		"switch.example.net", "localhost.localdomain" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct model_neighbor said[] = {
			from_mac(heard_cdp(names[i], "Gi1/0/1"), port_a),
			from_mac(heard_cdp(names[i], "Gi1/0/1"), port_b),
		};
		const char *address[] = { "192.168.1.1" };
		struct texts addresses = { address, 1 };

		ck_assert_uint_eq(devices_of(said, 2, false), 2);
		said[0].addresses = said[1].addresses = addresses;
		ck_assert_uint_eq(devices_of(said, 2, false), 2);
	}
}
END_TEST

START_TEST(one_management_address_joins_short_and_full_name)
{
	struct model_neighbor said[] = {
		heard_lldp(chassis, "leaf1a.dc1.example.net", "Eth1/1"),
		heard_cdp("leaf1a", "Eth1/2"),
	};
	const char *address[] = { "10.99.0.1" };
	struct texts addresses = { address, 1 };

	ck_assert_uint_eq(devices_of(said, 2, false), 2);
	said[0].addresses = said[1].addresses = addresses;
	ck_assert_uint_eq(devices_of(said, 2, false), 1);
	/* Two sites with the same private address are two. */
	said[1].chassis_id = "leaf1a.dc2.example.net";
	ck_assert_uint_eq(devices_of(said, 2, false), 2);
	address[0] = "127.0.0.1";
	said[1].chassis_id = "leaf1a";
	ck_assert_uint_eq(devices_of(said, 2, false), 2);
}
END_TEST

START_TEST(nameless_switches_with_one_factory_address_stay_two)
{
	struct model_neighbor said[] = {
		from_mac(heard_lldp(chassis, "", "1"), port_a),
		from_mac(heard_lldp(other_chassis, "", "1"), port_b),
	};
	const char *address[] = { "192.168.0.239" };
	struct texts addresses = { address, 1 };

	said[0].addresses = said[1].addresses = addresses;
	ck_assert_uint_eq(devices_of(said, 2, false), 2);
}
END_TEST

START_TEST(an_mlag_pair_is_two_devices)
{
	/* They share an LACP system id, and a name up to its last letter. */
	struct model_neighbor said[] = {
		heard_lldp(chassis, "leaf1a", "Eth1/1"),
		heard_lldp(other_chassis, "leaf1b", "Eth1/1"),
	};

	ck_assert_uint_eq(devices_of(said, 2, false), 2);
}
END_TEST

START_TEST(the_order_of_claims_changes_nothing)
{
	struct model_neighbor said[] = {
		from_mac(heard_cdp("n9k(FDO21161ABC)", "Eth1/1"), port_a),
		from_mac(heard_lldp(port_b, "n9k", "Eth1/2"), port_b),
		from_mac(heard_lldp(port_a, "n9k", "Eth1/1"), port_a),
	};

	for (int turn = 0; turn < 3; turn++) {
		struct model_neighbor first = said[0];

		ck_assert_uint_eq(devices_of(said, 3, false), 1);
		said[0] = said[1];
		said[1] = said[2];
		said[2] = first;
	}
}
END_TEST

SUITE("identity", the_same_source_mac_on_one_nic_is_one_device,
    a_join_keeps_its_evidence, a_serial_joins_what_has_other_names,
    a_serial_of_zeros_joins_nobody, a_device_id_that_is_a_mac_is_the_chassis,
    a_nexus_with_a_chassis_id_per_port_is_one_device,
    two_of_one_name_with_different_chassis_stay_two,
    two_of_one_name_with_different_serials_stay_two, factory_names_join_nobody,
    one_management_address_joins_short_and_full_name,
    nameless_switches_with_one_factory_address_stay_two,
    an_mlag_pair_is_two_devices, the_order_of_claims_changes_nothing)
