-- Every revision is kept: a closing job that is redelivered publishes its own revision again, also when a later one exists by then.
CREATE TABLE case_result (
    case_id        text        NOT NULL,
    reference      text        NOT NULL,
    revision       integer     NOT NULL CHECK (revision >= 1),
    closing_job_id text        NOT NULL,
    complete       boolean     NOT NULL,
    message        json        NOT NULL,
    created_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (case_id, reference, revision),
    FOREIGN KEY (case_id, reference) REFERENCES imaging_case (case_id, reference) ON DELETE CASCADE
);

CREATE INDEX case_result_by_closing_job ON case_result (closing_job_id);

COMMENT ON TABLE case_result IS 'The published results of every case, one row per revision';
COMMENT ON COLUMN case_result.case_id IS 'The case';
COMMENT ON COLUMN case_result.reference IS 'Checkpoint as the jobs asked for it';
COMMENT ON COLUMN case_result.revision IS 'Counted from 1; late images make another';
COMMENT ON COLUMN case_result.closing_job_id IS 'The job whose outcome closed this revision; its redelivery publishes the result again';
COMMENT ON COLUMN case_result.complete IS 'Whether every image had a mask by then';
COMMENT ON COLUMN case_result.message IS 'The published case result, byte for byte (contract case-result.v1)';
COMMENT ON COLUMN case_result.created_at IS 'When the revision was closed';
