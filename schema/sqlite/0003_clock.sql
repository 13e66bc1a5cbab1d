-- How far the host's clock is from the collector's: what is added to its times.
--
-- With the columns that change each minute; 0 within a few seconds, so that it
-- changes only when a clock does.

ALTER TABLE host_seen ADD COLUMN shift INTEGER NOT NULL DEFAULT 0;
