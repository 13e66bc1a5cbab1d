/*
 * ovsdb.h - a session with Open vSwitch's database: asks once, then is told.
 *
 *	db.sock -> [ovsdb] -> ovs
 *
 * Monitors the tables it is given, answers echoes, writes nothing.  A session
 * that ends, says nonsense or does not answer is begun again, later and later;
 * at once when the socket appears anew.  The opener connects, since the socket
 * is root's.
 *
 * Memory:  ovsdb_new/ovsdb_free.  A document is lent for the call.
 * Errors:  logged when the state changes, once each.
 * Units:   milliseconds.
 * Source:  RFC 7047; ovsdb-server(7).
 */
#ifndef AGENT_OVSDB_H
#define AGENT_OVSDB_H

#include "agent/opener.h"
#include "base/json_read.h"
#include "base/loop.h"

enum {
	/* 8192 interfaces take 4 MB at most with the columns that we ask. */
	OVSDB_TEXT_MOST = 8 << 20,
	/* Of each interface libvirt and Neutron make some 40. */
	OVSDB_VALUES_MOST = 8192 * 50
};

struct ovsdb;

struct ovsdb_settings {
	struct loop *loop;
	const char *path;
	struct opener *opener; /* NULL: we connect with the rights we have */
	/* Tables, each with its columns as a JSON array. */
	const char *const (*questions)[2];
	int question_count;
	/* <table-updates>; false: they make no sense, end the session. */
	bool (*take)(void *owner, const struct json_value *tables);
	/* What was told before holds no more. */
	void (*forget)(void *owner);
	void *owner;
};

MUST_USE enum status ovsdb_new(
    const struct ovsdb_settings *settings, struct ovsdb **out_ovsdb);
void ovsdb_free(struct ovsdb *ovsdb);

bool ovsdb_is_open(const struct ovsdb *ovsdb);

/* Is it there, or was, and does not answer? */
bool ovsdb_is_missed(const struct ovsdb *ovsdb);

#endif
