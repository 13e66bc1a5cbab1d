-- What is said now apart from what was said, and all of it in fewer octets.
--
-- A report changes little of what its host says.  So the claims that hold now
-- stand together, host by host, with no index beside their key: the model in
-- memory knows which claim is which.  What is closed moves to past, in the
-- order of its end: it is written behind all others, and history that is too
-- old is the begin of the table.
--
-- key and facts are in shorthand (collector/shorthand.h): shorthand(text, key)
-- and base64_octets(text) are functions of whoever runs this file.

CREATE TABLE host_5 (
    host_id     INTEGER PRIMARY KEY,
    machine_id  TEXT NOT NULL,     -- its first 63 bits are host_id
    digest      TEXT NOT NULL,     -- of the last full report taken
    number      INTEGER NOT NULL,  -- of the last report or heartbeat taken
    next_n      INTEGER NOT NULL,  -- the n of the next claim of this host
    seen_at     INTEGER NOT NULL,  -- when it last spoke, by our clock
    shift       INTEGER NOT NULL   -- from its clock to ours; 0: they agree
);

-- kind: 0 host, 1 NIC, 2 link, 3 neighbor, 4 virtual switch, 5 port group,
-- 6 workload, 7 VLAN that was heard.
CREATE TABLE claim_5 (
    host_id     INTEGER NOT NULL,
    n           INTEGER NOT NULL,
    kind        INTEGER NOT NULL,
    since       INTEGER NOT NULL,
    key         BLOB NOT NULL,     -- which thing of its kind in this host
    facts       BLOB NOT NULL,     -- a JSON object, as schema/report.json says
    PRIMARY KEY (host_id, n)
) WITHOUT ROWID;

-- What is volatile in a claim, where anything is; NULL: not said.
CREATE TABLE heard_5 (
    host_id     INTEGER NOT NULL,
    n           INTEGER NOT NULL,
    first_heard INTEGER,
    last_heard  INTEGER,
    expires     INTEGER,
    frames      INTEGER,
    dropped     INTEGER,
    malformed   INTEGER,
    PRIMARY KEY (host_id, n)
) WITHOUT ROWID;

-- The raw frame that a claim was read from: the evidence.
CREATE TABLE frame_5 (
    host_id     INTEGER NOT NULL,
    n           INTEGER NOT NULL,
    octets      BLOB NOT NULL,
    PRIMARY KEY (host_id, n)
) WITHOUT ROWID;

-- A claim that was true in [since, until), with all that belonged to it.
CREATE TABLE past (
    until       INTEGER NOT NULL,
    host_id     INTEGER NOT NULL,
    n           INTEGER NOT NULL,
    kind        INTEGER NOT NULL,
    since       INTEGER NOT NULL,
    key         BLOB NOT NULL,
    facts       BLOB NOT NULL,
    first_heard INTEGER,
    last_heard  INTEGER,
    expires     INTEGER,
    frames      INTEGER,
    dropped     INTEGER,
    malformed   INTEGER,
    frame       BLOB,
    PRIMARY KEY (until, host_id, n)
) WITHOUT ROWID;

-- From 'since' to 'until' nothing came from the host.  Host 0: nobody could
-- have heard any, since no collector ran.
CREATE TABLE silence (
    until       INTEGER NOT NULL,
    host_id     INTEGER NOT NULL,
    since       INTEGER NOT NULL,
    PRIMARY KEY (until, host_id)
) WITHOUT ROWID;

-- Since when history is kept, and when a collector last ran.  One row.
CREATE TABLE history (
    one         INTEGER PRIMARY KEY CHECK (one = 1),
    since       INTEGER NOT NULL,
    alive_at    INTEGER NOT NULL
);

INSERT INTO host_5 (host_id, machine_id, digest, number, next_n, seen_at,
        shift)
    SELECT h.host_id, machine_id, digest, number, next_n, at, shift
    FROM host h JOIN host_seen s ON s.host_id = h.host_id;

CREATE TABLE kind_5 (name TEXT PRIMARY KEY, kind INTEGER NOT NULL);
INSERT INTO kind_5 (name, kind) VALUES ('host', 0), ('nic', 1), ('link', 2),
    ('neighbor', 3), ('vswitch', 4), ('port_group', 5), ('workload', 6),
    ('heard_vlan', 7);

INSERT INTO claim_5 (host_id, n, kind, since, key, facts)
    SELECT host_id, n, k.kind, since, shorthand(key, ''),
        shorthand(facts, key)
    FROM claim c JOIN kind_5 k ON k.name = c.kind
    WHERE until IS NULL ORDER BY host_id, n;

INSERT INTO heard_5 (host_id, n, first_heard, last_heard, expires, frames,
        dropped, malformed)
    SELECT h.host_id, h.n, nullif(first_heard, -1), nullif(last_heard, -1),
        nullif(expires, -1), nullif(frames, -1), nullif(dropped, -1),
        nullif(malformed, -1)
    FROM heard h JOIN claim_5 c ON c.host_id = h.host_id AND c.n = h.n
    WHERE max(first_heard, last_heard, expires, frames, dropped,
        malformed) >= 0
    ORDER BY h.host_id, h.n;

INSERT INTO frame_5 (host_id, n, octets)
    SELECT f.host_id, f.n, base64_octets(f.octets)
    FROM frame f JOIN claim_5 c ON c.host_id = f.host_id AND c.n = f.n
    ORDER BY f.host_id, f.n;

INSERT INTO past (until, host_id, n, kind, since, key, facts, first_heard,
        last_heard, expires, frames, dropped, malformed, frame)
    SELECT until, c.host_id, c.n, k.kind, since, shorthand(key, ''),
        shorthand(facts, key), nullif(first_heard, -1),
        nullif(last_heard, -1), nullif(expires, -1), nullif(frames, -1),
        nullif(dropped, -1), nullif(malformed, -1), base64_octets(f.octets)
    FROM claim c JOIN kind_5 k ON k.name = c.kind
        LEFT JOIN heard h ON h.host_id = c.host_id AND h.n = c.n
        LEFT JOIN frame f ON f.host_id = c.host_id AND f.n = c.n
    WHERE until IS NOT NULL ORDER BY until, c.host_id, c.n;

-- Silences were not noted before: what is older is not claimed to be known.
INSERT INTO history (one, since, alive_at)
    SELECT 1, min(since), (SELECT max(seen_at) FROM host_5) FROM claim
    HAVING count(*) > 0;

DROP TABLE kind_5;
DROP TABLE host;
DROP TABLE host_seen;
DROP TABLE claim;
DROP TABLE heard;
DROP TABLE frame;
ALTER TABLE host_5 RENAME TO host;
ALTER TABLE claim_5 RENAME TO claim;
ALTER TABLE heard_5 RENAME TO heard;
ALTER TABLE frame_5 RENAME TO frame;
