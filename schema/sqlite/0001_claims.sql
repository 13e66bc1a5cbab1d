-- What the hosts claim, and since when until when.
--
-- host_id is the first 63 bits of the 128 random bits of the machine id, so a
-- database on several machines can place a host without a sequence; machine_id
-- holds all of them and UNIQUE catches the collision that will never come.
-- Every row of a host begins its key with host_id.

CREATE TABLE host (
    host_id     INTEGER PRIMARY KEY,
    machine_id  TEXT NOT NULL UNIQUE,
    number      INTEGER NOT NULL,  -- of the last report or heartbeat taken
    digest      TEXT NOT NULL,     -- of the last full report taken
    next_n      INTEGER NOT NULL   -- the n of the next claim of this host
);

-- When the host last spoke, by the collector's clock.  Apart from host, since
-- it changes each minute and nothing else does.
CREATE TABLE host_seen (
    host_id     INTEGER PRIMARY KEY,
    at          INTEGER NOT NULL
);

-- One thing said by a host, true in [since, until); until NULL: still said.
CREATE TABLE claim (
    host_id     INTEGER NOT NULL,
    n           INTEGER NOT NULL,
    kind        TEXT NOT NULL CHECK (kind IN ('host', 'nic', 'link', 'neighbor')),
    key         TEXT NOT NULL,     -- which thing of its kind in this host
    since       INTEGER NOT NULL,
    until       INTEGER,
    facts       TEXT NOT NULL,     -- a JSON object, as schema/report.json says
    PRIMARY KEY (host_id, n)
) WITHOUT ROWID;

CREATE UNIQUE INDEX claim_current ON claim (host_id, kind, key)
    WHERE until IS NULL;
CREATE INDEX claim_until ON claim (until) WHERE until IS NOT NULL;

-- What is volatile in a claim: hearing the same again makes no history.
CREATE TABLE heard (
    host_id     INTEGER NOT NULL,
    n           INTEGER NOT NULL,
    first_heard INTEGER NOT NULL,  -- -1 in each column: not said
    last_heard  INTEGER NOT NULL,
    expires     INTEGER NOT NULL,
    frames      INTEGER NOT NULL,
    dropped     INTEGER NOT NULL,
    malformed   INTEGER NOT NULL,
    PRIMARY KEY (host_id, n)
) WITHOUT ROWID;

-- The raw frame that a claim was read from, in base64: the evidence.
CREATE TABLE frame (
    host_id     INTEGER NOT NULL,
    n           INTEGER NOT NULL,
    octets      TEXT NOT NULL,
    PRIMARY KEY (host_id, n)
) WITHOUT ROWID;
