#include "tests/bench/fleet/model.h"

#include <stdio.h>

#include "base/json.h"

enum {
	HOSTS_A_RACK = 24,
	REPLACED = 2,    /* machines of each revision */
	CABLE_EVERY = 8, /* revisions */
	TTL_S = 120
};

/* SplitMix64: a number that looks like any other for each that is asked for. */
static uint64_t
mix(uint64_t x)
{
	x += 0x9e3779b97f4a7c15u;
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
	x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
	return x ^ (x >> 31);
}

static uint64_t
mix3(uint64_t a, uint64_t b, uint64_t c)
{
	return mix(mix(mix(a) ^ b) ^ c);
}

void
fleet_id(uint32_t host, char out[static FLEET_ID_SIZE])
{
	(void)snprintf(out, FLEET_ID_SIZE, "%016llx%016llx",
	    (unsigned long long)mix3(host, 1, 0),
	    (unsigned long long)mix3(host, 2, 0));
}

/* How often the machine in this slot has been replaced: revision r replaces
 * the slots 2r-2 and 2r-1, counted round. */
static unsigned
generation(const struct fleet_host *h, unsigned slot)
{
	return (h->revision * REPLACED + FLEET_MACHINES - 1 - slot) /
	       FLEET_MACHINES;
}

void
fleet_machine(
    const struct fleet_host *h, unsigned slot, struct fleet_machine *out)
{
	static const char *const jobs[] = { "web", "db", "app", "cache", "mq",
		"build", "log", "dns" };
	unsigned at = generation(h, slot);
	uint64_t one = mix3(h->host, slot, at), two = mix(one);

	(void)snprintf(out->name, sizeof(out->name), "%s-%06u-%02u-%u",
	    jobs[one % 8], h->host, slot, at);
	(void)snprintf(out->uuid, sizeof(out->uuid),
	    "%08x-%04x-4%03x-8%03x-%012llx", (unsigned)(one >> 32),
	    (unsigned)(one >> 16) & 0xffff, (unsigned)one & 0xfff,
	    (unsigned)(two >> 48) & 0xfff,
	    (unsigned long long)(two & 0xffffffffffff));
	(void)snprintf(out->mac, sizeof(out->mac),
	    "52:%02x:%02x:%02x:%02x:%02x", (unsigned)(two >> 8) & 0xff,
	    (unsigned)(two >> 16) & 0xff, (unsigned)(two >> 24) & 0xff,
	    (unsigned)(two >> 32) & 0xff, (unsigned)two & 0xff);
	out->vlan = 100 + slot % FLEET_GROUPS * 10;
}

/* Each rack has two leaf switches, for two NICs each; a cable that was moved
 * is in one of the ports that are kept free for that. */
void
fleet_cable(const struct fleet_host *h, unsigned nic, struct fleet_cable *out)
{
	unsigned moves =
	    (h->revision / CABLE_EVERY + FLEET_NICS - 1 - nic) / FLEET_NICS;
	unsigned place = h->host % HOSTS_A_RACK;

	(void)snprintf(out->system, sizeof(out->system),
	    "leaf%05u%c.dc1.example.net", h->host / HOSTS_A_RACK,
	    nic % 2 ? 'b' : 'a');
	(void)snprintf(out->port, sizeof(out->port), "Ethernet%u/%u",
	    1 + moves % 2, 1 + place * 2 + nic / 2);
}

static void
add_head(struct json *j, const struct fleet_host *h, int64_t number)
{
	char digest[FLEET_DIGEST_SIZE];

	(void)snprintf(digest, sizeof(digest), "%016llx",
	    (unsigned long long)mix3(h->host, h->revision, 3));
	json_object_begin(j);
	json_add_number(j, "version", 1);
	json_add_number(j, "number", number);
	json_add_number(j, "sent_at", h->now);
	json_add_string(j, "digest", digest);
}

