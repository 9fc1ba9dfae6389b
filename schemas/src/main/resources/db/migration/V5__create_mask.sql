CREATE TABLE mask (
    job_id     text        NOT NULL PRIMARY KEY REFERENCES job_outcome (job_id) ON DELETE CASCADE,
    encoding   text        NOT NULL CHECK (encoding = 'png'),
    png        bytea       NOT NULL,
    sha256     text        NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    width      integer     NOT NULL CHECK (width >= 1),
    height     integer     NOT NULL CHECK (height >= 1),
    created_at timestamptz NOT NULL DEFAULT now()
);

-- A PNG is compressed already: stored out of line as it is, the database does not waste time on trying again.
ALTER TABLE mask ALTER COLUMN png SET STORAGE EXTERNAL;

CREATE INDEX mask_by_age ON mask (created_at);

COMMENT ON TABLE mask IS 'The label mask of every segmented image, before any lesion rule';
COMMENT ON COLUMN mask.job_id IS 'The job that made it';
COMMENT ON COLUMN mask.encoding IS 'File format, png';
COMMENT ON COLUMN mask.png IS 'The file: 1 bit per pixel for one class, else 8-bit indexed, pixel value = label';
COMMENT ON COLUMN mask.sha256 IS 'SHA-256 of the file';
COMMENT ON COLUMN mask.width IS 'Columns';
COMMENT ON COLUMN mask.height IS 'Rows';
COMMENT ON COLUMN mask.created_at IS 'When it was stored; masks may be dropped by age';
