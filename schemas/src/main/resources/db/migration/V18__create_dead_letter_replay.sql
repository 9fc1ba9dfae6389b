-- Dead letters that were sent on their way again. The replay that is under way stands in the row of the outcome itself, so that registering a
-- job needs no other table to know that it is to be done once more.
ALTER TABLE job_outcome
    ADD COLUMN replay_requested integer,
    ADD CHECK (replay_requested > replay),
    ADD CHECK (replay_requested IS NULL OR kind = 'dead_letter');

COMMENT ON COLUMN job_outcome.replay_requested IS 'Number of the replay that was asked for and has no outcome yet; null without one. Of an unreadable message it stays, since what is sent again gets another position and so another outcome';

-- One row per replay: what was known of the dead letter before it. It goes with the outcome of its job.
CREATE TABLE dead_letter_replay (
    job_id              text        NOT NULL REFERENCES job_outcome (job_id) ON DELETE CASCADE,
    replay              integer     NOT NULL CHECK (replay >= 1),
    requested_at        timestamptz NOT NULL DEFAULT now(),
    requested_by        text        NOT NULL CHECK (length(requested_by) BETWEEN 1 AND 100),
    failure_code        text        NOT NULL,
    message             json        NOT NULL,
    dead_since          timestamptz NOT NULL,
    published_topic     text,
    published_partition integer     CHECK (published_partition >= 0),
    published_offset    bigint      CHECK (published_offset >= 0),
    traceparent         text        CHECK (traceparent ~ '^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$'),
    PRIMARY KEY (job_id, replay),
    CHECK ((published_topic IS NULL) = (published_offset IS NULL) AND (published_topic IS NULL) = (published_partition IS NULL))
);

COMMENT ON TABLE dead_letter_replay IS 'Every replay of a dead letter, with the dead letter as it was before';
COMMENT ON COLUMN dead_letter_replay.job_id IS 'The job, or the unreadable message';
COMMENT ON COLUMN dead_letter_replay.replay IS 'Which replay of it, counted from 1; the answer to it has the ce_id <jobId>#<replay>';
COMMENT ON COLUMN dead_letter_replay.requested_at IS 'When it was asked for, the last time if more than once';
COMMENT ON COLUMN dead_letter_replay.requested_by IS 'Who asked for it, as he said';
COMMENT ON COLUMN dead_letter_replay.failure_code IS 'Why the job was a dead letter before';
COMMENT ON COLUMN dead_letter_replay.message IS 'The dead letter before, byte for byte as it was published (contract dead-letter.v1)';
COMMENT ON COLUMN dead_letter_replay.dead_since IS 'When that dead letter was stored';
COMMENT ON COLUMN dead_letter_replay.published_topic IS 'Topic that the job was sent to again; null until the broker has it';
COMMENT ON COLUMN dead_letter_replay.published_partition IS 'Its partition';
COMMENT ON COLUMN dead_letter_replay.published_offset IS 'Its offset';
COMMENT ON COLUMN dead_letter_replay.traceparent IS 'W3C trace context that the message carries; null where none is known';
