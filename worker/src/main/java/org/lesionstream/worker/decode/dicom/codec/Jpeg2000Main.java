package org.lesionstream.worker.decode.dicom.codec;

import java.awt.image.Raster;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * The program of a {@link Jpeg2000Process}: reads frames from its standard input and writes their samples to its standard output until the input ends.
 *
 * <ul>
 *   <li>A request is one byte, the bytes of a sample; two numbers of 32 bits, big endian, the length of the decoded and of the coded frame; and the coded
 *       frame.
 *   <li>The answer is the decoded frame as {@link FrameLayout} says, and nothing else: whoever asked knows how long it is.
 *   <li>A frame that cannot be decoded ends the program.
 *   <li>The library is the reader of jai-imageio-jpeg2000, used through the interfaces of the JDK, so that this program can be compiled without it.
 * </ul>
 */
final class Jpeg2000Main {

    private static final String READER = "com.github.jaiimageio.jpeg2000.impl.J2KImageReaderSpi";

    /** One class of each jar of the library. */
    static final List<String> LIBRARY = List.of(READER, "com.github.jaiimageio.impl.common.ImageUtil");

    private Jpeg2000Main() {}

    /**
     * Decodes until the input ends.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
        OutputStream answers = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16);
        System.setOut(new PrintStream(OutputStream.nullOutputStream())); // the library talks
        ProcessHandle.current().parent().ifPresent(Jpeg2000Main::endWith);
        ImageReaderSpi library = Class.forName(READER)
                .asSubclass(ImageReaderSpi.class)
                .getDeclaredConstructor()
                .newInstance();
        DataInputStream requests = new DataInputStream(new FileInputStream(FileDescriptor.in));
        for (int bytesPerSample = requests.read(); bytesPerSample > 0; bytesPerSample = requests.read()) {
            byte[] frame = new byte[requests.readInt()];
            byte[] coded = requests.readNBytes(requests.readInt());
            fill(frame, raster(coded, library), bytesPerSample);
            answers.write(frame);
            answers.flush();
        }
    }

    /** Whoever spins over a frame does not see that the input has ended. */
    private static void endWith(ProcessHandle worker) {
        Thread watch = new Thread(
                () -> {
                    worker.onExit().join();
                    Runtime.getRuntime().halt(1);
                },
                "worker-watch");
        watch.setDaemon(true);
        watch.start();
    }

    private static Raster raster(byte[] coded, ImageReaderSpi library) throws IOException {
        ImageReader reader = library.createReaderInstance();
        try {
            reader.setInput(new MemoryCacheImageInputStream(new ByteArrayInputStream(coded)), true, true);
            return reader.readRaster(0, null);
        } finally {
            reader.dispose();
        }
    }

    private static void fill(byte[] frame, Raster raster, int bytesPerSample) {
        int width = raster.getWidth();
        int[] row = new int[width * raster.getNumBands()];
        if ((long) row.length * raster.getHeight() * bytesPerSample != frame.length) {
            throw new IllegalStateException("a picture of another size than its code stream states");
        }
        int at = 0;
        for (int r = 0; r < raster.getHeight(); r++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + r, width, 1, row);
            for (int value : row) {
                for (int i = 0; i < bytesPerSample; i++) {
                    frame[at++] = (byte) (value >> (8 * i));
                }
            }
        }
    }
}
