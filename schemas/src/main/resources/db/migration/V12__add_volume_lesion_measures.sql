-- Nothing was ever written here before: the columns take their final form.
ALTER TABLE volume_lesion
    DROP COLUMN first_image,
    DROP COLUMN last_image,
    DROP COLUMN mean_confidence,
    ADD COLUMN centroid_slice                         double precision NOT NULL,
    ADD COLUMN centroid_row                           double precision NOT NULL,
    ADD COLUMN centroid_column                        double precision NOT NULL,
    ADD COLUMN min_slice                              integer          NOT NULL CHECK (min_slice >= 0),
    ADD COLUMN min_row                                integer          NOT NULL CHECK (min_row >= 0),
    ADD COLUMN min_column                             integer          NOT NULL CHECK (min_column >= 0),
    ADD COLUMN max_slice                              integer          NOT NULL,
    ADD COLUMN max_row                                integer          NOT NULL,
    ADD COLUMN max_column                             integer          NOT NULL,
    ADD COLUMN touches_border                         boolean          NOT NULL,
    ADD COLUMN slices                                 integer          NOT NULL CHECK (slices >= 1),
    ADD COLUMN largest_slice                          integer          NOT NULL CHECK (largest_slice >= 0),
    ADD COLUMN largest_slice_area_pixels              bigint           NOT NULL CHECK (largest_slice_area_pixels >= 1),
    ADD COLUMN largest_slice_area_square_millimetres  double precision CHECK (largest_slice_area_square_millimetres > 0),
    ADD COLUMN equivalent_diameter_millimetres        double precision CHECK (equivalent_diameter_millimetres > 0),
    ADD COLUMN longest_diameter_voxels                double precision NOT NULL CHECK (longest_diameter_voxels > 0),
    ADD COLUMN longest_diameter_millimetres           double precision CHECK (longest_diameter_millimetres > 0),
    ADD CHECK (max_slice > min_slice AND max_row > min_row AND max_column > min_column);

COMMENT ON TABLE volume_lesion IS 'Lesions of cases whose images are slices of a volume: 26-connected regions (face, edge or corner) of one class over the stored masks, after the lesion rules';
COMMENT ON COLUMN volume_lesion.index IS 'Position among the lesions of that revision, counted from 1 by ascending label and first voxel in raster order (slice, row, column)';
COMMENT ON COLUMN volume_lesion.voxels IS 'Number of voxels';
COMMENT ON COLUMN volume_lesion.volume_cubic_millimetres IS 'Volume in mm³: voxels times slice, row and column spacing; null where the pixel spacing is unknown';
COMMENT ON COLUMN volume_lesion.centroid_slice IS 'Mean slice of its voxel centres, counted from 0; slice 0 is image 1 of the case';
COMMENT ON COLUMN volume_lesion.centroid_row IS 'Mean row, counted from 0';
COMMENT ON COLUMN volume_lesion.centroid_column IS 'Mean column, counted from 0';
COMMENT ON COLUMN volume_lesion.min_slice IS 'First slice of the bounding box, counted from 0; slice 0 is image 1 of the case';
COMMENT ON COLUMN volume_lesion.min_row IS 'First row of the bounding box';
COMMENT ON COLUMN volume_lesion.min_column IS 'First column of the bounding box';
COMMENT ON COLUMN volume_lesion.max_slice IS 'Slice after the last of the bounding box';
COMMENT ON COLUMN volume_lesion.max_row IS 'Row after the last of the bounding box';
COMMENT ON COLUMN volume_lesion.max_column IS 'Column after the last of the bounding box';
COMMENT ON COLUMN volume_lesion.touches_border IS 'Whether it reaches the first or last slice, row or column and may go on outside';
COMMENT ON COLUMN volume_lesion.slices IS 'Number of slices that show it';
COMMENT ON COLUMN volume_lesion.largest_slice IS 'Slice with most of its voxels, the first of equals, counted from 0';
COMMENT ON COLUMN volume_lesion.largest_slice_area_pixels IS 'How many voxels those are';
COMMENT ON COLUMN volume_lesion.largest_slice_area_square_millimetres IS 'The same area in mm²; null where the pixel spacing is unknown';
COMMENT ON COLUMN volume_lesion.equivalent_diameter_millimetres IS 'Diameter of the ball of equal volume, cube root of (6 volume / pi), in mm; null where the pixel spacing is unknown';
COMMENT ON COLUMN volume_lesion.longest_diameter_voxels IS 'Largest distance between two voxel corners, every side of a voxel taken as 1';
COMMENT ON COLUMN volume_lesion.longest_diameter_millimetres IS 'The same in mm; null where the pixel spacing is unknown';
