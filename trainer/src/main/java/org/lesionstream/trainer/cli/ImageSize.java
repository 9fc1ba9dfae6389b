package org.lesionstream.trainer.cli;

import ai.djl.ndarray.types.Shape;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lesionstream.trainer.network.NetworkSpec;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Extents of an image that a network is fed, as commands write them: {@code 3x256x256}.
 *
 * @param channels at least 1
 * @param height at least 1
 * @param width at least 1
 */
record ImageSize(int channels, int height, int width) {
    private static final String CHANNELS = "channels";

    /** The network, told its channels where it is not said. */
    NetworkSpec applyTo(NetworkSpec network) {
        int expected = network.count(CHANNELS, channels);
        if (expected != channels) {
            throw new IllegalArgumentException(
                    "the input %s does not fit %s, which takes %d channels".formatted(this, network, expected));
        }
        return network.with(CHANNELS, channels);
    }

    Shape shape(int batch) {
        return new Shape(batch, channels, height, width);
    }

    @Override
    public String toString() {
        return channels + "x" + height + "x" + width;
    }

    /** Reads {@code CxHxW}. */
    static final class Converter implements ITypeConverter<ImageSize> {
        private static final Pattern EXTENTS = Pattern.compile("([1-9][0-9]{0,2})x([1-9][0-9]{0,4})x([1-9][0-9]{0,4})");

        @Override
        public ImageSize convert(String text) {
            Matcher extents = EXTENTS.matcher(text);
            if (!extents.matches()) {
                throw new TypeConversionException(
                        "must be channels, height and width like 3x256x256, was '" + text + "'");
            }
            return new ImageSize(
                    Integer.parseInt(extents.group(1)),
                    Integer.parseInt(extents.group(2)),
                    Integer.parseInt(extents.group(3)));
        }
    }
}
