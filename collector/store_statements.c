#include "collector/store_statements.h"

#define HOST_COLUMNS "h.host_id, machine_id, digest, number, next_n, at, shift"

static const struct statement texts[STORE_STATEMENT_COUNT] = {
	[HOST_GET] = { "SELECT " HOST_COLUMNS
		       " FROM host h JOIN host_seen s USING (host_id)"
		       " WHERE h.host_id = $1",
	    "n" },
	[HOST_PUT] = { "INSERT INTO host"
		       " (host_id, machine_id, digest, number, next_n)"
		       " VALUES ($1, $2, $3, $4, $5)"
		       " ON CONFLICT (host_id) DO UPDATE SET"
		       " digest = excluded.digest, number = excluded.number,"
		       " next_n = excluded.next_n",
	    "nttnn" },
	[SEEN_PUT] = { "INSERT INTO host_seen (host_id, at, shift)"
		       " VALUES ($1, $2, $3)"
		       " ON CONFLICT (host_id) DO UPDATE SET"
		       " at = excluded.at, shift = excluded.shift",
	    "nnn" },
	[HOST_LIST] = { "SELECT " HOST_COLUMNS
			" FROM host h JOIN host_seen s USING (host_id)"
			" ORDER BY h.host_id",
	    "" },
	[CLAIM_LIST] = { "SELECT c.n, kind, key, facts, since, first_heard,"
			 " last_heard, expires, frames, dropped, malformed"
			 " FROM claim c JOIN heard h"
			 " ON h.host_id = c.host_id AND h.n = c.n"
			 " WHERE c.host_id = $1 AND until IS NULL"
			 " ORDER BY c.n",
	    "n" },
	[CLAIM_OPEN] = { "INSERT INTO claim"
			 " (host_id, n, kind, key, since, facts)"
			 " VALUES ($1, $2, $3, $4, $5, $6)",
	    "nnttnt" },
	[CLAIM_CLOSE] = { "UPDATE claim SET until = $1"
			  " WHERE host_id = $2 AND n = $3",
	    "nnn" },
	[HEARD_PUT] = { "INSERT INTO heard (host_id, n, first_heard,"
			" last_heard, expires, frames, dropped, malformed)"
			" VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
			" ON CONFLICT (host_id, n) DO UPDATE SET"
			" first_heard = excluded.first_heard,"
			" last_heard = excluded.last_heard,"
			" expires = excluded.expires, frames = excluded.frames,"
			" dropped = excluded.dropped,"
			" malformed = excluded.malformed",
	    "nnnnnnnn" },
	[FRAME_PUT] = { "INSERT INTO frame (host_id, n, octets)"
			" VALUES ($1, $2, $3)"
			" ON CONFLICT (host_id, n) DO UPDATE SET"
			" octets = excluded.octets"
			" WHERE frame.octets <> excluded.octets",
	    "nnt" },
	[FRAME_GET] = { "SELECT octets FROM frame"
			" WHERE host_id = $1 AND n = $2",
	    "nn" },
};

const struct statements store_statements = { texts, STORE_STATEMENT_COUNT };
