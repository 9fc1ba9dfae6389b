CREATE TABLE lesion (
    job_id                  text             NOT NULL REFERENCES job_outcome (job_id) ON DELETE CASCADE,
    index                   integer          NOT NULL CHECK (index >= 1),
    label                   smallint         NOT NULL CHECK (label BETWEEN 1 AND 255),
    area_pixels             bigint           NOT NULL CHECK (area_pixels >= 1),
    area_square_millimetres double precision CHECK (area_square_millimetres > 0),
    centroid_row            double precision NOT NULL,
    centroid_column         double precision NOT NULL,
    min_row                 integer          NOT NULL CHECK (min_row >= 0),
    min_column              integer          NOT NULL CHECK (min_column >= 0),
    max_row                 integer          NOT NULL,
    max_column              integer          NOT NULL,
    mean_confidence         double precision CHECK (mean_confidence BETWEEN 0 AND 1),
    min_confidence          double precision CHECK (min_confidence BETWEEN 0 AND 1),
    PRIMARY KEY (job_id, index),
    CHECK (max_row > min_row AND max_column > min_column)
);

COMMENT ON TABLE lesion IS 'Every lesion of every segmented image, also those beyond what fits into the result message';
COMMENT ON COLUMN lesion.job_id IS 'The job that found it';
COMMENT ON COLUMN lesion.index IS 'Position among the lesions of its image, counted from 1 by ascending label and first pixel in raster order';
COMMENT ON COLUMN lesion.label IS 'Class, as in the manifest of the checkpoint';
COMMENT ON COLUMN lesion.area_pixels IS 'Number of pixels';
COMMENT ON COLUMN lesion.area_square_millimetres IS 'Area in mm²; null where the pixel spacing is unknown';
COMMENT ON COLUMN lesion.centroid_row IS 'Mean row of its pixel centres, counted from 0';
COMMENT ON COLUMN lesion.centroid_column IS 'Mean column of its pixel centres, counted from 0';
COMMENT ON COLUMN lesion.min_row IS 'First row of the bounding box';
COMMENT ON COLUMN lesion.min_column IS 'First column of the bounding box';
COMMENT ON COLUMN lesion.max_row IS 'Row after the last of the bounding box';
COMMENT ON COLUMN lesion.max_column IS 'Column after the last of the bounding box';
COMMENT ON COLUMN lesion.mean_confidence IS 'Mean probability of the class over its pixels, 0 to 1; null where the network gave none';
COMMENT ON COLUMN lesion.min_confidence IS 'Probability of the class at its least certain pixel, 0 to 1; null where the network gave none';
