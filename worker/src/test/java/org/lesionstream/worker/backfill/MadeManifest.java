package org.lesionstream.worker.backfill;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.schemas.message.ImageJob;
import org.lesionstream.schemas.message.MessageCodec;

/** Manifests that are nowhere but in memory. */
final class MadeManifest {
    static final Path FOLDER = Path.of("/archive/list");

    private static final MessageCodec CODEC = new MessageCodec();

    private MadeManifest() {}

    static JobMaker jobs(String checkpoint) {
        return new JobMaker(CheckpointReference.parse(checkpoint), CODEC);
    }

    static EntrySource csv(String... lines) {
        return source(true, String.join("\n", lines).getBytes(UTF_8));
    }

    static EntrySource jsonLines(String... lines) {
        return source(false, String.join("\n", lines).getBytes(UTF_8));
    }

    static EntrySource source(boolean csv, byte[] text) {
        return source(csv, new ByteArrayInputStream(text));
    }

    static EntrySource source(boolean csv, InputStream text) {
        try {
            return ManifestSource.read(text, csv, FOLDER, jobs("lesion@7"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A CSV table of that many pictures, made line by line as it is read. */
    static EntrySource pictures(int count) {
        return source(true, new BufferedInputStream(new GeneratedLines(count)));
    }

    static List<SourceLine> all(EntrySource source) {
        List<SourceLine> lines = new ArrayList<>();
        for (Optional<SourceLine> next = source.next(); next.isPresent(); next = source.next()) {
            lines.add(next.get());
        }
        return lines;
    }

    static ImageJob job(SourceLine line) {
        return ((SourceLine.Picture) line).job();
    }

    static String refusal(SourceLine line) {
        return ((SourceLine.Refused) line).why();
    }

    private static final class GeneratedLines extends InputStream {
        private final int count;
        private ByteBuffer line = UTF_8.encode("uri\n");
        private int made;

        private GeneratedLines(int count) {
            this.count = count;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            if (!line.hasRemaining()) {
                if (made == count) {
                    return -1;
                }
                line = UTF_8.encode("picture-" + made++ + ".png\n");
            }
            int read = Math.min(length, line.remaining());
            line.get(bytes, offset, read);
            return read;
        }
    }
}
