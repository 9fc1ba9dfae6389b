-- One row per backfill that was ever run. What is done stands in job_outcome, which is why a backfill that is run again goes on where it
-- was; this row only says how far it was seen to be, and carries the wish of an operator (pause, resume) to the program that runs it.
CREATE TABLE backfill (
    name         text        NOT NULL PRIMARY KEY CHECK (name ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$'),
    checkpoint   text        NOT NULL,
    source       text        NOT NULL,
    state        text        NOT NULL CHECK (state IN ('running', 'paused', 'finished', 'stopped')),
    run          text        NOT NULL,
    total        bigint      CHECK (total >= 0),
    seen         bigint      NOT NULL DEFAULT 0 CHECK (seen >= 0),
    submitted    bigint      NOT NULL DEFAULT 0 CHECK (submitted >= 0),
    already_done bigint      NOT NULL DEFAULT 0 CHECK (already_done >= 0),
    refused      bigint      NOT NULL DEFAULT 0 CHECK (refused >= 0),
    segmented    bigint      NOT NULL DEFAULT 0 CHECK (segmented >= 0),
    dead_letters jsonb       NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(dead_letters) = 'object'),
    created_at   timestamptz NOT NULL DEFAULT now(),
    started_at   timestamptz NOT NULL DEFAULT now(),
    heartbeat_at timestamptz NOT NULL DEFAULT now(),
    ended_at     timestamptz,
    CHECK ((state IN ('finished', 'stopped')) = (ended_at IS NOT NULL))
);

COMMENT ON TABLE backfill IS 'Every backfill by name, with the counts of its latest run; the outcomes themselves are in job_outcome';
COMMENT ON COLUMN backfill.name IS 'What the operator calls it';
COMMENT ON COLUMN backfill.checkpoint IS 'The checkpoint as its jobs ask for it, such as lesion@7; the same for every run of one name';
COMMENT ON COLUMN backfill.source IS 'Kind of the source of the latest run and a digest of its location, such as manifest-csv:1f0c…; never the location itself, which may hold a name';
COMMENT ON COLUMN backfill.state IS 'running; paused, by an operator and going on when resumed; finished, every entry was submitted or done before; stopped, before its end';
COMMENT ON COLUMN backfill.run IS 'Random mark of the program that runs it or ran it last; only that program writes the counts';
COMMENT ON COLUMN backfill.total IS 'How many entries the source has; null where they were not counted in advance';
COMMENT ON COLUMN backfill.seen IS 'Entries read so far: refused, segmented, dead letters and those without an outcome yet';
COMMENT ON COLUMN backfill.submitted IS 'Jobs that this run put on the topic';
COMMENT ON COLUMN backfill.already_done IS 'Entries that had an outcome when they were read, hence were not submitted; they also count as segmented or dead letters';
COMMENT ON COLUMN backfill.refused IS 'Entries from which no job could be made, such as a damaged line of a manifest';
COMMENT ON COLUMN backfill.segmented IS 'Entries that have a mask, whenever it was made';
COMMENT ON COLUMN backfill.dead_letters IS 'Entries that ended as dead letters, whenever that was: how many, by failure code';
COMMENT ON COLUMN backfill.created_at IS 'When the name was first used';
COMMENT ON COLUMN backfill.started_at IS 'When the latest run began';
COMMENT ON COLUMN backfill.heartbeat_at IS 'When the program that runs it last wrote here; old while the row says running or paused: that program is gone';
COMMENT ON COLUMN backfill.ended_at IS 'When the latest run ended; null while it has not';
