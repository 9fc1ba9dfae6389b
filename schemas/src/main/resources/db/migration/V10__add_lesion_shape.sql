-- The shape of every lesion and the intensities of the source under it: what schemas.lesion measures, one column per value.
-- Rows from before have none of it. One ALTER TABLE, so that the table is read through only once for all of the checks.
-- "x < 'infinity'" refuses NaN as well, which PostgreSQL sorts above everything.
ALTER TABLE lesion
    ADD COLUMN touches_border                     boolean,
    ADD COLUMN holes                              integer          CHECK (holes >= 0),
    ADD COLUMN convex_area_pixels                 double precision CHECK (convex_area_pixels >= 1 AND convex_area_pixels < 'infinity'),
    ADD COLUMN solidity                           double precision CHECK (solidity > 0 AND solidity <= 1),
    ADD COLUMN longest_from_row                   double precision CHECK (longest_from_row >= -0.5),
    ADD COLUMN longest_from_column                double precision CHECK (longest_from_column >= -0.5),
    ADD COLUMN longest_to_row                     double precision CHECK (longest_to_row >= -0.5),
    ADD COLUMN longest_to_column                  double precision CHECK (longest_to_column >= -0.5),
    ADD COLUMN equivalent_diameter_pixels         double precision CHECK (equivalent_diameter_pixels > 0 AND equivalent_diameter_pixels < 'infinity'),
    ADD COLUMN equivalent_diameter_millimetres    double precision CHECK (equivalent_diameter_millimetres > 0 AND equivalent_diameter_millimetres < 'infinity'),
    ADD COLUMN major_axis_pixels                  double precision CHECK (major_axis_pixels >= 0 AND major_axis_pixels < 'infinity'),
    ADD COLUMN major_axis_millimetres             double precision CHECK (major_axis_millimetres >= 0 AND major_axis_millimetres < 'infinity'),
    ADD COLUMN minor_axis_pixels                  double precision CHECK (minor_axis_pixels >= 0 AND minor_axis_pixels < 'infinity'),
    ADD COLUMN minor_axis_millimetres             double precision CHECK (minor_axis_millimetres >= 0 AND minor_axis_millimetres < 'infinity'),
    ADD COLUMN eccentricity_pixels                double precision CHECK (eccentricity_pixels BETWEEN 0 AND 1),
    ADD COLUMN eccentricity_millimetres           double precision CHECK (eccentricity_millimetres BETWEEN 0 AND 1),
    ADD COLUMN orientation_pixels                 double precision CHECK (abs(orientation_pixels) <= pi() / 2),
    ADD COLUMN orientation_millimetres            double precision CHECK (abs(orientation_millimetres) <= pi() / 2),
    ADD COLUMN perimeter_pixels                   double precision CHECK (perimeter_pixels > 0 AND perimeter_pixels < 'infinity'),
    ADD COLUMN perimeter_millimetres              double precision CHECK (perimeter_millimetres > 0 AND perimeter_millimetres < 'infinity'),
    ADD COLUMN circularity_pixels                 double precision CHECK (circularity_pixels > 0 AND circularity_pixels < 'infinity'),
    ADD COLUMN circularity_millimetres            double precision CHECK (circularity_millimetres > 0 AND circularity_millimetres < 'infinity'),
    ADD COLUMN longest_diameter_pixels            double precision CHECK (longest_diameter_pixels > 0 AND longest_diameter_pixels < 'infinity'),
    ADD COLUMN longest_diameter_millimetres       double precision CHECK (longest_diameter_millimetres > 0 AND longest_diameter_millimetres < 'infinity'),
    ADD COLUMN perpendicular_diameter_pixels      double precision CHECK (perpendicular_diameter_pixels > 0 AND perpendicular_diameter_pixels < 'infinity'),
    ADD COLUMN perpendicular_diameter_millimetres double precision CHECK (perpendicular_diameter_millimetres > 0 AND perpendicular_diameter_millimetres < 'infinity'),
    ADD COLUMN shortest_diameter_pixels           double precision CHECK (shortest_diameter_pixels > 0 AND shortest_diameter_pixels < 'infinity'),
    ADD COLUMN shortest_diameter_millimetres      double precision CHECK (shortest_diameter_millimetres > 0 AND shortest_diameter_millimetres < 'infinity'),
    ADD COLUMN hole_area_pixels                   double precision CHECK (hole_area_pixels >= 0 AND hole_area_pixels < 'infinity'),
    ADD COLUMN hole_area_square_millimetres       double precision CHECK (hole_area_square_millimetres >= 0 AND hole_area_square_millimetres < 'infinity'),
    ADD COLUMN intensity_mean                     double precision CHECK (intensity_mean < 'infinity'),
    ADD COLUMN intensity_min                      double precision CHECK (intensity_min > '-infinity'),
    ADD COLUMN intensity_max                      double precision CHECK (intensity_max < 'infinity'),
    ADD COLUMN intensity_standard_deviation       double precision CHECK (intensity_standard_deviation >= 0 AND intensity_standard_deviation < 'infinity'),
    -- A shape is there with all of its values or not at all; only an orientation may be absent by itself.
    ADD CONSTRAINT lesion_shape_whole CHECK (
        num_nonnulls(touches_border, holes, convex_area_pixels, solidity, longest_from_row, longest_from_column, longest_to_row,
                     longest_to_column, equivalent_diameter_pixels, major_axis_pixels, minor_axis_pixels, eccentricity_pixels,
                     perimeter_pixels, circularity_pixels, longest_diameter_pixels, perpendicular_diameter_pixels,
                     shortest_diameter_pixels, hole_area_pixels)
            = CASE WHEN touches_border IS NULL THEN 0 ELSE 18 END),
    ADD CONSTRAINT lesion_shape_millimetres_whole CHECK (
        num_nonnulls(equivalent_diameter_millimetres, major_axis_millimetres, minor_axis_millimetres, eccentricity_millimetres,
                     perimeter_millimetres, circularity_millimetres, longest_diameter_millimetres,
                     perpendicular_diameter_millimetres, shortest_diameter_millimetres, hole_area_square_millimetres)
            = CASE WHEN equivalent_diameter_millimetres IS NULL THEN 0 ELSE 10 END),
    ADD CONSTRAINT lesion_shape_millimetres_of_shape CHECK (equivalent_diameter_millimetres IS NULL OR touches_border IS NOT NULL),
    ADD CONSTRAINT lesion_orientation_of_shape CHECK (
        (orientation_pixels IS NULL OR touches_border IS NOT NULL)
        AND (orientation_millimetres IS NULL OR equivalent_diameter_millimetres IS NOT NULL)),
    ADD CONSTRAINT lesion_intensity_whole CHECK (
        num_nonnulls(intensity_mean, intensity_min, intensity_max, intensity_standard_deviation) IN (0, 4)
        AND intensity_min <= intensity_max);

