-- VLANs whose tagged frames arrived on a NIC: claims of one more kind, the key
-- of each is "NIC ID".  What is volatile stands in heard, as of neighbors.
--
-- SQLite cannot change a CHECK: the table is made anew and takes over the rows
-- of the old one.

CREATE TABLE claim_4 (
    host_id     INTEGER NOT NULL,
    n           INTEGER NOT NULL,
    kind        TEXT NOT NULL CHECK (kind IN ('host', 'nic', 'link', 'neighbor',
                    'vswitch', 'port_group', 'workload', 'heard_vlan')),
    key         TEXT NOT NULL,     -- which thing of its kind in this host
    since       INTEGER NOT NULL,
    until       INTEGER,
    facts       TEXT NOT NULL,     -- a JSON object, as schema/report.json says
    PRIMARY KEY (host_id, n)
) WITHOUT ROWID;

INSERT INTO claim_4 (host_id, n, kind, key, since, until, facts)
    SELECT host_id, n, kind, key, since, until, facts FROM claim;
DROP TABLE claim;
ALTER TABLE claim_4 RENAME TO claim;

CREATE UNIQUE INDEX claim_current ON claim (host_id, kind, key)
    WHERE until IS NULL;
CREATE INDEX claim_until ON claim (until) WHERE until IS NOT NULL;
