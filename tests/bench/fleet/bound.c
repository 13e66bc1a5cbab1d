#include "tests/bench/fleet/bound.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

#include "tests/bench/fleet/model.h"

static const char no_journal[] =
    "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF";
/* Grows, so that its size tells what was written. */
static const char endless_log[] =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;"
    "PRAGMA wal_autocheckpoint = 0";
static const char schema[] =
    "CREATE TABLE host (host INTEGER PRIMARY KEY, machine TEXT UNIQUE,"
    " name TEXT, facts TEXT);"
    "CREATE TABLE nic (host INTEGER, n INTEGER, name TEXT, mac TEXT,"
    " facts TEXT, PRIMARY KEY (host, n)) WITHOUT ROWID;"
    "CREATE TABLE neighbor (host INTEGER, n INTEGER, nic INTEGER,"
    " system TEXT, port TEXT, facts TEXT, PRIMARY KEY (host, n))"
    " WITHOUT ROWID;"
    "CREATE TABLE vswitch (host INTEGER, n INTEGER, name TEXT, facts TEXT,"
    " PRIMARY KEY (host, n)) WITHOUT ROWID;"
    "CREATE TABLE port_group (host INTEGER, n INTEGER, vswitch INTEGER,"
    " name TEXT, vlan INTEGER, PRIMARY KEY (host, n)) WITHOUT ROWID;"
    "CREATE TABLE machine (host INTEGER, n INTEGER, name TEXT, uuid TEXT,"
    " facts TEXT, PRIMARY KEY (host, n)) WITHOUT ROWID;"
    "CREATE TABLE vnic (host INTEGER, n INTEGER, machine INTEGER, name TEXT,"
    " mac TEXT, port_group INTEGER, PRIMARY KEY (host, n)) WITHOUT ROWID;"
    "CREATE INDEX nic_mac ON nic (mac);"
    "CREATE INDEX neighbor_port ON neighbor (system, port);"
    "CREATE INDEX machine_name ON machine (name);"
    "CREATE INDEX machine_uuid ON machine (uuid);"
    "CREATE INDEX vnic_mac ON vnic (mac)";

enum { HOST, NIC, NEIGHBOR, VSWITCH, GROUP, MACHINE, VNIC, TABLES };
static const char *const inserts[TABLES] = {
	"INSERT INTO host VALUES (?1, ?2, ?3, ?4)",
	"INSERT INTO nic VALUES (?1, ?2, ?3, ?4, ?5)",
	"INSERT INTO neighbor VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
	"INSERT INTO vswitch VALUES (?1, ?2, ?3, ?4)",
	"INSERT INTO port_group VALUES (?1, ?2, ?3, ?4, ?5)",
	"INSERT INTO machine VALUES (?1, ?2, ?3, ?4, ?5)",
	"INSERT INTO vnic VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
};

struct rows {
	uint32_t host;
	char machine_id[FLEET_ID_SIZE];
	struct fleet_cable cables[FLEET_NICS];
	struct fleet_machine machines[FLEET_MACHINES];
};

struct bulk {
	sqlite3 *database;
	sqlite3_stmt *statements[TABLES];
};

static void
check(struct bulk *b, int result, int expected)
{
	if (result == expected)
		return;
	fprintf(stderr, "fleet: %s\n", sqlite3_errmsg(b->database));
	exit(1);
}

static sqlite3_stmt *
begin_row(struct bulk *b, int table, const struct rows *r, int n)
{
	sqlite3_stmt *s = b->statements[table];

	(void)sqlite3_bind_int64(s, 1, r->host);
	if (table != HOST)
		(void)sqlite3_bind_int(s, 2, n);
	return s;
}

static void
bind_text(sqlite3_stmt *s, int at, const char *text)
{
	(void)sqlite3_bind_text(s, at, text, -1, SQLITE_STATIC);
}