COMMENT ON COLUMN lesion.touches_border IS 'Whether a pixel lies in the first or last row or column of the image, so that the lesion may go on outside; null, as all values of the shape, in rows from before it was measured';
COMMENT ON COLUMN lesion.holes IS 'Number of parts, connected by edges, of what is not the lesion that do not reach outside it; the Euler number is 1 - holes';
COMMENT ON COLUMN lesion.convex_area_pixels IS 'Exact area, in pixels, of the convex hull of the four corners (row ± 0.5, column ± 0.5) of all its pixels';
COMMENT ON COLUMN lesion.solidity IS 'area_pixels / convex_area_pixels: 1 for a full rectangle, less for anything dented or holed; the same in pixels and millimetres';
COMMENT ON COLUMN lesion.longest_from_row IS 'Row of the first end of the longest diameter, a pixel corner in pixel coordinates that end in .5; longest in millimetres where the spacing is known, else in pixels; of several pairs the first by row and column';
COMMENT ON COLUMN lesion.longest_from_column IS 'Column of the first end of the longest diameter';
COMMENT ON COLUMN lesion.longest_to_row IS 'Row of the second end of the longest diameter';
COMMENT ON COLUMN lesion.longest_to_column IS 'Column of the second end of the longest diameter';
COMMENT ON COLUMN lesion.equivalent_diameter_pixels IS 'Diameter of the disc of equal area, sqrt(4 area_pixels / pi), in pixels';
COMMENT ON COLUMN lesion.equivalent_diameter_millimetres IS 'Diameter of the disc of equal area, sqrt(4 area_square_millimetres / pi), in mm; null, as all millimetres, where the pixel spacing is unknown';
COMMENT ON COLUMN lesion.major_axis_pixels IS '4 sqrt(l1), in pixels, with l1 >= l2 the eigenvalues of the population covariance of the pixel centres (divided by n, no 1/12 added): longer axis of the ellipse with the same second moments; 0 for a single pixel';
COMMENT ON COLUMN lesion.major_axis_millimetres IS 'The same in mm: pixel centres at (a row, b column), a and b the spacing of rows and columns';
COMMENT ON COLUMN lesion.minor_axis_pixels IS '4 sqrt(l2), in pixels (see major_axis_pixels): shorter axis of that ellipse; 0 for a straight line of pixels';
COMMENT ON COLUMN lesion.minor_axis_millimetres IS 'The same in mm (see major_axis_millimetres)';
COMMENT ON COLUMN lesion.eccentricity_pixels IS 'sqrt((l1 - l2) / l1) with pixels as unit (see major_axis_pixels): 0 for a disc, towards 1 for a line; 0 for a single pixel';
COMMENT ON COLUMN lesion.eccentricity_millimetres IS 'The same with mm as unit (see major_axis_millimetres); differs where pixels are not square';
COMMENT ON COLUMN lesion.orientation_pixels IS 'Angle t of the major axis in radians, in (-pi/2, pi/2], with (row, column) = (cos t, sin t) along it: 0 vertical, pi/2 horizontal, pi/4 down and right; null where no direction is longer than the others';
COMMENT ON COLUMN lesion.orientation_millimetres IS 'The same for (row, column) in mm; differs where pixels are not square';
COMMENT ON COLUMN lesion.perimeter_pixels IS 'Length of the outline, holes included, in pixels: pi/4 (n_h + n_v + (n_down + n_up) / sqrt 2), the n being the runs of the lesion along rows, columns and both diagonals (Crofton, four directions)';
COMMENT ON COLUMN lesion.perimeter_millimetres IS 'The same in mm: n_h a w + n_v b (pi/2 - w) + (n_down + n_up) (a b / sqrt(a² + b²)) pi/4, with w = atan2(a, b), a and b the spacing of rows and columns';
COMMENT ON COLUMN lesion.circularity_pixels IS '4 pi area_pixels / perimeter_pixels²: 1 for a disc, less for anything longer, rougher or holed; above 1 for a few pixels';
COMMENT ON COLUMN lesion.circularity_millimetres IS '4 pi area_square_millimetres / perimeter_millimetres²';
COMMENT ON COLUMN lesion.longest_diameter_pixels IS 'Maximum Feret diameter in pixels: the largest distance between two corners of its pixels';
COMMENT ON COLUMN lesion.longest_diameter_millimetres IS 'The same in mm, of the pair that is farthest apart in mm, as RECIST 1.1 measures';
COMMENT ON COLUMN lesion.perpendicular_diameter_pixels IS 'Extent in pixels at right angles to the longest diameter in pixels; the largest where several pairs of corners are equally far apart';
COMMENT ON COLUMN lesion.perpendicular_diameter_millimetres IS 'The same in mm, at right angles to the longest diameter in mm, as the WHO criteria measure';
COMMENT ON COLUMN lesion.shortest_diameter_pixels IS 'Minimum caliper width in pixels: the smallest distance between two parallel lines that enclose all corners of its pixels';
COMMENT ON COLUMN lesion.shortest_diameter_millimetres IS 'The same in mm';
COMMENT ON COLUMN lesion.hole_area_pixels IS 'Number of pixels in its holes, whatever they carry';
COMMENT ON COLUMN lesion.hole_area_square_millimetres IS 'Their area in mm²';
COMMENT ON COLUMN lesion.intensity_mean IS 'Mean intensity of the source over its pixels: grey level, or what the rescale of the source makes of it, such as Hounsfield units; luma (ITU-R BT.601) of a colour picture; null where the source was not at hand or has none';
COMMENT ON COLUMN lesion.intensity_min IS 'The lowest of these intensities';
COMMENT ON COLUMN lesion.intensity_max IS 'The highest of these intensities';
COMMENT ON COLUMN lesion.intensity_standard_deviation IS 'Their population standard deviation, sqrt(mean of squares - square of mean)';

-- "Lesions of a class beyond 10 mm". Every further index costs each of the lesions that are stored, seldom read as they are.
CREATE INDEX lesion_by_longest_diameter ON lesion (label, longest_diameter_millimetres) WHERE longest_diameter_millimetres IS NOT NULL;
