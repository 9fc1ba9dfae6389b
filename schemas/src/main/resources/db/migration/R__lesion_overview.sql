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
       lesion.touches_border,
       lesion.holes,
       lesion.convex_area_pixels,
       lesion.solidity,
       lesion.longest_from_row,
       lesion.longest_from_column,
       lesion.longest_to_row,
       lesion.longest_to_column,
       lesion.equivalent_diameter_pixels,
       lesion.equivalent_diameter_millimetres,
       lesion.major_axis_pixels,
       lesion.major_axis_millimetres,
       lesion.minor_axis_pixels,
       lesion.minor_axis_millimetres,
       lesion.eccentricity_pixels,
       lesion.eccentricity_millimetres,
       lesion.orientation_pixels,
       lesion.orientation_millimetres,
       lesion.perimeter_pixels,
       lesion.perimeter_millimetres,
       lesion.circularity_pixels,
       lesion.circularity_millimetres,
       lesion.longest_diameter_pixels,
       lesion.longest_diameter_millimetres,
       lesion.perpendicular_diameter_pixels,
       lesion.perpendicular_diameter_millimetres,
       lesion.shortest_diameter_pixels,
       lesion.shortest_diameter_millimetres,
       lesion.hole_area_pixels,
       lesion.hole_area_square_millimetres,
       lesion.intensity_mean,
       lesion.intensity_min,
       lesion.intensity_max,
       lesion.intensity_standard_deviation,
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
COMMENT ON COLUMN lesion_overview.touches_border IS 'Whether a pixel lies in the first or last row or column of the image, so that the lesion may go on outside; null, as all values of the shape, in rows from before it was measured';
COMMENT ON COLUMN lesion_overview.holes IS 'Number of parts, connected by edges, of what is not the lesion that do not reach outside it; the Euler number is 1 - holes';
COMMENT ON COLUMN lesion_overview.convex_area_pixels IS 'Exact area, in pixels, of the convex hull of the four corners (row ± 0.5, column ± 0.5) of all its pixels';
COMMENT ON COLUMN lesion_overview.solidity IS 'area_pixels / convex_area_pixels: 1 for a full rectangle, less for anything dented or holed; the same in pixels and millimetres';
COMMENT ON COLUMN lesion_overview.longest_from_row IS 'Row of the first end of the longest diameter, a pixel corner in pixel coordinates that end in .5; longest in millimetres where the spacing is known, else in pixels; of several pairs the first by row and column';
COMMENT ON COLUMN lesion_overview.longest_from_column IS 'Column of the first end of the longest diameter';
COMMENT ON COLUMN lesion_overview.longest_to_row IS 'Row of the second end of the longest diameter';
COMMENT ON COLUMN lesion_overview.longest_to_column IS 'Column of the second end of the longest diameter';
COMMENT ON COLUMN lesion_overview.equivalent_diameter_pixels IS 'Diameter of the disc of equal area, sqrt(4 area_pixels / pi), in pixels';
COMMENT ON COLUMN lesion_overview.equivalent_diameter_millimetres IS 'Diameter of the disc of equal area, sqrt(4 area_square_millimetres / pi), in mm; null, as all millimetres, where the pixel spacing is unknown';
COMMENT ON COLUMN lesion_overview.major_axis_pixels IS '4 sqrt(l1), in pixels, with l1 >= l2 the eigenvalues of the population covariance of the pixel centres (divided by n, no 1/12 added): longer axis of the ellipse with the same second moments; 0 for a single pixel';
COMMENT ON COLUMN lesion_overview.major_axis_millimetres IS 'The same in mm: pixel centres at (a row, b column), a and b the spacing of rows and columns';
COMMENT ON COLUMN lesion_overview.minor_axis_pixels IS '4 sqrt(l2), in pixels (see major_axis_pixels): shorter axis of that ellipse; 0 for a straight line of pixels';
COMMENT ON COLUMN lesion_overview.minor_axis_millimetres IS 'The same in mm (see major_axis_millimetres)';
COMMENT ON COLUMN lesion_overview.eccentricity_pixels IS 'sqrt((l1 - l2) / l1) with pixels as unit (see major_axis_pixels): 0 for a disc, towards 1 for a line; 0 for a single pixel';
COMMENT ON COLUMN lesion_overview.eccentricity_millimetres IS 'The same with mm as unit (see major_axis_millimetres); differs where pixels are not square';
COMMENT ON COLUMN lesion_overview.orientation_pixels IS 'Angle t of the major axis in radians, in (-pi/2, pi/2], with (row, column) = (cos t, sin t) along it: 0 vertical, pi/2 horizontal, pi/4 down and right; null where no direction is longer than the others';
COMMENT ON COLUMN lesion_overview.orientation_millimetres IS 'The same for (row, column) in mm; differs where pixels are not square';
COMMENT ON COLUMN lesion_overview.perimeter_pixels IS 'Length of the outline, holes included, in pixels: pi/4 (n_h + n_v + (n_down + n_up) / sqrt 2), the n being the runs of the lesion along rows, columns and both diagonals (Crofton, four directions)';
COMMENT ON COLUMN lesion_overview.perimeter_millimetres IS 'The same in mm: n_h a w + n_v b (pi/2 - w) + (n_down + n_up) (a b / sqrt(a² + b²)) pi/4, with w = atan2(a, b), a and b the spacing of rows and columns';
COMMENT ON COLUMN lesion_overview.circularity_pixels IS '4 pi area_pixels / perimeter_pixels²: 1 for a disc, less for anything longer, rougher or holed; above 1 for a few pixels';
COMMENT ON COLUMN lesion_overview.circularity_millimetres IS '4 pi area_square_millimetres / perimeter_millimetres²';
COMMENT ON COLUMN lesion_overview.longest_diameter_pixels IS 'Maximum Feret diameter in pixels: the largest distance between two corners of its pixels';
COMMENT ON COLUMN lesion_overview.longest_diameter_millimetres IS 'The same in mm, of the pair that is farthest apart in mm, as RECIST 1.1 measures';
COMMENT ON COLUMN lesion_overview.perpendicular_diameter_pixels IS 'Extent in pixels at right angles to the longest diameter in pixels; the largest where several pairs of corners are equally far apart';
COMMENT ON COLUMN lesion_overview.perpendicular_diameter_millimetres IS 'The same in mm, at right angles to the longest diameter in mm, as the WHO criteria measure';
COMMENT ON COLUMN lesion_overview.shortest_diameter_pixels IS 'Minimum caliper width in pixels: the smallest distance between two parallel lines that enclose all corners of its pixels';
COMMENT ON COLUMN lesion_overview.shortest_diameter_millimetres IS 'The same in mm';
COMMENT ON COLUMN lesion_overview.hole_area_pixels IS 'Number of pixels in its holes, whatever they carry';
COMMENT ON COLUMN lesion_overview.hole_area_square_millimetres IS 'Their area in mm²';
COMMENT ON COLUMN lesion_overview.intensity_mean IS 'Mean intensity of the source over its pixels: grey level, or what the rescale of the source makes of it, such as Hounsfield units; luma (ITU-R BT.601) of a colour picture; null where the source was not at hand or has none';
COMMENT ON COLUMN lesion_overview.intensity_min IS 'The lowest of these intensities';
COMMENT ON COLUMN lesion_overview.intensity_max IS 'The highest of these intensities';
COMMENT ON COLUMN lesion_overview.intensity_standard_deviation IS 'Their population standard deviation, sqrt(mean of squares - square of mean)';
COMMENT ON COLUMN lesion_overview.checkpoint_digest IS 'Checkpoint that found it';
COMMENT ON COLUMN lesion_overview.checkpoint_name IS 'Its name';
COMMENT ON COLUMN lesion_overview.checkpoint_version IS 'Its version';
COMMENT ON COLUMN lesion_overview.created_at IS 'When it was stored';
