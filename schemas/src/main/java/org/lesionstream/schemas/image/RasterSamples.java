package org.lesionstream.schemas.image;

import java.awt.image.BufferedImage;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferShort;
import java.awt.image.DataBufferUShort;
import java.awt.image.IndexColorModel;
import java.awt.image.PackedColorModel;
import java.awt.image.Raster;
import java.util.Optional;

/**
 * Takes the numbers out of a decoded picture. {@code BufferedImage.getRGB} is not used where samples are stored one by one, because it converts colour
 * spaces and bends grey values on the way.
 */
final class RasterSamples {

    private RasterSamples() {}

    static PixelGrid grid(BufferedImage image) {
        if (image.getColorModel() instanceof IndexColorModel palette) {
            return palette(image.getRaster(), palette);
        }
        if (image.getColorModel() instanceof PackedColorModel) {
            return packed(image);
        }
        return grid(image.getRaster());
    }

    /** The samples of a raster, whatever they mean. */
    static PixelGrid grid(Raster raster) {
        if (!(raster.getSampleModel() instanceof ComponentSampleModel model) || raster.getNumBands() > 4) {
            throw FileBytes.unsupported(raster.getNumBands() + " bands in an unknown layout");
        }
        int channels = raster.getNumBands() < 3 ? 1 : 3; // the second and the fourth band are alpha
        DataBuffer data = raster.getDataBuffer();
        if (data instanceof DataBufferByte bytes) {
            byte[] samples = bytes(model, bytes, channels);
            return new PixelGrid(
                    model.getHeight(), model.getWidth(), channels, SampleType.UINT8, samples, Optional.empty());
        }
        if (data instanceof DataBufferUShort shorts) {
            byte[] samples = shorts(model, shorts.getBankData(), channels, Short.MIN_VALUE);
            return wide(model, channels, Rescale.UNSIGNED_16, samples);
        }
        if (data instanceof DataBufferShort shorts) {
            return wide(model, channels, Rescale.NONE, shorts(model, shorts.getBankData(), channels, 0));
        }
        throw FileBytes.unsupported("samples of " + DataBuffer.getDataTypeSize(data.getDataType()) + " bits");
    }

    /** The stored numbers of a one-band picture, palette indices included; at most 8 bits. */
    static byte[] indices(Raster raster) {
        int width = raster.getWidth();
        byte[] to = new byte[Math.multiplyExact(raster.getHeight(), width)];
        if (raster.getTransferType() == DataBuffer.TYPE_BYTE) {
            raster.getDataElements(raster.getMinX(), raster.getMinY(), width, raster.getHeight(), to);
            return to;
        }
        int[] row = new int[width];
        for (int r = 0, i = 0; r < raster.getHeight(); r++) {
            raster.getSamples(0, r, width, 1, 0, row);
            for (int value : row) {
                to[i++] = (byte) value;
            }
        }
        return to;
    }

    private static PixelGrid wide(ComponentSampleModel model, int channels, Rescale rescale, byte[] samples) {
        return new PixelGrid(
                model.getHeight(), model.getWidth(), channels, SampleType.INT16, rescale, samples, Optional.empty());
    }

    private static byte[] bytes(ComponentSampleModel model, DataBufferByte data, int channels) {
        int pixelStride = model.getPixelStride();
        byte[] only = data.getData();
        if (likeAGrid(model, channels) && only.length == size(model, channels)) {
            return only; // which nobody else keeps: the picture was decoded for this
        }
        byte[] to = new byte[size(model, channels)];
        for (int k = 0; k < channels; k++) {
            byte[] from = data.getData(model.getBankIndices()[k]);
            for (int r = 0, i = k; r < model.getHeight(); r++) {
                int at = r * model.getScanlineStride() + model.getBandOffsets()[k];
                for (int c = 0; c < model.getWidth(); c++, i += channels, at += pixelStride) {
                    to[i] = from[at];
                }
            }
        }
        return to;
    }

    /** Whether the samples lie one behind the other as those of a {@link PixelGrid}. */
    private static boolean likeAGrid(ComponentSampleModel model, int channels) {
        boolean alike = model.getNumBands() == channels
                && model.getPixelStride() == channels
                && model.getScanlineStride() == channels * model.getWidth();
        for (int k = 0; k < channels; k++) {
            alike &= model.getBankIndices()[k] == 0 && model.getBandOffsets()[k] == k;
        }
        return alike;
    }

    private static byte[] shorts(ComponentSampleModel model, short[][] banks, int channels, int offset) {
        byte[] to = new byte[Math.multiplyExact(2, size(model, channels))];
        for (int k = 0; k < channels; k++) {
            short[] from = banks[model.getBankIndices()[k]];
            for (int r = 0, i = k; r < model.getHeight(); r++) {
                int at = r * model.getScanlineStride() + model.getBandOffsets()[k];
                for (int c = 0; c < model.getWidth(); c++, i += channels, at += model.getPixelStride()) {
                    Samples.int16(to, i, from[at] + offset); // adding -32768 modulo 65536 turns unsigned into signed
                }
            }
        }
        return to;
    }

    private static int size(ComponentSampleModel model, int channels) {
        return Math.multiplyExact(Math.multiplyExact(model.getHeight(), model.getWidth()), channels);
    }

    private static PixelGrid palette(Raster raster, IndexColorModel palette) {
        byte[] indices = indices(raster);
        int[] colours = new int[256]; // an index beyond the palette is black, as other decoders have it
        palette.getRGBs(colours);
        boolean grey = true;
        for (int colour : colours) {
            grey &= (colour >> 16 & 0xff) == (colour & 0xff) && (colour >> 8 & 0xff) == (colour & 0xff);
        }
        int channels = grey ? 1 : 3;
        byte[] to = new byte[Math.multiplyExact(indices.length, channels)];
        for (int i = 0; i < indices.length; i++) {
            put(colours[indices[i] & 0xff], to, i, channels);
        }
        return new PixelGrid(raster.getHeight(), raster.getWidth(), channels, SampleType.UINT8, to, Optional.empty());
    }

    /** Several samples in one number, as in 16- and 32-bit bitmaps: these have sRGB models of up to 8 bits, which getRGB only unpacks. */
    private static PixelGrid packed(BufferedImage image) {
        int width = image.getWidth();
        byte[] to = new byte[Math.multiplyExact(Math.multiplyExact(image.getHeight(), width), 3)];
        int[] row = new int[width];
        for (int r = 0; r < image.getHeight(); r++) {
            image.getRGB(0, r, width, 1, row, 0, width);
            for (int c = 0; c < width; c++) {
                put(row[c], to, r * width + c, 3);
            }
        }
        return new PixelGrid(image.getHeight(), width, 3, SampleType.UINT8, to, Optional.empty());
    }

    private static void put(int colour, byte[] to, int pixel, int channels) {
        to[channels * pixel] = (byte) (colour >> 16);
        if (channels == 3) {
            to[3 * pixel + 1] = (byte) (colour >> 8);
            to[3 * pixel + 2] = (byte) colour;
        }
    }
}
