package org.lesionstream.worker.decode.dicom;

import java.util.Set;

/** The attributes that are read, by their names in PS3.6: group in the upper, element in the lower 16 bits. */
public final class Tag {

    public static final int TRANSFER_SYNTAX_UID = 0x0002_0010;

    public static final int SLICE_THICKNESS = 0x0018_0050;
    public static final int ESTIMATED_RADIOGRAPHIC_MAGNIFICATION_FACTOR = 0x0018_1114;
    public static final int IMAGER_PIXEL_SPACING = 0x0018_1164;
    public static final int SEQUENCE_OF_ULTRASOUND_REGIONS = 0x0018_6011;
    public static final int REGION_SPATIAL_FORMAT = 0x0018_6012;
    public static final int REGION_DATA_TYPE = 0x0018_6014;
    public static final int PHYSICAL_UNITS_X_DIRECTION = 0x0018_6024;
    public static final int PHYSICAL_UNITS_Y_DIRECTION = 0x0018_6026;
    public static final int PHYSICAL_DELTA_X = 0x0018_602C;
    public static final int PHYSICAL_DELTA_Y = 0x0018_602E;

    public static final int IMAGE_POSITION_PATIENT = 0x0020_0032;
    public static final int IMAGE_ORIENTATION_PATIENT = 0x0020_0037;
    public static final int PLANE_POSITION_SEQUENCE = 0x0020_9113;
    public static final int PLANE_ORIENTATION_SEQUENCE = 0x0020_9116;

    public static final int SAMPLES_PER_PIXEL = 0x0028_0002;
    public static final int PHOTOMETRIC_INTERPRETATION = 0x0028_0004;
    public static final int PLANAR_CONFIGURATION = 0x0028_0006;
    public static final int NUMBER_OF_FRAMES = 0x0028_0008;
    public static final int ROWS = 0x0028_0010;
    public static final int COLUMNS = 0x0028_0011;
    public static final int PIXEL_SPACING = 0x0028_0030;
    public static final int BITS_ALLOCATED = 0x0028_0100;
    public static final int BITS_STORED = 0x0028_0101;
    public static final int HIGH_BIT = 0x0028_0102;
    public static final int PIXEL_REPRESENTATION = 0x0028_0103;
    public static final int PIXEL_PADDING_VALUE = 0x0028_0120;
    public static final int PIXEL_PADDING_RANGE_LIMIT = 0x0028_0121;
    public static final int WINDOW_CENTER = 0x0028_1050;
    public static final int WINDOW_WIDTH = 0x0028_1051;
    public static final int RESCALE_INTERCEPT = 0x0028_1052;
    public static final int RESCALE_SLOPE = 0x0028_1053;
    public static final int VOI_LUT_FUNCTION = 0x0028_1056;
    /** Descriptor of red; green and blue follow. */
    public static final int RED_PALETTE_DESCRIPTOR = 0x0028_1101;
    /** Entries of red; green and blue follow. */
    public static final int RED_PALETTE_DATA = 0x0028_1201;
    /** Segmented entries of red; green and blue follow. */
    public static final int SEGMENTED_RED_PALETTE_DATA = 0x0028_1221;

    public static final int MODALITY_LUT_SEQUENCE = 0x0028_3000;
    public static final int LUT_DESCRIPTOR = 0x0028_3002;
    public static final int LUT_DATA = 0x0028_3006;
    public static final int PIXEL_MEASURES_SEQUENCE = 0x0028_9110;
    public static final int FRAME_VOI_LUT_SEQUENCE = 0x0028_9132;
    public static final int PIXEL_VALUE_TRANSFORMATION_SEQUENCE = 0x0028_9145;

    public static final int SHARED_FUNCTIONAL_GROUPS_SEQUENCE = 0x5200_9229;
    public static final int PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE = 0x5200_9230;

