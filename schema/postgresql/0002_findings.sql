-- What does not fit between the two sides: the tables of
-- schema/sqlite/0006_findings.sql, whose comments say what stands in them.

CREATE TABLE finding (
    host_id     bigint NOT NULL,
    id          bigint NOT NULL,
    rule        text NOT NULL,
    about       text NOT NULL,
    opened_at   bigint NOT NULL,
    since       bigint NOT NULL,
    digest      bigint NOT NULL,
    document    text NOT NULL,
    PRIMARY KEY (host_id, id)
);

CREATE TABLE finding_past (
    until       bigint NOT NULL,
    host_id     bigint NOT NULL,
    id          bigint NOT NULL,
    closed      bigint NOT NULL,
    rule        text NOT NULL,
    about       text NOT NULL,
    opened_at   bigint NOT NULL,
    since       bigint NOT NULL,
    digest      bigint NOT NULL,
    document    text NOT NULL,
    PRIMARY KEY (until, host_id, id)
);

CREATE TABLE finding_ack (
    host_id     bigint NOT NULL,
    id          bigint NOT NULL,
    at          bigint NOT NULL,
    who         text NOT NULL,
    note        text NOT NULL,
    until       bigint NOT NULL,
    PRIMARY KEY (host_id, id, at)
);
