package org.lesionstream.trainer.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Channels, rows and columns of a network's input, {@code CxHxW} on the command line. */
record ImageExtent(int channels, int height, int width) {

    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,4})x([1-9][0-9]{0,4})x([1-9][0-9]{0,4})");

    /** Reads it. */
    static final class Converter implements ITypeConverter<ImageExtent> {
        @Override
        public ImageExtent convert(String text) {
            Matcher extent = FORM.matcher(text);
            if (!extent.matches()) {
                throw new TypeConversionException("must be CxHxW, such as 3x256x256, was '" + text + "'");
            }
            return new ImageExtent(
                    Integer.parseInt(extent.group(1)),
                    Integer.parseInt(extent.group(2)),
                    Integer.parseInt(extent.group(3)));
        }
    }
}
