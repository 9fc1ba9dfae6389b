-- The one outcome of every job, and of every message that could not be read. The primary key is what makes redelivery harmless:
-- INSERT .. ON CONFLICT (job_id) DO NOTHING RETURNING tells whether this was the first time.
-- No foreign key to imaging_case: a message that could not be read belongs to no case.
CREATE TABLE job_outcome (
    job_id            text        NOT NULL PRIMARY KEY,
    kind              text        NOT NULL CHECK (kind IN ('segmented', 'expanded', 'dead_letter')),
    case_id           text,
    reference         text,
    image_index       integer     CHECK (image_index >= 1),
    counted           boolean     NOT NULL DEFAULT false,
    checkpoint_digest text        CHECK (checkpoint_digest ~ '^[0-9a-f]{64}$'),
    precision         text,
    engine            text,
    replay            integer     NOT NULL DEFAULT 0 CHECK (replay >= 0),
    failure_code      text,
    source_sha256     text        CHECK (source_sha256 ~ '^[0-9a-f]{64}$'),
    source_topic      text        NOT NULL,
    source_partition  integer     NOT NULL CHECK (source_partition >= 0),
    source_offset     bigint      NOT NULL CHECK (source_offset >= 0),
    message           json        NOT NULL,
    created_at        timestamptz NOT NULL DEFAULT now(),
    CHECK ((case_id IS NULL) = (reference IS NULL) AND (case_id IS NULL) = (image_index IS NULL)),
    CHECK ((kind = 'dead_letter') = (failure_code IS NOT NULL)),
    CHECK (kind = 'dead_letter' OR case_id IS NOT NULL),
    CHECK (case_id IS NOT NULL OR NOT counted),
    CHECK (kind <> 'segmented' OR (checkpoint_digest IS NOT NULL AND precision IS NOT NULL AND engine IS NOT NULL
                                   AND source_sha256 IS NOT NULL))
);

CREATE INDEX job_outcome_by_case ON job_outcome (case_id, reference, image_index);
-- At most one outcome speaks for an image, whoever saves it.
CREATE UNIQUE INDEX job_outcome_counted ON job_outcome (case_id, reference, image_index) WHERE counted;
CREATE INDEX job_outcome_newest ON job_outcome (created_at DESC);
CREATE INDEX job_outcome_dead_letters ON job_outcome (created_at DESC, failure_code) WHERE kind = 'dead_letter';

COMMENT ON TABLE job_outcome IS 'The one outcome of every job and of every unreadable message';
COMMENT ON COLUMN job_outcome.job_id IS 'Id of the job; unreadable:<topic>:<partition>:<offset> for a message that could not be read';
COMMENT ON COLUMN job_outcome.kind IS 'segmented, expanded (into child jobs) or dead_letter';
COMMENT ON COLUMN job_outcome.case_id IS 'Case of the job; null for an unreadable message';
COMMENT ON COLUMN job_outcome.reference IS 'Checkpoint as the job asked for it; null for an unreadable message';
COMMENT ON COLUMN job_outcome.image_index IS 'Number of the image in its case, counted from 1; null for an unreadable message';
COMMENT ON COLUMN job_outcome.counted IS 'Whether it speaks for its image in the counter and the totals of the case; another job for the same image does not';
COMMENT ON COLUMN job_outcome.checkpoint_digest IS 'The checkpoint that did it; null where none was chosen yet';
COMMENT ON COLUMN job_outcome.precision IS 'Number format of the network: fp32, bf16 or fp16; null for a dead letter';
COMMENT ON COLUMN job_outcome.engine IS 'Engine, version and device; null for a dead letter';
COMMENT ON COLUMN job_outcome.replay IS 'How often the job had been replayed from the dead letters when this outcome was made';
COMMENT ON COLUMN job_outcome.failure_code IS 'Why it became a dead letter; null otherwise';
COMMENT ON COLUMN job_outcome.source_sha256 IS 'SHA-256 of the encoded picture; null where it was never fetched';
COMMENT ON COLUMN job_outcome.source_topic IS 'Topic of the message that was answered';
COMMENT ON COLUMN job_outcome.source_partition IS 'Its partition';
COMMENT ON COLUMN job_outcome.source_offset IS 'Its offset';
COMMENT ON COLUMN job_outcome.message IS 'The published answer, byte for byte, so that a redelivery publishes the same again';
COMMENT ON COLUMN job_outcome.created_at IS 'When the outcome was stored';
