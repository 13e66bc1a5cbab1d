#include "collector/store_statements.h"

#define HOST_COLUMNS                                                           \
	"host_id, machine_id, digest, number, next_n, seen_at, shift"
#define HEARD_COLUMNS                                                          \
	"first_heard, last_heard, expires, frames, dropped, malformed"
/* NICs, neighbors and VLANs: what may have been heard. */
#define WITH_HEARD                                                             \
	" LEFT JOIN heard h ON h.host_id = c.host_id AND"                      \
	" h.n = CASE WHEN c.kind IN (1, 3, 7) THEN c.n END"

/* What is still said ends in 2^63 - 1. */
#define OPEN_CLAIMS                                                            \
	"SELECT c.n, kind, since, key, facts, " HEARD_COLUMNS                  \
	", c.host_id, 9223372036854775807 FROM claim c" WITH_HEARD
#define PAST_CLAIMS                                                            \
	"SELECT n, kind, since, key, facts, " HEARD_COLUMNS                    \
	", host_id, until FROM past"

static const struct statement texts[STORE_STATEMENT_COUNT] = {
	[HOST_GET] = { "SELECT " HOST_COLUMNS " FROM host WHERE host_id = $1",
	    "n" },
	[HOST_PUT] = { "INSERT INTO host (" HOST_COLUMNS ")"
		       " VALUES ($1, $2, $3, $4, $5, $6, $7)"
		       " ON CONFLICT (host_id) DO UPDATE SET"
		       " digest = excluded.digest, number = excluded.number,"
		       " next_n = excluded.next_n, seen_at = excluded.seen_at,"
		       " shift = excluded.shift",
	    "nttnnnn" },
	/* In one order, so that no two hold what the other waits for. */
	[HOST_HOLD] = { "SELECT " HOST_COLUMNS
			" FROM host WHERE host_id = ANY ($1)"
			" ORDER BY host_id FOR UPDATE",
	    "a", true },
	[NOTICE_PUT] = { "SELECT pg_notify('demarc', $1)", "t", true },
	/* Not worth waiting for the disk. */
	[NOTICE_PUT_ALONE] = { "SELECT set_config('synchronous_commit', 'off',"
			       " true), pg_notify('demarc', $1)",
	    "t", true },
	[HOST_LIST] = { "SELECT " HOST_COLUMNS " FROM host ORDER BY host_id",
	    "" },
	[CLAIM_LIST] = { "SELECT c.n, kind, since, key, facts, " HEARD_COLUMNS
			 " FROM claim c" WITH_HEARD
			 " WHERE c.host_id = $1 ORDER BY c.n",
	    "n" },
	[CLAIM_OPEN] = { "INSERT INTO claim"
			 " (host_id, n, kind, since, key, facts)"
			 " VALUES ($1, $2, $3, $4, $5, $6)",
	    "nnnnoo" },
	[CLAIM_CLOSE] = { "INSERT INTO past (until, " HEARD_COLUMNS ","
			  " host_id, n, kind, since, key, facts, frame)"
			  " SELECT $1, $2, $3, $4, $5, $6, $7, c.host_id, c.n,"
			  " kind, since, key, facts, octets"
			  " FROM claim c LEFT JOIN frame f"
			  " ON f.host_id = c.host_id AND f.n = c.n"
			  " WHERE c.host_id = $8 AND c.n = $9",
	    "nnnnnnnnn" },
	[CLAIM_DROP] = { "DELETE FROM claim WHERE host_id = $1 AND n = $2",
	    "nn" },
	[HEARD_PUT] = { "INSERT INTO heard (host_id, n, " HEARD_COLUMNS ")"
			" VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
			" ON CONFLICT (host_id, n) DO UPDATE SET"
			" first_heard = excluded.first_heard,"
			" last_heard = excluded.last_heard,"
			" expires = excluded.expires, frames = excluded.frames,"
			" dropped = excluded.dropped,"
			" malformed = excluded.malformed",
	    "nnnnnnnn" },
	[HEARD_DROP] = { "DELETE FROM heard WHERE host_id = $1 AND n = $2",
	    "nn" },
	[FRAME_PUT] = { "INSERT INTO frame (host_id, n, octets)"
			" VALUES ($1, $2, $3)",
	    "nno" },
	[FRAME_GET] = { "SELECT octets FROM frame"
			" WHERE host_id = $1 AND n = $2",
	    "nn" },
	[FRAME_DROP] = { "DELETE FROM frame WHERE host_id = $1 AND n = $2",
	    "nn" },
	[HISTORY_AT] = { OPEN_CLAIMS " WHERE since <= $1 UNION ALL " PAST_CLAIMS
				     " WHERE until > $2 AND since <= $3"
				     " ORDER BY 12, 1",
	    "nnn" },
	[HISTORY_ENDED] = { PAST_CLAIMS " WHERE until >= $1 AND until < $2"
					" ORDER BY until, host_id, n",
	    "nn" },
	[HISTORY_BEGUN] = { OPEN_CLAIMS " WHERE since >= $1 AND since < $2"
					" UNION ALL " PAST_CLAIMS
					" WHERE until >= $3 AND since >= $4"
					" AND since < $5"
					" ORDER BY 3, 12, 1",
	    "nnnnn" },
	[SPAN_MOMENTS] = { "SELECT moment, COUNT(*) FROM"
			   " (SELECT since AS moment FROM claim WHERE since >= "
			   "$1"
			   " AND since < $2 AND host_id >= $3 AND host_id <= $4"
			   " UNION ALL SELECT until FROM past WHERE until >= $5"
			   " AND until < $6 AND host_id >= $7 AND host_id <= $8"
			   " UNION ALL SELECT since FROM past WHERE until >= $9"
			   " AND since >= $10 AND since < $11"
			   " AND host_id >= $12 AND host_id <= $13) AS m"
			   " GROUP BY moment ORDER BY moment DESC",
	    "nnnnnnnnnnnnn" },
	/* Kind 0 is the host: it tells what is new. */
	[SPAN_CLAIMS] = { OPEN_CLAIMS " WHERE since >= $1 AND since < $2"
				      " AND c.host_id >= $3 AND c.host_id <= $4"
				      " AND (kind = 0 OR kind >= $5)"
				      " AND kind <= $6"
				      " UNION ALL " PAST_CLAIMS
				      " WHERE until >= $7"
				      " AND (until < $8 OR since >= $9)"
				      " AND since < $10"
				      " AND host_id >= $11 AND host_id <= $12"
				      " AND (kind = 0 OR kind >= $13)"
				      " AND kind <= $14",
	    "nnnnnnnnnnnnnn" },
	[SILENCE_LIST] = { "SELECT host_id, since, until FROM silence"
			   " WHERE until > $1 AND since < $2"
			   " ORDER BY until, host_id",
	    "nn" },
	[SILENCE_PUT] = { "INSERT INTO silence (until, host_id, since)"
			  " VALUES ($1, $2, $3)"
			  " ON CONFLICT (until, host_id) DO UPDATE SET"
			  " since = excluded.since",
	    "nnn" },
	[KEPT_GET] = { "SELECT since, alive_at FROM history WHERE one = 1",
	    "" },
	[KEPT_PUT] = { "INSERT INTO history (one, since, alive_at)"
		       " VALUES (1, $1, $2)"
		       " ON CONFLICT (one) DO UPDATE SET"
		       " alive_at = excluded.alive_at",
	    "nn" },
	[KEPT_SINCE] = { "UPDATE history SET since = $1"
			 " WHERE one = 1 AND since < $2",
	    "nn" },
	[PAST_EDGE] = { "SELECT until FROM past ORDER BY until, host_id, n"
			" LIMIT 1 OFFSET $1",
	    "n" },
	[PAST_FORGET] = { "DELETE FROM past WHERE (until, host_id, n) IN"
			  " (SELECT until, host_id, n FROM past"
			  " WHERE until <= $1 ORDER BY until, host_id, n"
			  " LIMIT $2)",
	    "nn" },
	[SILENCE_FORGET] = { "DELETE FROM silence WHERE (until, host_id) IN"
			     " (SELECT until, host_id FROM silence"
			     " WHERE until <= $1 ORDER BY until, host_id"
			     " LIMIT $2)",
	    "nn" },
};

const struct statements store_statements = { texts, STORE_STATEMENT_COUNT };
