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
       found.largest_area_pixels,
       found.largest_area_square_millimetres,
       found.longest_diameter_pixels,
       found.longest_diameter_millimetres,
       found.mean_confidence,
       found.min_confidence,
       volume.volume_lesions,
       volume.volume_cubic_millimetres,
       volume.longest_volume_diameter_millimetres,
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
                  AS area_square_millimetres,
              max(area_pixels) AS largest_area_pixels,
              CASE WHEN count(*) = count(area_square_millimetres) THEN max(area_square_millimetres) END
                  AS largest_area_square_millimetres,
              CASE WHEN count(*) = count(longest_diameter_pixels) THEN max(longest_diameter_pixels) END
                  AS longest_diameter_pixels,
              CASE WHEN count(*) = count(longest_diameter_millimetres) THEN max(longest_diameter_millimetres) END
                  AS longest_diameter_millimetres,
              CASE WHEN count(*) = count(mean_confidence)
                   THEN sum(mean_confidence * area_pixels) / sum(area_pixels) END AS mean_confidence,
              CASE WHEN count(*) = count(min_confidence) THEN min(min_confidence) END AS min_confidence
         FROM job_outcome
         JOIN lesion USING (job_id)
        WHERE job_outcome.case_id = imaging_case.case_id
          AND job_outcome.reference = imaging_case.reference
          AND job_outcome.counted) AS found
 CROSS JOIN LATERAL (
       SELECT count(*) AS volume_lesions,
              CASE WHEN count(*) = count(volume_lesion.volume_cubic_millimetres)
                   THEN sum(volume_lesion.volume_cubic_millimetres) END AS volume_cubic_millimetres,
              CASE WHEN count(*) = count(volume_lesion.longest_diameter_millimetres)
                   THEN max(volume_lesion.longest_diameter_millimetres) END AS longest_volume_diameter_millimetres
         FROM volume_lesion
        WHERE volume_lesion.case_id = imaging_case.case_id
          AND volume_lesion.reference = imaging_case.reference
          AND volume_lesion.revision = imaging_case.revision) AS volume;

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
COMMENT ON COLUMN case_overview.largest_area_pixels IS 'Pixels of the largest lesion; null without a lesion, as all that follows';
COMMENT ON COLUMN case_overview.largest_area_square_millimetres IS 'Area in mm² of the largest lesion; null unless it is known for every lesion';
COMMENT ON COLUMN case_overview.longest_diameter_pixels IS 'Longest diameter of any lesion in pixels, between pixel corners; null unless it was measured for every lesion';
COMMENT ON COLUMN case_overview.longest_diameter_millimetres IS 'The same in mm; null unless it is known for every lesion';
COMMENT ON COLUMN case_overview.mean_confidence IS 'Mean probability of the class over the pixels of all lesions; null unless it is known for every lesion';
COMMENT ON COLUMN case_overview.min_confidence IS 'Probability of the class at the least certain pixel; null unless it is known for every lesion';
COMMENT ON COLUMN case_overview.volume_lesions IS 'Lesions of the volume in the latest result, where the images are slices; 0 where there is no volume';
COMMENT ON COLUMN case_overview.volume_cubic_millimetres IS 'Their volume in mm³; null unless it is known for every one';
COMMENT ON COLUMN case_overview.longest_volume_diameter_millimetres IS 'Longest 3-D diameter of any of them in mm; null unless it is known for every one';
COMMENT ON COLUMN case_overview.created_at IS 'When its first image was registered';
COMMENT ON COLUMN case_overview.closed_at IS 'When its latest result was published; null while open';
