package org.lesionstream.worker.decode.dicom.codec;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.lesionstream.schemas.image.DecodeTimer;

/**
 * A process that runs {@link Jpeg2000Main}: its library may take what it wants and fail as it likes, and the worker goes on.
 *
 * <ul>
 *   <li>It sees no variable of the worker's environment, hence none of its secrets, and has at most {@value #MEMORY} of heap.
 *   <li>It is killed when the time of a frame is over, and ends with the worker.
 *   <li>Used by one thread at a time.
 * </ul>
 */
final class Jpeg2000Process {

    /** What a frame of 50 megapixels takes is a little less. */
    private static final String MEMORY = "-Xmx1g";

    private static final ScheduledExecutorService WATCH = Executors.newSingleThreadScheduledExecutor(watch -> {
        Thread thread = new Thread(watch, "jpeg2000-watch");
        thread.setDaemon(true);
        return thread;
    });

    private final Process process;
    private final DataOutputStream requests;
    private final DataInputStream answers;

    private Jpeg2000Process(Process process) {
        this.process = process;
        this.requests = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
        this.answers = new DataInputStream(process.getInputStream());
    }

    /**
     * How to start one, from whatever folders and jars this program runs from.
     *
     * @param program class that speaks as {@link Jpeg2000Main} does
     * @param needed one class of each folder or jar that it needs
     * @return empty where one of them is not on the class path
     */
    static Optional<ProcessBuilder> command(Class<?> program, List<String> needed) {
        Set<String> classPath = new LinkedHashSet<>();
        for (String name : needed) {
            try {
                classPath.add(place(Class.forName(name, false, Jpeg2000Process.class.getClassLoader())));
            } catch (ClassNotFoundException absent) {
                return Optional.empty();
            }
        }
        classPath.add(place(program));
        ProcessBuilder command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                MEMORY,
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData", // writes no file
                "-XX:+ExitOnOutOfMemoryError",
                "-Djava.awt.headless=true",
                "-cp",
                String.join(File.pathSeparator, classPath),
                program.getName());
        command.environment().clear();
        return Optional.of(
                command.redirectError(ProcessBuilder.Redirect.DISCARD)); // the library's words may quote a file
    }

    /** The jar or folder that a class was loaded from. */
    private static String place(Class<?> type) {
        return Path.of(URI.create(
                        type.getProtectionDomain().getCodeSource().getLocation().toString()))
                .toString();
    }

    /**
     * Starts a process.
     *
     * @throws UncheckedIOException if the operating system does not let it
     */
    static Jpeg2000Process start(ProcessBuilder command) {
        try {
            return new Jpeg2000Process(command.start());
        } catch (IOException refused) {
            throw new UncheckedIOException("no process for JPEG 2000", refused);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Decodes one frame. Where it is refused this process has ended, since nobody knows in what state the library is.
     *
     * @throws org.lesionstream.schemas.image.ImageRefusedException if the frame is damaged, or there was not enough time for it
     */
    byte[] decode(byte[] coded, FrameLayout layout, DecodeTimer timer) {
        ScheduledFuture<?> end = WATCH.schedule(this::kill, timer.left().toNanos(), TimeUnit.NANOSECONDS);
        try {
            byte[] frame = ask(coded, layout);
            if (end.cancel(false)) {
                return frame;
            }
        } catch (IOException ended) { // says no more than that the pipe is broken
            end.cancel(false);
            kill();
        }
        timer.check();
        throw Refusal.damaged("the JPEG 2000 decoder gave up");
    }

    private void kill() {
        process.destroyForcibly();
    }

    private byte[] ask(byte[] coded, FrameLayout layout) throws IOException {
        requests.writeByte(layout.bytesPerSample());
        requests.writeInt(layout.frameBytes());
        requests.writeInt(coded.length);
        requests.write(coded);
        requests.flush();
        byte[] frame = new byte[layout.frameBytes()];
        answers.readFully(frame);
        return frame;
    }
}
