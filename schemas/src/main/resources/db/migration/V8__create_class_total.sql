-- The totals of every image by class, as in its result message: a case is summed up from them without reading masks or messages.
CREATE TABLE class_total (
    job_id                  text             NOT NULL REFERENCES job_outcome (job_id) ON DELETE CASCADE,
    label                   smallint         NOT NULL CHECK (label BETWEEN 1 AND 255),
    name                    text             NOT NULL,
    lesions                 integer          NOT NULL CHECK (lesions >= 0),
    area_pixels             bigint           NOT NULL CHECK (area_pixels >= 0),
    area_square_millimetres double precision CHECK (area_square_millimetres >= 0),
    image_share             double precision NOT NULL CHECK (image_share BETWEEN 0 AND 1),
    PRIMARY KEY (job_id, label)
);

COMMENT ON TABLE class_total IS 'The lesions of one class in one segmented image taken together';
COMMENT ON COLUMN class_total.job_id IS 'The job that found them';
COMMENT ON COLUMN class_total.label IS 'Class, as in the manifest of the checkpoint';
COMMENT ON COLUMN class_total.name IS 'Its name there';
COMMENT ON COLUMN class_total.lesions IS 'How many lesions; 0 for a class that was not found';
COMMENT ON COLUMN class_total.area_pixels IS 'Their pixels';
COMMENT ON COLUMN class_total.area_square_millimetres IS 'Their area in mm²; null where the pixel spacing is unknown';
COMMENT ON COLUMN class_total.image_share IS 'Their share of all pixels of the image, 0 to 1';
