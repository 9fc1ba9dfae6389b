-- Where results also go to a sink (a folder, a bucket, an archive), each closed case has a row here, written in the transaction that closes it. Workers
-- take the rows that are due one by one; a sink that is slow or away makes this queue longer and nothing else.
CREATE TABLE case_sink (
    case_id      text        NOT NULL,
    reference    text        NOT NULL,
    revision     integer     NOT NULL CHECK (revision >= 1),
    state        text        NOT NULL DEFAULT 'due' CHECK (state IN ('due', 'written', 'nothing', 'failed')),
    attempts     integer     NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    due_at       timestamptz NOT NULL DEFAULT now(),
    failure_code text,
    files        integer     NOT NULL DEFAULT 0 CHECK (files >= 0),
    created_at   timestamptz NOT NULL DEFAULT now(),
    updated_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (case_id, reference),
    FOREIGN KEY (case_id, reference) REFERENCES imaging_case (case_id, reference) ON DELETE CASCADE,
    CHECK (state <> 'failed' OR failure_code IS NOT NULL)
);

CREATE INDEX case_sink_due ON case_sink (due_at) WHERE state = 'due';
CREATE INDEX case_sink_failed ON case_sink (updated_at) WHERE state = 'failed';

COMMENT ON TABLE case_sink IS 'How far the results of each closed case are on their way to the sink; without a sink there are no rows';
COMMENT ON COLUMN case_sink.case_id IS 'The case';
COMMENT ON COLUMN case_sink.reference IS 'Checkpoint as the jobs asked for it';
COMMENT ON COLUMN case_sink.revision IS 'The revision of the case that is to be written, or was';
COMMENT ON COLUMN case_sink.state IS 'due: to be written; written: the sink has it; nothing: the case has nothing that this sink takes; failed: it cannot be written before somebody mends its cause';
COMMENT ON COLUMN case_sink.attempts IS 'How often a worker has begun to write this revision';
COMMENT ON COLUMN case_sink.due_at IS 'When a worker may take it next; in the future after a failure, and while one is at it';
COMMENT ON COLUMN case_sink.failure_code IS 'Why the last attempt did not succeed; null after success';
COMMENT ON COLUMN case_sink.files IS 'How many files the sink was given';
COMMENT ON COLUMN case_sink.created_at IS 'When the revision was closed';
COMMENT ON COLUMN case_sink.updated_at IS 'When the row last changed';
