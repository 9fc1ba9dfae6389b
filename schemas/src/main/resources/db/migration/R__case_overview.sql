DROP VIEW IF EXISTS case_overview;

CREATE VIEW case_overview AS
SELECT imaging_case.case_id,
       imaging_case.reference,
       imaging_case.checkpoint_digest,
       checkpoint.name    AS checkpoint_name,
       checkpoint.version AS checkpoint_version,
       CASE WHEN imaging_case.revision = 0 THEN 'open'
            WHEN outcomes.segmented >= imaging_case.images THEN 'complete'
            ELSE 'incomplete' END AS state,
       imaging_case.revision,
       imaging_case.images,
       imaging_case.finished,
       outcomes.segmented,
       outcomes.dead_letters,
       found.lesions,
       found.area_pixels,
       found.area_square_millimetres,
       imaging_case.created_at,
       imaging_case.closed_at
  FROM imaging_case
  LEFT JOIN checkpoint ON checkpoint.digest = imaging_case.checkpoint_digest
 CROSS JOIN LATERAL (
       SELECT count(*) FILTER (WHERE kind = 'segmented')   AS segmented,
              count(*) FILTER (WHERE kind = 'dead_letter') AS dead_letters
         FROM job_outcome
        WHERE job_outcome.case_id = imaging_case.case_id
          AND job_outcome.reference = imaging_case.reference
          AND job_outcome.counted) AS outcomes
 CROSS JOIN LATERAL (
       SELECT count(*) AS lesions,
              coalesce(sum(area_pixels), 0)::bigint AS area_pixels,
              -- A sum over only those images whose spacing is known would be wrong without a sign.
              CASE WHEN count(*) = count(area_square_millimetres) THEN sum(area_square_millimetres) END
                  AS area_square_millimetres
         FROM job_outcome
         JOIN lesion USING (job_id)
        WHERE job_outcome.case_id = imaging_case.case_id
          AND job_outcome.reference = imaging_case.reference
          AND job_outcome.counted) AS found;

COMMENT ON VIEW case_overview IS 'One line per case and checkpoint reference: state, outcomes and lesions';
COMMENT ON COLUMN case_overview.case_id IS 'Opaque pseudonym of the case';
COMMENT ON COLUMN case_overview.reference IS 'Checkpoint as the jobs asked for it';
COMMENT ON COLUMN case_overview.checkpoint_digest IS 'Checkpoint pinned for the case';
COMMENT ON COLUMN case_overview.checkpoint_name IS 'Its name';
COMMENT ON COLUMN case_overview.checkpoint_version IS 'Its version';
COMMENT ON COLUMN case_overview.state IS 'open, complete, or incomplete when it was closed before its last image came';
COMMENT ON COLUMN case_overview.revision IS 'How many case results were published';
COMMENT ON COLUMN case_overview.images IS 'How many images the case has';
COMMENT ON COLUMN case_overview.finished IS 'How many of them have an outcome';
COMMENT ON COLUMN case_overview.segmented IS 'How many of them have a mask';
COMMENT ON COLUMN case_overview.dead_letters IS 'How many of them could not be done';
COMMENT ON COLUMN case_overview.lesions IS 'Lesions of all images';
COMMENT ON COLUMN case_overview.area_pixels IS 'Their pixels';
COMMENT ON COLUMN case_overview.area_square_millimetres IS 'Their area in mm²; null unless it is known for every lesion';
COMMENT ON COLUMN case_overview.created_at IS 'When its first image was registered';
COMMENT ON COLUMN case_overview.closed_at IS 'When its latest result was published; null while open';
