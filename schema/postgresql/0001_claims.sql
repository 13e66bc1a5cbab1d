-- What the hosts claim, and since when until when: the tables of
-- schema/sqlite after 0005_past.sql, whose comments say what stands in them.
--
-- Every row but that of history belongs to one host, and its key holds
-- host_id, which is random: a PostgreSQL on several machines places all rows
-- of a host together, by host_id alone, and no sequence is shared by all.

CREATE TABLE host (
    host_id     bigint PRIMARY KEY,
    machine_id  text NOT NULL,
    digest      text NOT NULL,
    number      bigint NOT NULL,
    next_n      bigint NOT NULL,
    seen_at     bigint NOT NULL,
    shift       bigint NOT NULL
) WITH (fillfactor = 70); -- it changes in place

CREATE TABLE claim (
    host_id     bigint NOT NULL,
    n           bigint NOT NULL,
    kind        smallint NOT NULL,
    since       bigint NOT NULL,
    key         bytea NOT NULL,
    facts       bytea NOT NULL,
    PRIMARY KEY (host_id, n)
);

CREATE TABLE heard (
    host_id     bigint NOT NULL,
    n           bigint NOT NULL,
    first_heard bigint,
    last_heard  bigint,
    expires     bigint,
    frames      bigint,
    dropped     bigint,
    malformed   bigint,
    PRIMARY KEY (host_id, n)
) WITH (fillfactor = 70);

CREATE TABLE frame (
    host_id     bigint NOT NULL,
    n           bigint NOT NULL,
    octets      bytea NOT NULL,
    PRIMARY KEY (host_id, n)
);

CREATE TABLE past (
    until       bigint NOT NULL,
    host_id     bigint NOT NULL,
    n           bigint NOT NULL,
    kind        smallint NOT NULL,
    since       bigint NOT NULL,
    key         bytea NOT NULL,
    facts       bytea NOT NULL,
    first_heard bigint,
    last_heard  bigint,
    expires     bigint,
    frames      bigint,
    dropped     bigint,
    malformed   bigint,
    frame       bytea,
    PRIMARY KEY (until, host_id, n)
);

CREATE TABLE silence (
    until       bigint NOT NULL,
    host_id     bigint NOT NULL,
    since       bigint NOT NULL,
    PRIMARY KEY (until, host_id)
);

CREATE TABLE history (
    one         smallint PRIMARY KEY CHECK (one = 1),
    since       bigint NOT NULL,
    alive_at    bigint NOT NULL
);
