-- One row per case and checkpoint reference. The digest is pinned when the first image is registered, so an alias that moves in
-- between never splits a case. The counter is raised only by outcomes that were really inserted and speak for their image, which closes
-- the case exactly once.
CREATE TABLE imaging_case (
    case_id           text        NOT NULL,
    reference         text        NOT NULL,
    checkpoint_digest text        CHECK (checkpoint_digest ~ '^[0-9a-f]{64}$'),
    images            integer     NOT NULL CHECK (images >= 1),
    finished          integer     NOT NULL DEFAULT 0 CHECK (finished >= 0),
    revision          integer     NOT NULL DEFAULT 0 CHECK (revision >= 0),
    closing_job_id    text,
    created_at        timestamptz NOT NULL DEFAULT now(),
    updated_at        timestamptz NOT NULL DEFAULT now(),
    closed_at         timestamptz,
    PRIMARY KEY (case_id, reference),
    CHECK ((revision = 0) = (closing_job_id IS NULL)),
    CHECK ((revision = 0) = (closed_at IS NULL))
);

-- Newest first, as people ask; the id makes the order total, so that pages do not overlap.
CREATE INDEX imaging_case_newest ON imaging_case (created_at DESC, case_id, reference);

COMMENT ON TABLE imaging_case IS 'One case under one checkpoint reference, and how far it is';
COMMENT ON COLUMN imaging_case.case_id IS 'Opaque pseudonym of the case; never a patient attribute';
COMMENT ON COLUMN imaging_case.reference IS 'The checkpoint as the jobs asked for it, such as lesion@production';
COMMENT ON COLUMN imaging_case.checkpoint_digest IS 'The checkpoint pinned for all images of the case; null while the reference could not be resolved';
COMMENT ON COLUMN imaging_case.images IS 'How many images the case has';
COMMENT ON COLUMN imaging_case.finished IS 'How many of its images have an outcome (see job_outcome.counted)';
COMMENT ON COLUMN imaging_case.revision IS 'How many results it has (see case_result); 0 while the case is open';
COMMENT ON COLUMN imaging_case.closing_job_id IS 'The job whose outcome closed the latest revision';
COMMENT ON COLUMN imaging_case.created_at IS 'When its first image was registered';
COMMENT ON COLUMN imaging_case.updated_at IS 'When the row last changed';
COMMENT ON COLUMN imaging_case.closed_at IS 'When the latest revision was closed; null while the case is open';