static void
add_host(struct json *j, const struct fleet_host *h)
{
	char text[FLEET_NAME_SIZE];
	char id[FLEET_ID_SIZE];

	json_name(j, "agent");
	json_object_begin(j);
	json_add_string(j, "version", "0.1.0");
	json_add_number(j, "started_at", 1790000000);
	json_object_end(j);
	fleet_id(h->host, id);
	json_name(j, "host");
	json_object_begin(j);
	json_add_string(j, "id", id);
	(void)snprintf(text, sizeof(text), "hv%06u", h->host);
	json_add_string(j, "name", text);
	json_add_string(j, "os", "Debian GNU/Linux 12 (bookworm)");
	json_add_string(j, "kernel", "6.1.0-18-amd64");
	json_add_string(j, "vendor", "Dell Inc.");
	json_add_string(j, "model", "PowerEdge R650");
	(void)snprintf(text, sizeof(text), "SN%08u", h->host);
	json_add_string(j, "serial", text);
	json_name(j, "addresses");
	json_array_begin(j);
	(void)snprintf(text, sizeof(text), "10.%u.%u.%u", h->host >> 16 & 255,
	    h->host >> 8 & 255, h->host & 255);
	json_string(j, text);
	json_array_end(j);
	json_object_end(j);
}

static void
add_id(struct json *j, const char *name, const char *type, const char *value)
{
	json_name(j, name);
	json_object_begin(j);
	json_add_string(j, "type", type);
	json_add_string(j, "value", value);
	json_object_end(j);
}

static void
add_neighbor(struct json *j, const struct fleet_host *h, unsigned nic)
{
	uint64_t one = mix3(h->host / HOSTS_A_RACK, nic % 2, 4);
	struct fleet_cable cable;
	char mac[18];

	fleet_cable(h, nic, &cable);
	json_object_begin(j);
	json_add_string(j, "protocol", "lldp");
	(void)snprintf(mac, sizeof(mac), "b8:ce:%02x:%02x:%02x:%02x",
	    (unsigned)one & 255, (unsigned)(one >> 8) & 255,
	    h->host % HOSTS_A_RACK, nic + 1);
	json_add_string(j, "source_mac", mac);
	json_add_string(j, "scope", "nearest-bridge");
	json_add_number(j, "ttl_s", TTL_S);
	mac[12] = mac[13] = mac[15] = mac[16] = '0';
	add_id(j, "chassis_id", "mac", mac);
	add_id(j, "port_id", "interface_name", cable.port);
	json_add_string(j, "port_description", "to a hypervisor");
	json_add_string(j, "system_name", cable.system);
	json_add_string(j, "system_description",
	    "Cisco Nexus Operating System (NX-OS) Software 9.3(9)");
	json_add_number(j, "pvid", 10);
	json_add_number(j, "max_frame", 9216);
	json_name(j, "management_addresses");
	json_array_begin(j);
	(void)snprintf(mac, sizeof(mac), "10.255.%u.%u",
	    h->host / HOSTS_A_RACK >> 7 & 255,
	    (h->host / HOSTS_A_RACK * 2 + nic % 2) & 255);
	json_string(j, mac);
	json_array_end(j);
	json_add_number(j, "first_heard", h->now - 5000);
	json_add_number(j, "last_heard", h->now - h->host % 30);
	json_add_number(j, "expires", h->now - h->host % 30 + TTL_S);
	json_add_number(j, "frames", h->revision + 1);
	json_object_end(j);
}

static void
add_nics(struct json *j, const struct fleet_host *h)
{
	json_name(j, "nics");
	json_array_begin(j);
	for (unsigned i = 0; i < FLEET_NICS; i++) {
		char name[FLEET_NAME_SIZE], mac[18];

		(void)snprintf(
		    name, sizeof(name), "ens%uf%u", 1 + i / 2, i % 2);
		(void)snprintf(mac, sizeof(mac), "04:3f:%02x:%02x:%02x:%02x",
		    h->host >> 16 & 255, h->host >> 8 & 255, h->host & 255, i);
		json_object_begin(j);
		json_add_string(j, "name", name);
		json_add_number(j, "ifindex", i + 2);
		json_add_string(j, "mac", mac);
		json_add_boolean(j, "up", true);
		json_add_boolean(j, "carrier", true);
		json_add_number(j, "speed_mbps", 25000);
		json_add_string(j, "duplex", "full");
		json_add_number(j, "mtu", 9000);
		json_add_string(j, "driver", "mlx5_core");
		json_add_boolean(j, "listening", true);
		json_name(j, "neighbors");
		json_array_begin(j);
		add_neighbor(j, h, i);
		json_array_end(j);
		json_object_end(j);
	}
	json_array_end(j);
	json_name(j, "links");
	json_array_begin(j);
	json_array_end(j);
}

