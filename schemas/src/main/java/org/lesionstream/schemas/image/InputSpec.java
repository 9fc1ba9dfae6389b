package org.lesionstream.schemas.image;

import java.util.Optional;

/**
 * What a checkpoint wants to be fed and what size it gives back.
 *
 * @param height rows of one network input
 * @param width columns of one network input
 * @param channels samples per pixel, 1 or more
 * @param type how a sample is stored
 * @param geometry tiles or fit
 * @param margin pixels on each side whose output cannot be trusted because context is missing. Valid networks lose exactly these; tiles of padded
 *     networks overlap by twice as many. 0 for fit
 * @param alignment the pooling grid: tile starts are multiples of it, so that a pixel meets the same grid in every tile
 * @param targetSpacing resolution the network was trained at; a picture of known, other spacing is resampled to it. Tiles only
 * @param intensity image-wide rule, applied before the cut
 * @param outputHeight rows of one network output: {@code height} for padded networks, {@code height - 2 * margin} for valid ones
 * @param outputWidth columns of one network output, likewise
 */
public record InputSpec(
        int height,
        int width,
        int channels,
        SampleType type,
        GeometryKind geometry,
        int margin,
        int alignment,
        Optional<PixelSpacing> targetSpacing,
        IntensityRule intensity,
        int outputHeight,
        int outputWidth) {

    public InputSpec {
        Checks.positive("height", height);
        Checks.positive("width", width);
        Checks.positive("channels", channels);
        Checks.notNegative("margin", margin);
        Checks.positive("alignment", alignment);
        boolean padded = outputHeight == height && outputWidth == width;
        boolean valid = outputHeight == height - 2 * margin && outputWidth == width - 2 * margin;
        if ((!padded && !valid) || outputHeight <= 0 || outputWidth <= 0) {
            throw new IllegalArgumentException("output must be as large as the input or smaller by the margin " + margin
                    + " on each side, was " + outputHeight + "x" + outputWidth + " for " + height + "x" + width);
        }
        if (geometry == GeometryKind.FIT && (!padded || margin != 0 || targetSpacing.isPresent())) {
            throw new IllegalArgumentException(
                    "fit must have output as large as the input, margin 0 and no target spacing");
        }
        if (geometry == GeometryKind.TILES) {
            int overlap = padded ? 2 * margin : 0;
            if (Math.min(outputHeight, outputWidth) - overlap < alignment) {
                throw new IllegalArgumentException("margin " + margin + " leaves less than one step of alignment "
                        + alignment + " in tiles of " + height + "x" + width);
            }
        }
        if ((long) height * width * channels * type.bytesPerSample() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "tile must stay below 2 GiB, was " + height + "x" + width + "x" + channels);
        }
    }

    /** A network with padded convolutions that reads 8-bit tiles as they are. */
    public static InputSpec tiles(int height, int width, int channels, int margin, int alignment) {
        return tiles(height, width, channels, margin, alignment, 0);
    }

    /** A network with valid convolutions that reads 8-bit tiles as they are and whose output lacks {@code margin} pixels on each side. */
    public static InputSpec validTiles(int height, int width, int channels, int margin, int alignment) {
        return tiles(height, width, channels, margin, alignment, 2 * margin);
    }

    private static InputSpec tiles(int height, int width, int channels, int margin, int alignment, int lost) {
        return new InputSpec(
                height,
                width,
                channels,
                SampleType.UINT8,
                GeometryKind.TILES,
                margin,
                alignment,
                Optional.empty(),
                new IntensityRule.Identity(),
                height - lost,
                width - lost);
    }

    /** A network that reads whole pictures, resized, 8-bit as they are. */
    public static InputSpec fit(int height, int width, int channels) {
        return new InputSpec(
                height,
                width,
                channels,
                SampleType.UINT8,
                GeometryKind.FIT,
                0,
                1,
                Optional.empty(),
                new IntensityRule.Identity(),
                height,
                width);
    }

    /** Whether the output covers the whole input. */
    public boolean padded() {
        return outputHeight == height && outputWidth == width;
    }

    /** Bytes of one network input. */
    public int tileBytes() {
        return height * width * channels * type.bytesPerSample();
    }

    /** Pixels of one network output. */
    public int outputPixels() {
        return outputHeight * outputWidth;
    }
}
