package org.lesionstream.trainer.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.lesionstream.hostile.Target;
import org.lesionstream.hostile.Targets;
import org.lesionstream.trainer.graph.FloatTensor;
import org.lesionstream.trainer.testing.APickle;
import org.lesionstream.trainer.testing.MadeFile;
import org.lesionstream.trainer.testing.TestFiles;

/** Files of weights that strangers publish, as attack surface. A refusal is one line, and names the file and what it would not take. */
public final class WeightsTargets implements Targets {

    private final MadeFile file = new MadeFile();

    @Override
    public List<Target> targets() {
        return List.of(
                target("safetensors", List.of(safetensors()), SafetensorsFile::readWithWholeNumbers),
                target(
                        "pytorch-zip",
                        List.of(TestFiles.bytes("views.protocol4.pth"), TestFiles.bytes("wrapped.pth")),
                        ReferenceWeights::read),
                target(
                        "pytorch-legacy",
                        List.of(TestFiles.bytes("views.legacy.pth"), TestFiles.bytes("legacy.pth")),
                        ReferenceWeights::read),
                new Target(
                                "pickle",
                                pickles(),
                                bytes -> Unpickler.read(ByteBuffer.wrap(bytes), new TorchObjects()),
                                IOException.class)
                        .quoting());
    }

    private Target target(String name, List<byte[]> sound, FileReader reader) {
        return new Target(name, sound, bytes -> read(file.of(bytes), reader), IOException.class).quoting();
    }

    private static void read(Path file, FileReader reader) throws IOException {
        try {
            reader.read(file);
        } catch (IOException refusal) {
            String message = refusal.getMessage();
            if (!message.contains(file.toString()) || message.contains("\n") || message.endsWith("null")) {
                throw new AssertionError("a refusal must be one line with the file", refusal);
            }
            throw refusal;
        }
    }

    /** One of the entries. */
    @FunctionalInterface
    private interface FileReader {
        Object read(Path file) throws IOException;
    }

    private byte[] safetensors() {
        Map<String, FloatTensor> tensors = Map.of(
                "a", new FloatTensor(new long[] {2, 3}, new float[6]),
                "b", new FloatTensor(new long[] {}, new float[1]));
        return file.writtenBy(new SafetensorsFile(Map.of("by", "a test"), tensors)::write);
    }

    private static List<byte[]> pickles() {
        return List.of(
                new APickle()
                        .raw('}')
                        .word("w")
                        .tensor("0", 8, 2, new long[] {2, 3}, new long[] {3, 1})
                        .raw('s')
                        .stop(),
                new APickle()
                        .global("collections", "OrderedDict")
                        .raw("](")
                        .number(1)
                        .number(-2)
                        .raw(0x86)
                        .raw("e")
                        .raw(0x85, 'q', 0)
                        .raw("R}b")
                        .raw(0x94, '0', 'h', 0)
                        .stop());
    }
}
