-- Where two checkpoints differ most:
--   SELECT case_id, label, dice, lesion_difference FROM checkpoint_comparison
--    WHERE left_reference = 'lesion@7' AND right_reference = 'lesion@8' ORDER BY dice LIMIT 20;
DROP VIEW IF EXISTS checkpoint_comparison;

CREATE VIEW checkpoint_comparison AS
SELECT left_case.case_id,
       left_case.reference          AS left_reference,
       right_case.reference         AS right_reference,
       left_case.checkpoint_digest  AS left_digest,
       right_case.checkpoint_digest AS right_digest,
       found.label,
       found.left_class_name,
       found.right_class_name,
       found.images,
       found.images_compared,
       -- Of a part of the images it would be a guess about the others.
       CASE WHEN found.images_compared = found.images AND found.mask_pixels > 0
            THEN 2 * found.common_pixels::double precision / found.mask_pixels END AS dice,
       found.left_lesions,
       found.right_lesions,
       found.right_lesions - found.left_lesions AS lesion_difference,
       found.left_area_pixels,
       found.right_area_pixels,
       found.right_area_pixels - found.left_area_pixels AS area_pixels_difference,
       found.left_area_square_millimetres,
       found.right_area_square_millimetres,
       found.right_area_square_millimetres - found.left_area_square_millimetres AS area_square_millimetres_difference,
       left_volume.cubic_millimetres  AS left_volume_cubic_millimetres,
       right_volume.cubic_millimetres AS right_volume_cubic_millimetres,
       right_volume.cubic_millimetres - left_volume.cubic_millimetres AS volume_cubic_millimetres_difference
  FROM imaging_case AS left_case
  JOIN imaging_case AS right_case
    ON right_case.case_id = left_case.case_id AND right_case.reference <> left_case.reference
 CROSS JOIN LATERAL (
       SELECT class.label,
              max(class.left_name)                   AS left_class_name,
              max(class.right_name)                  AS right_class_name,
              count(*)                               AS images,
              count(mask_overlap.label)              AS images_compared,
              sum(mask_overlap.common_pixels)        AS common_pixels,
              sum(mask_overlap.left_pixels + mask_overlap.right_pixels) AS mask_pixels,
              sum(class.left_lesions)                AS left_lesions,
              sum(class.right_lesions)               AS right_lesions,
              sum(class.left_area_pixels)::bigint    AS left_area_pixels,
              sum(class.right_area_pixels)::bigint   AS right_area_pixels,
              -- A sum over only those images whose spacing is known would be wrong without a sign.
              CASE WHEN count(*) = count(class.left_millimetres) THEN sum(class.left_millimetres) END
                  AS left_area_square_millimetres,
              CASE WHEN count(*) = count(class.right_millimetres) THEN sum(class.right_millimetres) END
                  AS right_area_square_millimetres
         FROM job_outcome AS left_job
         JOIN job_outcome AS right_job
           ON right_job.case_id = left_job.case_id
          AND right_job.image_index = left_job.image_index
          AND right_job.source_sha256 = left_job.source_sha256
        CROSS JOIN LATERAL (
              SELECT label,
                     left_total.name                     AS left_name,
                     right_total.name                    AS right_name,
                     left_total.lesions                  AS left_lesions,
                     right_total.lesions                 AS right_lesions,
                     left_total.area_pixels              AS left_area_pixels,
                     right_total.area_pixels             AS right_area_pixels,
                     left_total.area_square_millimetres  AS left_millimetres,
                     right_total.area_square_millimetres AS right_millimetres
                FROM (SELECT * FROM class_total WHERE class_total.job_id = left_job.job_id) AS left_total
                FULL JOIN (SELECT * FROM class_total WHERE class_total.job_id = right_job.job_id) AS right_total
               USING (label)) AS class
         LEFT JOIN mask_overlap
           ON mask_overlap.left_job_id =
              CASE WHEN left_job.job_id COLLATE "C" < right_job.job_id THEN left_job.job_id ELSE right_job.job_id END
          AND mask_overlap.right_job_id =
              CASE WHEN left_job.job_id COLLATE "C" < right_job.job_id THEN right_job.job_id ELSE left_job.job_id END
          AND mask_overlap.label = class.label
        WHERE left_job.case_id = left_case.case_id
          AND left_job.reference = left_case.reference
          AND right_job.reference = right_case.reference
          AND left_job.counted AND left_job.kind = 'segmented'
          AND right_job.counted AND right_job.kind = 'segmented'
        GROUP BY class.label) AS found
  LEFT JOIN LATERAL (
       SELECT (total ->> 'volumeCubicMillimetres')::double precision AS cubic_millimetres
         FROM case_result
        CROSS JOIN LATERAL json_array_elements(case_result.message #> '{volume,totals}') AS total
        WHERE case_result.case_id = left_case.case_id
          AND case_result.reference = left_case.reference
          AND case_result.revision = left_case.revision
          AND (total ->> 'label')::integer = found.label) AS left_volume ON true
  LEFT JOIN LATERAL (
       SELECT (total ->> 'volumeCubicMillimetres')::double precision AS cubic_millimetres
         FROM case_result
        CROSS JOIN LATERAL json_array_elements(case_result.message #> '{volume,totals}') AS total
        WHERE case_result.case_id = right_case.case_id
          AND case_result.reference = right_case.reference
          AND case_result.revision = right_case.revision
          AND (total ->> 'label')::integer = found.label) AS right_volume ON true;

COMMENT ON VIEW checkpoint_comparison IS 'Two checkpoint references over the same pictures, one line per case and class: images are paired by their number in the case and the digest of their source, and the outcomes that speak for them are compared';
COMMENT ON COLUMN checkpoint_comparison.case_id IS 'Opaque pseudonym of the case';
COMMENT ON COLUMN checkpoint_comparison.left_reference IS 'One checkpoint, as the jobs asked for it';
COMMENT ON COLUMN checkpoint_comparison.right_reference IS 'The other; every pair of references appears in both directions';
COMMENT ON COLUMN checkpoint_comparison.left_digest IS 'Checkpoint pinned for the case under the left reference';
COMMENT ON COLUMN checkpoint_comparison.right_digest IS 'Checkpoint pinned for the case under the right reference';
COMMENT ON COLUMN checkpoint_comparison.label IS 'Class, as pixel value of both masks';
COMMENT ON COLUMN checkpoint_comparison.left_class_name IS 'Its name in the left checkpoint; null if that one does not know the class';
COMMENT ON COLUMN checkpoint_comparison.right_class_name IS 'Its name in the right checkpoint; null if that one does not know the class';
COMMENT ON COLUMN checkpoint_comparison.images IS 'Paired images';
COMMENT ON COLUMN checkpoint_comparison.images_compared IS 'How many of them have a row in mask_overlap; the others were not compared yet, or their masks were dropped before';
COMMENT ON COLUMN checkpoint_comparison.dice IS 'Twice the common pixels of the masks over the sum of their pixels, all paired images taken together, from 0 to 1; null unless all are compared, and where neither mask shows the class';
COMMENT ON COLUMN checkpoint_comparison.left_lesions IS 'Lesions of the left side in the paired images; null if it does not know the class';
COMMENT ON COLUMN checkpoint_comparison.right_lesions IS 'Lesions of the right side in the paired images; null if it does not know the class';
COMMENT ON COLUMN checkpoint_comparison.lesion_difference IS 'Right lesions less left lesions';
COMMENT ON COLUMN checkpoint_comparison.left_area_pixels IS 'Pixels of those lesions on the left side';
COMMENT ON COLUMN checkpoint_comparison.right_area_pixels IS 'Pixels of those lesions on the right side';
COMMENT ON COLUMN checkpoint_comparison.area_pixels_difference IS 'Right less left';
COMMENT ON COLUMN checkpoint_comparison.left_area_square_millimetres IS 'Their area in mm² on the left side; null unless it is known for every image';
COMMENT ON COLUMN checkpoint_comparison.right_area_square_millimetres IS 'Their area in mm² on the right side; null unless it is known for every image';
COMMENT ON COLUMN checkpoint_comparison.area_square_millimetres_difference IS 'Right less left in mm²';
COMMENT ON COLUMN checkpoint_comparison.left_volume_cubic_millimetres IS 'Volume of the class in mm³ in the latest result of the case under the left reference, all slices, paired or not; null where there is no volume';
COMMENT ON COLUMN checkpoint_comparison.right_volume_cubic_millimetres IS 'The same under the right reference';
COMMENT ON COLUMN checkpoint_comparison.volume_cubic_millimetres_difference IS 'Right less left in mm³';
