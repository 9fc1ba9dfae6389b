-- How far the masks of two jobs agree: counted once, when somebody compares them, and kept when the masks are dropped by age.
CREATE TABLE mask_overlap (
    left_job_id   text     NOT NULL REFERENCES job_outcome (job_id) ON DELETE CASCADE,
    right_job_id  text     NOT NULL REFERENCES job_outcome (job_id) ON DELETE CASCADE,
    label         smallint NOT NULL CHECK (label BETWEEN 1 AND 255),
    left_pixels   bigint   NOT NULL CHECK (left_pixels >= 0),
    right_pixels  bigint   NOT NULL CHECK (right_pixels >= 0),
    common_pixels bigint   NOT NULL CHECK (common_pixels >= 0),
    PRIMARY KEY (left_job_id, right_job_id, label),
    -- Every pair has one place, whichever side is asked about first.
    CHECK (left_job_id COLLATE "C" < right_job_id COLLATE "C"),
    CHECK (common_pixels <= left_pixels AND common_pixels <= right_pixels)
);

CREATE INDEX mask_overlap_by_right ON mask_overlap (right_job_id);

COMMENT ON TABLE mask_overlap IS 'What the masks of two jobs for the same picture have in common, by class; counted when they are compared, kept when masks are dropped';
COMMENT ON COLUMN mask_overlap.left_job_id IS 'The job whose id comes first, byte by byte';
COMMENT ON COLUMN mask_overlap.right_job_id IS 'The other job';
COMMENT ON COLUMN mask_overlap.label IS 'Class, as pixel value of both masks';
COMMENT ON COLUMN mask_overlap.left_pixels IS 'Pixels of the class in the mask of the left job, before any lesion rule; 0 if it has none';
COMMENT ON COLUMN mask_overlap.right_pixels IS 'The same in the mask of the right job';
COMMENT ON COLUMN mask_overlap.common_pixels IS 'Pixels that have the class in both masks; Dice is 2 common / (left + right)';
