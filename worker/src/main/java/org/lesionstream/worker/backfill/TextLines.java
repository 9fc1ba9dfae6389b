package org.lesionstream.worker.backfill;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;

/**
 * The lines of a text in UTF-8 with their numbers, one at a time. Blank lines are passed over, a byte order mark too; a line that is
 * too long or not UTF-8 comes without its text, and the next one is read as if nothing had been.
 *
 * <p>Holds one line of at most {@link #MOST_BYTES}. Confined to one thread.
 */
final class TextLines implements AutoCloseable {
    /** Far beyond a job with all its labels. */
    static final int MOST_BYTES = 64 << 10;

    private static final int END = -1;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final InputStream in;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long number;

    /** @param in buffered, and closed with these lines */
    TextLines(InputStream in) {
        this.in = in;
    }

    /**
     * A line.
     *
     * @param text empty if it cannot be read
     * @param fault why it cannot; empty otherwise
     */
    record Line(long number, String text, Optional<String> fault) {}

    /** The next line that is not blank; empty at the end. */
    Optional<Line> next() throws IOException {
        while (true) {
            int first = in.read();
            if (first == END) {
                return Optional.empty();
            }
            number++;
            Line line = line(first);
            if (line.fault().isPresent() || !line.text().isBlank()) {
                return Optional.of(line);
            }
        }
    }

    private Line line(int first) throws IOException {
        bytes.reset();
        boolean tooLong = false;
        for (int next = first; next != '\n' && next != END; next = in.read()) {
            if (bytes.size() < MOST_BYTES) {
                bytes.write(next);
            } else {
                tooLong = true;
            }
        }
        if (tooLong) {
            return new Line(number, "", Optional.of("longer than " + MOST_BYTES + " bytes"));
        }
        try {
            String text = UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
            boolean marked = number == 1 && text.startsWith(BYTE_ORDER_MARK);
            return new Line(number, text.strip().substring(marked ? 1 : 0), Optional.empty());
        } catch (CharacterCodingException notText) {
            return new Line(number, "", Optional.of("not UTF-8"));
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
