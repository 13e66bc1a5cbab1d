-- What does not fit between the two sides, from when it was told until it was
-- mended, and who knows of it.
--
-- As with claims: what is told now stands in finding, and what is told no
-- longer moves to finding_past, behind all that ended before it.

CREATE TABLE finding (
    host_id     INTEGER NOT NULL,
    id          INTEGER NOT NULL,  -- 63 bits of what rule, host and about make
    rule        TEXT NOT NULL,     -- "vlan-not-carried"
    about       TEXT NOT NULL,     -- which thing of the host: "eno2 120"
    opened_at   INTEGER NOT NULL,
    since       INTEGER NOT NULL,  -- since when it is told like this
    digest      INTEGER NOT NULL,  -- of what is told: the same, and no change
    document    TEXT NOT NULL,     -- JSON: what the rule says of it
    PRIMARY KEY (host_id, id)
) WITHOUT ROWID;

-- What was told in [since, until).
CREATE TABLE finding_past (
    until       INTEGER NOT NULL,
    host_id     INTEGER NOT NULL,
    id          INTEGER NOT NULL,
    closed      INTEGER NOT NULL,  -- 1: it was mended; 0: told otherwise
    rule        TEXT NOT NULL,
    about       TEXT NOT NULL,
    opened_at   INTEGER NOT NULL,
    since       INTEGER NOT NULL,
    digest      INTEGER NOT NULL,
    document    TEXT NOT NULL,
    PRIMARY KEY (until, host_id, id)
) WITHOUT ROWID;

CREATE TABLE finding_ack (
    host_id     INTEGER NOT NULL,
    id          INTEGER NOT NULL,
    at          INTEGER NOT NULL,
    who         TEXT NOT NULL,
    note        TEXT NOT NULL,
    until       INTEGER NOT NULL,  -- -1: as long as it is open
    PRIMARY KEY (host_id, id, at)
) WITHOUT ROWID;