static void
end_row(struct bulk *b, sqlite3_stmt *s)
{
	check(b, sqlite3_step(s), SQLITE_DONE);
	(void)sqlite3_reset(s);
}

static void
insert_nics(struct bulk *b, const struct rows *r)
{
	static const char facts[] =
	    "{\"ifindex\":2,\"up\":true,\"carrier\":true,\"speed_mbps\":25000,"
	    "\"duplex\":\"full\",\"mtu\":9000,\"driver\":\"mlx5_core\","
	    "\"listening\":true}";

	for (int i = 0; i < FLEET_NICS; i++) {
		sqlite3_stmt *s = begin_row(b, NIC, r, i);

		bind_text(s, 3, "ens1f0");
		bind_text(s, 4, r->machines[i].mac);
		bind_text(s, 5, facts);
		end_row(b, s);
		s = begin_row(b, NEIGHBOR, r, i);
		(void)sqlite3_bind_int(s, 3, i);
		bind_text(s, 4, r->cables[i].system);
		bind_text(s, 5, r->cables[i].port);
		bind_text(s, 6,
		    "{\"protocol\":\"lldp\",\"source_mac\":"
		    "\"b8:ce:f6:00:00:01\",\"scope\":\"nearest-bridge\","
		    "\"ttl_s\":120,\"chassis_id\":{\"type\":\"mac\",\"value\":"
		    "\"b8:ce:f6:00:00:00\"},\"port_description\":\"to a "
		    "hypervisor\",\"system_description\":\"Cisco Nexus "
		    "Operating System (NX-OS) Software 9.3(9)\",\"pvid\":10,"
		    "\"max_frame\":9216,\"management_addresses\":"
		    "[\"10.255.0.1\"]}");
		end_row(b, s);
	}
}

static void
insert_inside(struct bulk *b, const struct rows *r)
{
	sqlite3_stmt *s;

	for (int i = 0; i < 2; i++) {
		s = begin_row(b, VSWITCH, r, i);
		bind_text(s, 3, "br-prod");
		bind_text(s, 4,
		    "{\"kind\":\"openvswitch\",\"uplinks\":[{\"name\":"
		    "\"bond0\","
		    "\"kind\":\"bond\",\"mode\":\"balance-slb\",\"members\":"
		    "[{\"nic\":\"ens1f0\",\"state\":\"active\"},{\"nic\":"
		    "\"ens1f1\",\"state\":\"active\"}]}]}");
		end_row(b, s);
	}
	for (int i = 0; i < FLEET_GROUPS; i++) {
		s = begin_row(b, GROUP, r, i);
		(void)sqlite3_bind_int(s, 3, i % 2);
		bind_text(s, 4, "tag 140");
		(void)sqlite3_bind_int(s, 5, 140);
		end_row(b, s);
	}
	for (int i = 0; i < FLEET_MACHINES; i++) {
		s = begin_row(b, MACHINE, r, i);
		bind_text(s, 3, r->machines[i].name);
		bind_text(s, 4, r->machines[i].uuid);
		bind_text(s, 5,
		    "{\"kind\":\"vm\",\"state\":\"running\",\"source\":"
		    "\"libvirt\"}");
		end_row(b, s);
		s = begin_row(b, VNIC, r, i);
		(void)sqlite3_bind_int(s, 3, i);
		bind_text(s, 4, "vnet0");
		bind_text(s, 5, r->machines[i].mac);
		(void)sqlite3_bind_int(s, 6, i % FLEET_GROUPS);
		end_row(b, s);
	}
}

static void
insert_host(struct bulk *b, const struct rows *r)
{
	sqlite3_stmt *s = begin_row(b, HOST, r, 0);

	bind_text(s, 2, r->machine_id);
	bind_text(s, 3, "hv000001");
	bind_text(s, 4,
	    "{\"os\":\"Debian GNU/Linux 12 (bookworm)\",\"kernel\":"
	    "\"6.1.0-18-amd64\",\"vendor\":\"Dell Inc.\",\"model\":"
	    "\"PowerEdge R650\",\"serial\":\"SN00000001\","
	    "\"addresses\":[\"10.0.0.1\"]}");
	end_row(b, s);
	insert_nics(b, r);
	insert_inside(b, r);
}

