package org.lesionstream.worker.decode.dicom.codec;

import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.DecodeTimer;

/**
 * JPEG 2000 (ITU-T T.800), where this program was built with a library that decodes it.
 *
 * <ul>
 *   <li>The library may never come back from a damaged frame. It runs in a {@link Jpeg2000Process}, which is killed when the time of the frame is over.
 *   <li>There are as many such processes as frames were ever decoded at once; each serves one frame at a time and waits for the next one.
 *   <li>Colours come as RGB, since the code stream says itself how it was transformed.
 * </ul>
 */
final class Jpeg2000Codec implements PixelCodec {

    private static final Set<String> SYNTAXES = Set.of(
            PixelCodecs.JPEG_2000, // lossless
            "1.2.840.10008.1.2.4.91"); // lossy

    private final ProcessBuilder command;
    private final Deque<Jpeg2000Process> idle = new ConcurrentLinkedDeque<>();

    /** @param command starts a program that speaks as {@link Jpeg2000Main} does */
    Jpeg2000Codec(ProcessBuilder command) {
        this.command = command;
    }

    /** The codec, if its library is there. */
    static Optional<Jpeg2000Codec> ifBuiltIn() {
        return Jpeg2000Process.command(Jpeg2000Main.class, Jpeg2000Main.LIBRARY).map(Jpeg2000Codec::new);
    }

    @Override
    public boolean decodes(String transferSyntax) {
        return SYNTAXES.contains(transferSyntax);
    }

    @Override
    public byte[] decode(byte[] coded, FrameLayout layout, DecodeLimits limits) {
        DecodeTimer timer = limits.startTimer();
        Jpeg2000Header header = Jpeg2000Header.of(coded);
        layout.check(header.rows(), header.columns(), header.samples(), header.precision());
        Jpeg2000Process process = idleOrNew();
        byte[] frame = process.decode(coded, layout, timer);
        idle.addFirst(process); // a refused frame ends its process
        return frame;
    }

    private Jpeg2000Process idleOrNew() {
        for (Jpeg2000Process process = idle.pollFirst(); process != null; process = idle.pollFirst()) {
            if (process.isAlive()) {
                return process;
            }
        }
        return Jpeg2000Process.start(command);
    }
}