static void
add_vswitches(struct json *j)
{
	json_name(j, "vswitches");
	json_array_begin(j);
	for (unsigned s = 0; s < 2; s++) {
		json_object_begin(j);
		json_add_string(j, "name", s ? "br-storage" : "br-prod");
		json_add_string(j, "kind", "openvswitch");
		json_name(j, "uplinks");
		json_array_begin(j);
		json_object_begin(j);
		json_add_string(j, "name", s ? "bond1" : "bond0");
		json_add_string(j, "kind", "bond");
		json_add_string(j, "mode", "balance-slb");
		json_name(j, "members");
		json_array_begin(j);
		for (unsigned k = 0; k < 2; k++) {
			json_object_begin(j);
			json_add_string(j, "nic",
			    s ? (k ? "ens2f1" : "ens2f0")
			      : (k ? "ens1f1" : "ens1f0"));
			json_add_string(j, "state", "active");
			json_object_end(j);
		}
		json_array_end(j);
		json_object_end(j);
		json_array_end(j);
		json_object_end(j);
	}
	json_array_end(j);
}

static void
add_inside(struct json *j, const struct fleet_host *h)
{
	char group[FLEET_NAME_SIZE], port[FLEET_NAME_SIZE];

	add_vswitches(j);
	json_name(j, "port_groups");
	json_array_begin(j);
	for (unsigned i = 0; i < FLEET_GROUPS; i++) {
		json_object_begin(j);
		json_add_string(j, "vswitch", i % 2 ? "br-storage" : "br-prod");
		(void)snprintf(group, sizeof(group), "tag %u", 100 + i * 10);
		json_add_string(j, "name", group);
		json_add_number(j, "vlan", 100 + i * 10);
		json_object_end(j);
	}
	json_array_end(j);
	json_name(j, "workloads");
	json_array_begin(j);
	for (unsigned i = 0; i < FLEET_MACHINES; i++) {
		struct fleet_machine m;

		fleet_machine(h, i, &m);
		json_object_begin(j);
		json_add_string(j, "id", m.uuid);
		json_add_string(j, "kind", "vm");
		json_add_string(j, "name", m.name);
		json_add_string(j, "uuid", m.uuid);
		json_add_string(j, "state", "running");
		json_add_string(j, "source", "libvirt");
		json_name(j, "vnics");
		json_array_begin(j);
		json_object_begin(j);
		(void)snprintf(port, sizeof(port), "vnet%u", i);
		json_add_string(j, "name", port);
		json_add_string(j, "mac", m.mac);
		json_add_string(j, "vswitch",
		    i % FLEET_GROUPS % 2 ? "br-storage" : "br-prod");
		(void)snprintf(group, sizeof(group), "tag %u", m.vlan);
		json_add_string(j, "port_group", group);
		json_add_boolean(j, "connected", true);
		json_object_end(j);
		json_array_end(j);
		json_object_end(j);
	}
	json_array_end(j);
}

void
fleet_report(struct buffer *out, const struct fleet_host *h, int64_t number)
{
	struct json j = json_over(out);

	add_head(&j, h, number);
	add_host(&j, h);
	add_nics(&j, h);
	add_inside(&j, h);
	json_object_end(&j);
}

void
fleet_heartbeat(struct buffer *out, const struct fleet_host *h, int64_t number)
{
	struct json j = json_over(out);
	char id[FLEET_ID_SIZE];

	add_head(&j, h, number);
	json_add_boolean(&j, "heartbeat", true);
	fleet_id(h->host, id);
	json_name(&j, "host");
	json_object_begin(&j);
	json_add_string(&j, "id", id);
	json_object_end(&j);
	json_object_end(&j);
}
