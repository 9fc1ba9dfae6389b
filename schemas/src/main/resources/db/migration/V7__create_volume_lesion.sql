CREATE TABLE volume_lesion (
    case_id                  text             NOT NULL,
    reference                text             NOT NULL,
    revision                 integer          NOT NULL CHECK (revision >= 1),
    index                    integer          NOT NULL CHECK (index >= 1),
    label                    smallint         NOT NULL CHECK (label BETWEEN 1 AND 255),
    voxels                   bigint           NOT NULL CHECK (voxels >= 1),
    volume_cubic_millimetres double precision CHECK (volume_cubic_millimetres > 0),
    first_image              integer          NOT NULL CHECK (first_image >= 1),
    last_image               integer          NOT NULL,
    mean_confidence          double precision CHECK (mean_confidence BETWEEN 0 AND 1),
    PRIMARY KEY (case_id, reference, revision, index),
    FOREIGN KEY (case_id, reference) REFERENCES imaging_case (case_id, reference) ON DELETE CASCADE,
    CHECK (last_image >= first_image)
);

COMMENT ON TABLE volume_lesion IS 'Lesions of cases whose images are slices of a volume, joined over the slices';
COMMENT ON COLUMN volume_lesion.case_id IS 'The case';
COMMENT ON COLUMN volume_lesion.reference IS 'Checkpoint as the jobs asked for it';
COMMENT ON COLUMN volume_lesion.revision IS 'Revision of the case result that it belongs to';
COMMENT ON COLUMN volume_lesion.index IS 'Position among the lesions of that revision, counted from 1';
COMMENT ON COLUMN volume_lesion.label IS 'Class, as in the manifest of the checkpoint';
COMMENT ON COLUMN volume_lesion.voxels IS 'Number of pixels over all slices';
COMMENT ON COLUMN volume_lesion.volume_cubic_millimetres IS 'Volume in mm³; null where pixel or slice spacing is unknown';
COMMENT ON COLUMN volume_lesion.first_image IS 'First image of the case that shows it';
COMMENT ON COLUMN volume_lesion.last_image IS 'Last image of the case that shows it';
COMMENT ON COLUMN volume_lesion.mean_confidence IS 'Mean probability of the class over its pixels, 0 to 1; null where the network gave none';
