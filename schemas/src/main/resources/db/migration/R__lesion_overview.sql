DROP VIEW IF EXISTS lesion_overview;

CREATE VIEW lesion_overview AS
SELECT job_outcome.case_id,
       job_outcome.reference,
       job_outcome.image_index,
       lesion.job_id,
       lesion.index,
       lesion.label,
       class.name AS class_name,
       lesion.area_pixels,
       lesion.area_square_millimetres,
       lesion.centroid_row,
       lesion.centroid_column,
       lesion.min_row,
       lesion.min_column,
       lesion.max_row,
       lesion.max_column,
       lesion.mean_confidence,
       lesion.min_confidence,
       job_outcome.checkpoint_digest,
       checkpoint.name    AS checkpoint_name,
       checkpoint.version AS checkpoint_version,
       job_outcome.created_at
  FROM lesion
  JOIN job_outcome USING (job_id)
  LEFT JOIN checkpoint ON checkpoint.digest = job_outcome.checkpoint_digest
  LEFT JOIN LATERAL jsonb_to_recordset(checkpoint.manifest -> 'classes') AS class (label smallint, name text)
         ON class.label = lesion.label;

COMMENT ON VIEW lesion_overview IS 'One line per lesion with the image, the class and the checkpoint it belongs to';
COMMENT ON COLUMN lesion_overview.case_id IS 'Opaque pseudonym of the case';
COMMENT ON COLUMN lesion_overview.reference IS 'Checkpoint as the job asked for it';
COMMENT ON COLUMN lesion_overview.image_index IS 'Number of the image in its case, counted from 1';
COMMENT ON COLUMN lesion_overview.job_id IS 'The job that found it';
COMMENT ON COLUMN lesion_overview.index IS 'Position among the lesions of its image, counted from 1';
COMMENT ON COLUMN lesion_overview.label IS 'Class, as pixel value of the mask';
COMMENT ON COLUMN lesion_overview.class_name IS 'Name of the class in the checkpoint';
COMMENT ON COLUMN lesion_overview.area_pixels IS 'Number of pixels';
COMMENT ON COLUMN lesion_overview.area_square_millimetres IS 'Area in mm²; null where the pixel spacing is unknown';
COMMENT ON COLUMN lesion_overview.centroid_row IS 'Mean row, counted from 0';
COMMENT ON COLUMN lesion_overview.centroid_column IS 'Mean column, counted from 0';
COMMENT ON COLUMN lesion_overview.min_row IS 'First row of the bounding box';
COMMENT ON COLUMN lesion_overview.min_column IS 'First column of the bounding box';
COMMENT ON COLUMN lesion_overview.max_row IS 'Row after the last of the bounding box';
COMMENT ON COLUMN lesion_overview.max_column IS 'Column after the last of the bounding box';
COMMENT ON COLUMN lesion_overview.mean_confidence IS 'Mean probability of the class over its pixels';
COMMENT ON COLUMN lesion_overview.min_confidence IS 'Probability of the class at its least certain pixel';
COMMENT ON COLUMN lesion_overview.checkpoint_digest IS 'Checkpoint that found it';
COMMENT ON COLUMN lesion_overview.checkpoint_name IS 'Its name';
COMMENT ON COLUMN lesion_overview.checkpoint_version IS 'Its version';
COMMENT ON COLUMN lesion_overview.created_at IS 'When it was stored';