    public static final int EXTENDED_OFFSET_TABLE = 0x7FE0_0001;
    public static final int EXTENDED_OFFSET_TABLE_LENGTHS = 0x7FE0_0002;
    public static final int FLOAT_PIXEL_DATA = 0x7FE0_0008;
    public static final int DOUBLE_FLOAT_PIXEL_DATA = 0x7FE0_0009;
    public static final int PIXEL_DATA = 0x7FE0_0010;

    public static final int ITEM = 0xFFFE_E000;
    public static final int ITEM_DELIMITATION = 0xFFFE_E00D;
    public static final int SEQUENCE_DELIMITATION = 0xFFFE_E0DD;

    private static final Set<Integer> SEQUENCES = Set.of(
            SEQUENCE_OF_ULTRASOUND_REGIONS,
            PLANE_POSITION_SEQUENCE,
            PLANE_ORIENTATION_SEQUENCE,
            MODALITY_LUT_SEQUENCE,
            PIXEL_MEASURES_SEQUENCE,
            FRAME_VOI_LUT_SEQUENCE,
            PIXEL_VALUE_TRANSFORMATION_SEQUENCE,
            SHARED_FUNCTIONAL_GROUPS_SEQUENCE,
            PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE);

    private static final Set<Integer> VALUES = Set.of(
            TRANSFER_SYNTAX_UID,
            SLICE_THICKNESS,
            ESTIMATED_RADIOGRAPHIC_MAGNIFICATION_FACTOR,
            IMAGER_PIXEL_SPACING,
            REGION_SPATIAL_FORMAT,
            REGION_DATA_TYPE,
            PHYSICAL_UNITS_X_DIRECTION,
            PHYSICAL_UNITS_Y_DIRECTION,
            PHYSICAL_DELTA_X,
            PHYSICAL_DELTA_Y,
            IMAGE_POSITION_PATIENT,
            IMAGE_ORIENTATION_PATIENT,
            SAMPLES_PER_PIXEL,
            PHOTOMETRIC_INTERPRETATION,
            PLANAR_CONFIGURATION,
            NUMBER_OF_FRAMES,
            ROWS,
            COLUMNS,
            PIXEL_SPACING,
            BITS_ALLOCATED,
            BITS_STORED,
            HIGH_BIT,
            PIXEL_REPRESENTATION,
            PIXEL_PADDING_VALUE,
            PIXEL_PADDING_RANGE_LIMIT,
            WINDOW_CENTER,
            WINDOW_WIDTH,
            RESCALE_INTERCEPT,
            RESCALE_SLOPE,
            VOI_LUT_FUNCTION,
            RED_PALETTE_DESCRIPTOR,
            RED_PALETTE_DESCRIPTOR + 1,
            RED_PALETTE_DESCRIPTOR + 2,
            RED_PALETTE_DATA,
            RED_PALETTE_DATA + 1,
            RED_PALETTE_DATA + 2,
            SEGMENTED_RED_PALETTE_DATA,
            SEGMENTED_RED_PALETTE_DATA + 1,
            SEGMENTED_RED_PALETTE_DATA + 2,
            LUT_DESCRIPTOR,
            LUT_DATA,
            EXTENDED_OFFSET_TABLE,
            EXTENDED_OFFSET_TABLE_LENGTHS,
            FLOAT_PIXEL_DATA,
            DOUBLE_FLOAT_PIXEL_DATA,
            PIXEL_DATA);

    private Tag() {}

    /** A tag as the standard prints it, {@code (0028,0010)}. */
    public static String text(int tag) {
        return String.format("(%04X,%04X)", tag >>> 16, tag & 0xffff);
    }

    /** Whether the attribute is a sequence whose items are kept. */
    static boolean isSequence(int tag) {
        return SEQUENCES.contains(tag);
    }

    /** Whether the attribute is kept while a data set is read. */
    static boolean isKept(int tag) {
        return VALUES.contains(tag) || SEQUENCES.contains(tag);
    }
}
