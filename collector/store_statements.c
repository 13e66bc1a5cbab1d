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

#define HOST_INTO "INSERT INTO host (" HOST_COLUMNS ")"
#define HOST_RENEW                                                             \
	" ON CONFLICT (host_id) DO UPDATE SET"                                 \
	" digest = excluded.digest, number = excluded.number,"                 \
	" next_n = excluded.next_n, seen_at = excluded.seen_at,"               \
	" shift = excluded.shift"
#define CLAIM_INTO "INSERT INTO claim (host_id, n, kind, since, key, facts)"
#define PAST_INTO                                                              \
	"INSERT INTO past (until, " HEARD_COLUMNS ","                          \
	" host_id, n, kind, since, key, facts, frame)"
#define HEARD_INTO "INSERT INTO heard (host_id, n, " HEARD_COLUMNS ")"
#define HEARD_RENEW                                                            \
	" ON CONFLICT (host_id, n) DO UPDATE SET"                              \
	" first_heard = excluded.first_heard,"                                 \
	" last_heard = excluded.last_heard, expires = excluded.expires,"       \
	" frames = excluded.frames, dropped = excluded.dropped,"               \
	" malformed = excluded.malformed"
#define FRAME_INTO "INSERT INTO frame (host_id, n, octets)"
#define FINDING_COLUMNS                                                        \
	"host_id, id, rule, about, opened_at, since, digest, document"
/* Of many rows: those that these arrays name. */
#define NAMED_ROWS " WHERE (host_id, n) IN (SELECT * FROM unnest($1, $2))"

