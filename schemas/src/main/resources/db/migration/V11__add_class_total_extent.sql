-- How large and how certain the lesions of a class are in an image. All null for a class that was not found, and in rows from before.
ALTER TABLE class_total
    ADD COLUMN largest_area_pixels             bigint           CHECK (largest_area_pixels >= 1),
    ADD COLUMN largest_area_square_millimetres double precision CHECK (largest_area_square_millimetres > 0),
    ADD COLUMN longest_diameter_pixels         double precision CHECK (longest_diameter_pixels > 0),
    ADD COLUMN longest_diameter_millimetres    double precision CHECK (longest_diameter_millimetres > 0),
    ADD COLUMN mean_confidence                 double precision CHECK (mean_confidence BETWEEN 0 AND 1),
    ADD COLUMN min_confidence                  double precision CHECK (min_confidence BETWEEN 0 AND 1),
    ADD CONSTRAINT class_total_extent_whole CHECK (
        num_nonnulls(largest_area_pixels, longest_diameter_pixels) IN (0, 2)
        AND num_nonnulls(largest_area_square_millimetres, longest_diameter_millimetres) IN (0, 2)
        AND num_nonnulls(mean_confidence, min_confidence) IN (0, 2)
        AND (largest_area_pixels IS NOT NULL OR num_nonnulls(largest_area_square_millimetres, mean_confidence) = 0));

COMMENT ON COLUMN class_total.largest_area_pixels IS 'Pixels of the largest lesion; null, as all that follows, where there is no lesion and in rows from before it was measured';
COMMENT ON COLUMN class_total.largest_area_square_millimetres IS 'Area in mm² of the largest lesion by that measure; null where the pixel spacing is unknown';
COMMENT ON COLUMN class_total.longest_diameter_pixels IS 'Longest diameter of any lesion in pixels, between pixel corners (see lesion.longest_diameter_pixels)';
COMMENT ON COLUMN class_total.longest_diameter_millimetres IS 'The same in mm; null where the pixel spacing is unknown';
COMMENT ON COLUMN class_total.mean_confidence IS 'Mean probability of the class over the pixels of all its lesions, 0 to 1; null where the network gave none';
COMMENT ON COLUMN class_total.min_confidence IS 'Probability of the class at the least certain pixel of all its lesions, 0 to 1; null where the network gave none';
