-- Where an image lies and what its pixels measure: a case of slices is joined to volumes without reading messages.
ALTER TABLE job_outcome
    ADD COLUMN source_uri                 text,
    ADD COLUMN pixel_row_millimetres      double precision CHECK (pixel_row_millimetres > 0),
    ADD COLUMN pixel_column_millimetres   double precision CHECK (pixel_column_millimetres > 0),
    ADD COLUMN slice_position_millimetres double precision,
    ADD COLUMN slice_spacing_millimetres  double precision CHECK (slice_spacing_millimetres > 0),
    ADD CHECK ((pixel_row_millimetres IS NULL) = (pixel_column_millimetres IS NULL)),
    ADD CHECK ((slice_position_millimetres IS NULL) = (slice_spacing_millimetres IS NULL));

COMMENT ON COLUMN job_outcome.source_uri IS 'Where the picture was fetched from; null for inline pictures, for several channels and for what was not segmented';
COMMENT ON COLUMN job_outcome.pixel_row_millimetres IS 'Distance of neighbouring rows in mm that the measures rest on; null where unknown';
COMMENT ON COLUMN job_outcome.pixel_column_millimetres IS 'Distance of neighbouring columns in mm that the measures rest on; null where unknown';
COMMENT ON COLUMN job_outcome.slice_position_millimetres IS 'Place of the image along the normal of its stack in mm, from any origin that the case shares; null where it is no slice';
COMMENT ON COLUMN job_outcome.slice_spacing_millimetres IS 'Distance from one slice of the stack to the next in mm; null where it is no slice';