static const struct statement texts[STORE_STATEMENT_COUNT] = {
	[HOST_GET] = { "SELECT " HOST_COLUMNS " FROM host WHERE host_id = $1",
	    .takes = "n" },
	/* Of many, the last of each host. */
	[HOST_PUT] = { HOST_INTO
	    " VALUES ($1, $2, $3, $4, $5, $6, $7)" HOST_RENEW,
	    .takes = "nttnnnn",
	    .many = HOST_INTO " SELECT DISTINCT ON (host_id) " HOST_COLUMNS
			      " FROM unnest($1, $2, $3, $4, $5, $6, $7)"
			      " WITH ORDINALITY AS v (" HOST_COLUMNS ", place)"
			      " ORDER BY host_id, place DESC" HOST_RENEW },
	/* In one order, so that no two hold what the other waits for. */
	[HOST_HOLD] = { "SELECT " HOST_COLUMNS
			" FROM host WHERE host_id = ANY ($1)"
			" ORDER BY host_id FOR UPDATE",
	    .takes = "a", .shared = true },
	[NOTICE_PUT] = { "SELECT pg_notify('demarc', $1)", .takes = "t",
	    .shared = true },
	/* Not worth waiting for the disk. */
	[NOTICE_PUT_ALONE] = { "SELECT set_config('synchronous_commit', 'off',"
			       " true), pg_notify('demarc', $1)",
	    .takes = "t", .shared = true },
	[HOST_LIST] = { "SELECT " HOST_COLUMNS " FROM host ORDER BY host_id",
	    .takes = "" },
	[CLAIM_LIST] = { "SELECT c.n, kind, since, key, facts, " HEARD_COLUMNS
			 " FROM claim c" WITH_HEARD
			 " WHERE c.host_id = $1 ORDER BY c.n",
	    .takes = "n" },
	[CLAIM_ALL] = { "SELECT n, kind, since, key, facts, host_id FROM claim"
			" WHERE host_id >= $1 AND host_id <= $2"
			" ORDER BY host_id, n",
	    .takes = "nn" },
	[HEARD_ALL] = { "SELECT host_id, n, " HEARD_COLUMNS " FROM heard"
			" WHERE host_id >= $1 AND host_id <= $2"
			" ORDER BY host_id, n",
	    .takes = "nn" },
	[CLAIM_OPENED] = { "SELECT c.n, kind, since, key, facts, " HEARD_COLUMNS
			   ", c.host_id FROM unnest($1, $2, $3)"
			   " AS v (host_id, least, most)"
			   " JOIN claim c ON c.host_id = v.host_id"
			   " AND c.n >= v.least AND c.n < v.most" WITH_HEARD
			   " ORDER BY c.host_id, c.n",
	    .takes = "aaa", .shared = true },
	[CLAIM_OPEN] = { CLAIM_INTO " VALUES ($1, $2, $3, $4, $5, $6)",
	    .takes = "nnnnoo",
	    .many =
		CLAIM_INTO " SELECT * FROM unnest($1, $2, $3, $4, $5, $6)" },
	[HEARD_PUT] = { HEARD_INTO
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)" HEARD_RENEW,
	    .takes = "nnnnnnnn",
	    .many = HEARD_INTO
	    " SELECT DISTINCT ON (host_id, n) host_id, n, " HEARD_COLUMNS
	    " FROM unnest($1, $2, $3, $4, $5, $6, $7, $8)"
	    " WITH ORDINALITY AS v (host_id, n, " HEARD_COLUMNS ", place)"
	    " ORDER BY host_id, n, place DESC" HEARD_RENEW },
	[FRAME_PUT] = { FRAME_INTO " VALUES ($1, $2, $3)", .takes = "nno",
	    .many = FRAME_INTO " SELECT * FROM unnest($1, $2, $3)" },
	[FRAME_GET] = { "SELECT octets FROM frame"
			" WHERE host_id = $1 AND n = $2",
	    .takes = "nn" },
	[CLAIM_CLOSE] = { PAST_INTO
	    " SELECT $1, $2, $3, $4, $5, $6, $7, c.host_id, c.n,"
	    " kind, since, key, facts, octets"
	    " FROM claim c LEFT JOIN frame f"
	    " ON f.host_id = c.host_id AND f.n = c.n"
	    " WHERE c.host_id = $8 AND c.n = $9",
	    .takes = "nnnnnnnnn",
	    .many =
		PAST_INTO " SELECT until, " HEARD_COLUMNS ", c.host_id, c.n,"
			  " kind, since, key, facts, octets"
			  " FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9)"
			  " AS v (until, " HEARD_COLUMNS ", host_id, n)"
			  " JOIN claim c ON c.host_id = v.host_id AND c.n = v.n"
			  " LEFT JOIN frame f"
			  " ON f.host_id = c.host_id AND f.n = c.n" },
	[CLAIM_DROP] = { "DELETE FROM claim WHERE host_id = $1 AND n = $2",
	    .takes = "nn", .many = "DELETE FROM claim" NAMED_ROWS },
	[HEARD_DROP] = { "DELETE FROM heard WHERE host_id = $1 AND n = $2",
	    .takes = "nn", .many = "DELETE FROM heard" NAMED_ROWS },
	[FRAME_DROP] = { "DELETE FROM frame WHERE host_id = $1 AND n = $2",
	    .takes = "nn", .many = "DELETE FROM frame" NAMED_ROWS },
	[HISTORY_AT] = { OPEN_CLAIMS " WHERE since <= $1 UNION ALL " PAST_CLAIMS
				     " WHERE until > $2 AND since <= $3"
				     " ORDER BY 12, 1",
	    .takes = "nnn" },
	[HISTORY_ENDED] = { PAST_CLAIMS " WHERE until >= $1 AND until < $2"
					" ORDER BY until, host_id, n",
	    .takes = "nn" },
	[HISTORY_BEGUN] = { OPEN_CLAIMS " WHERE since >= $1 AND since < $2"
					" UNION ALL " PAST_CLAIMS
					" WHERE until >= $3 AND since >= $4"
					" AND since < $5"
					" ORDER BY 3, 12, 1",
	    .takes = "nnnnn" },
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
	    .takes = "nnnnnnnnnnnnn" },
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
	    .takes = "nnnnnnnnnnnnnn" },
	[SILENCE_LIST] = { "SELECT host_id, since, until FROM silence"
			   " WHERE until > $1 AND since < $2"
			   " ORDER BY until, host_id",
	    .takes = "nn" },
	[SILENCE_PUT] = { "INSERT INTO silence (until, host_id, since)"
			  " VALUES ($1, $2, $3)"
			  " ON CONFLICT (until, host_id) DO UPDATE SET"
			  " since = excluded.since",
	    .takes = "nnn" },
	[KEPT_GET] = { "SELECT since, alive_at FROM history WHERE one = 1",
	    .takes = "" },
	[KEPT_PUT] = { "INSERT INTO history (one, since, alive_at)"
		       " VALUES (1, $1, $2)"
		       " ON CONFLICT (one) DO UPDATE SET"
		       " alive_at = excluded.alive_at",
	    .takes = "nn" },
	[KEPT_SINCE] = { "UPDATE history SET since = $1"
			 " WHERE one = 1 AND since <= $2",
	    .takes = "nn" },
	[PAST_EDGE] = { "SELECT until FROM past ORDER BY until, host_id, n"
			" LIMIT 1 OFFSET $1",
	    .takes = "n" },
	[PAST_FORGET] = { "DELETE FROM past WHERE (until, host_id, n) IN"
			  " (SELECT until, host_id, n FROM past"
			  " WHERE until <= $1 ORDER BY until, host_id, n"
			  " LIMIT $2)",
	    .takes = "nn" },
	[SILENCE_FORGET] = { "DELETE FROM silence WHERE (until, host_id) IN"
			     " (SELECT until, host_id FROM silence"
			     " WHERE until <= $1 ORDER BY until, host_id"
			     " LIMIT $2)",
	    .takes = "nn" },
	/* Whoever shares the database may have told the same before. */
	[FINDING_OPEN] = { "INSERT INTO finding (" FINDING_COLUMNS ")"
			   " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
			   " ON CONFLICT (host_id, id) DO NOTHING",
	    .takes = "nnttnnnt" },
	[FINDING_PAST] = { "INSERT INTO finding_past (until, "
			   "closed, " FINDING_COLUMNS
			   ") SELECT $1, $2, " FINDING_COLUMNS
			   " FROM finding WHERE host_id = $3 AND id = $4"
			   " AND (digest <> $5 OR $6 = 1)"
			   " ON CONFLICT (until, host_id, id) DO NOTHING",
	    .takes = "nnnnnn" },
	[FINDING_RENEW] = { "UPDATE finding SET since = $1, digest = $2,"
			    " document = $3 WHERE host_id = $4 AND id = $5"
			    " AND digest <> $6",
	    .takes = "nntnnn" },
	[FINDING_DROP] = { "DELETE FROM finding WHERE host_id = $1"
			   " AND id = $2",
	    .takes = "nn" },
	[FINDING_LIST] = { "SELECT " FINDING_COLUMNS " FROM finding"
			   " ORDER BY host_id, id",
	    .takes = "" },
	[FINDING_AT] = { "SELECT " FINDING_COLUMNS " FROM finding"
			 " WHERE since <= $1"
			 " UNION ALL SELECT " FINDING_COLUMNS
			 " FROM finding_past WHERE until > $2 AND since <= $3"
			 " ORDER BY 1, 2",
	    .takes = "nnn" },
	[FINDING_FORGET] = { "DELETE FROM finding_past"
			     " WHERE (until, host_id, id) IN"
			     " (SELECT until, host_id, id FROM finding_past"
			     " WHERE until <= $1 ORDER BY until, host_id, id"
			     " LIMIT $2)",
	    .takes = "nn" },
	[ACK_PUT] = { "INSERT INTO finding_ack"
		      " (host_id, id, at, who, note, until)"
		      " VALUES ($1, $2, $3, $4, $5, $6)"
		      " ON CONFLICT (host_id, id, at) DO UPDATE SET"
		      " who = excluded.who, note = excluded.note,"
		      " until = excluded.until",
	    .takes = "nnnttn" },
	[ACK_LIST] = { "SELECT host_id, id, at, who, note, until"
		       " FROM finding_ack WHERE at >= $1 AND at <= $2"
		       " ORDER BY at",
	    .takes = "nn" },
	/* What is open keeps who knows of it. */
	[ACK_FORGET] = { "DELETE FROM finding_ack WHERE (host_id, id, at) IN"
			 " (SELECT a.host_id, a.id, a.at FROM finding_ack a"
			 " WHERE a.at <= $1 AND NOT EXISTS"
			 " (SELECT 1 FROM finding f"
			 " WHERE f.host_id = a.host_id AND f.id = a.id)"
			 " LIMIT $2)",
	    .takes = "nn" },
};

const struct statements store_statements = { texts, STORE_STATEMENT_COUNT };
