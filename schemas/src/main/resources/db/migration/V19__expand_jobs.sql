-- What a job with many images went on as: enough to publish the same child jobs again, with the fields of the job itself. The message of the
-- expansion says how many they are, so that it stays small whatever the source.
CREATE TABLE expanded_image (
    job_id                     text    NOT NULL REFERENCES job_outcome (job_id) ON DELETE CASCADE,
    image_index                integer NOT NULL CHECK (image_index >= 1),
    source_uri                 text,
    frame                      integer CHECK (frame >= 1),
    slice_position_millimetres double precision,
    slice_spacing_millimetres  double precision CHECK (slice_spacing_millimetres > 0),
    PRIMARY KEY (job_id, image_index),
    CHECK (source_uri IS NOT NULL OR frame IS NOT NULL),
    CHECK ((slice_position_millimetres IS NULL) = (slice_spacing_millimetres IS NULL))
);

COMMENT ON TABLE expanded_image IS 'The images of a source with many, which became the child jobs <job_id>.<image_index>';
COMMENT ON COLUMN expanded_image.job_id IS 'The job whose source holds them';
COMMENT ON COLUMN expanded_image.image_index IS 'Number of the image in the case, counted from 1';
COMMENT ON COLUMN expanded_image.source_uri IS 'Where the image lies; null where that is the source of the job itself';
COMMENT ON COLUMN expanded_image.frame IS 'Which picture of the source it is, counted from 1; null where the source holds no other';
COMMENT ON COLUMN expanded_image.slice_position_millimetres IS 'Place of the slice along the normal of the stack; null where the source does not tell';
COMMENT ON COLUMN expanded_image.slice_spacing_millimetres IS 'From the centre of one slice to the next; null where the source does not tell';
ALTER TABLE job_outcome ADD COLUMN source_frame integer CHECK (source_frame >= 1);

COMMENT ON COLUMN job_outcome.source_frame IS 'Which picture of the source it was, counted from 1; null where the source holds no other, and as for source_uri';
COMMENT ON COLUMN job_outcome.source_uri IS 'Where the source was fetched from; null for inline pictures, for several channels and for dead letters';

ALTER TABLE backfill ADD COLUMN expanded bigint NOT NULL DEFAULT 0 CHECK (expanded >= 0);

COMMENT ON COLUMN backfill.seen IS 'Entries read so far: refused, segmented, expanded, dead letters and those without an outcome yet';
COMMENT ON COLUMN backfill.already_done IS 'Entries that had an outcome when they were read, hence were not submitted; they also count by that outcome';
COMMENT ON COLUMN backfill.expanded IS 'Entries whose source holds many images, each of which became a job of its own';