static double
processor_us(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static void
fill(struct rows *r, uint32_t host, uint32_t revision)
{
	struct fleet_host h = { .host = host, .revision = revision };

	r->host = host;
	fleet_id(host, r->machine_id);
	for (unsigned i = 0; i < FLEET_NICS; i++)
		fleet_cable(&h, i, &r->cables[i]);
	for (unsigned i = 0; i < FLEET_MACHINES; i++)
		fleet_machine(&h, i, &r->machines[i]);
}

static void
run_text(struct bulk *b, const char *text)
{
	check(b, sqlite3_exec(b->database, text, NULL, NULL, NULL), SQLITE_OK);
}

static void
begin_bulk(struct bulk *b, const char *path, const char *journal)
{
	check(b, sqlite3_open(path, &b->database), SQLITE_OK);
	run_text(b, journal);
	run_text(b, schema);
	for (int i = 0; i < TABLES; i++)
		check(b,
		    sqlite3_prepare_v2(
			b->database, inserts[i], -1, &b->statements[i], NULL),
		    SQLITE_OK);
}

static void
end_bulk(struct bulk *b)
{
	for (int i = 0; i < TABLES; i++)
		(void)sqlite3_finalize(b->statements[i]);
	(void)sqlite3_close(b->database);
}

double
bound_bulk_insert_us(const char *path, uint32_t hosts)
{
	static struct rows rows[64];
	struct bulk b = { .database = NULL };
	double spent = 0, begun;

	begin_bulk(&b, path, no_journal);
	run_text(&b, "BEGIN");
	for (uint32_t at = 0; at < hosts; at += 64) {
		for (uint32_t i = 0; i < 64; i++)
			fill(&rows[i], at + i, 0);
		begun = processor_us();
		for (uint32_t i = 0; i < 64; i++)
			insert_host(&b, &rows[i]);
		spent += processor_us() - begun;
	}
	begun = processor_us();
	run_text(&b, "COMMIT");
	spent += processor_us() - begun;
	end_bulk(&b);
	return spent / ((hosts + 63) / 64 * 64);
}

static void
replace_host(struct bulk *b, uint32_t host, uint32_t revision)
{
	static const char *const tables[TABLES] = { "host", "nic", "neighbor",
		"vswitch", "port_group", "machine", "vnic" };
	char text[64];
	struct rows r;

	for (int i = 0; i < TABLES; i++) {
		(void)snprintf(text, sizeof(text),
		    "DELETE FROM %s WHERE host = %u", tables[i], host);
		run_text(b, text);
	}
	fill(&r, host, revision);
	insert_host(b, &r);
}

double
bound_replace_octets(
    const char *path, uint32_t hosts, const struct bound_changes *changes)
{
	struct bulk b = { .database = NULL };
	struct stat log;
	char name[512];
	struct rows r;

	begin_bulk(&b, path, endless_log);
	run_text(&b, "BEGIN");
	for (uint32_t i = 0; i < hosts; i++) {
		fill(&r, i, 0);
		insert_host(&b, &r);
	}
	run_text(&b, "COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
	for (uint32_t i = 0; i < changes->reports; i++) {
		if (i % changes->together == 0)
			run_text(&b, "BEGIN");
		replace_host(&b, bound_changed_host(hosts, i), 1);
		if (i % changes->together == changes->together - 1 ||
		    i == changes->reports - 1)
			run_text(&b, "COMMIT");
	}
	(void)snprintf(name, sizeof(name), "%s-wal", path);
	if (stat(name, &log) != 0)
		log.st_size = 0;
	end_bulk(&b);
	return (double)log.st_size / changes->reports;
}
