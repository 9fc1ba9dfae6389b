package org.lesionstream.trainer.adopt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.lesionstream.hostile.Target;
import org.lesionstream.hostile.Targets;
import org.lesionstream.schemas.image.GeometryKind;
import org.lesionstream.trainer.data.Normalisation;
import org.lesionstream.trainer.export.TorchScriptWriter;
import org.lesionstream.trainer.graph.Graph;
import org.lesionstream.trainer.testing.APickle;
import org.lesionstream.trainer.testing.ForeignFiles;
import org.lesionstream.trainer.testing.MadeFile;

/** TorchScript files that strangers publish, as attack surface. The engine's own reader, which is native, is not part of it. */
public final class AdoptionTargets implements Targets {

    private static final int SIDE = ForeignFiles.SIDE;
    private static final Graph SERVED = served();

    private static final byte[] SOURCE = """
            class Net(Module):
              training : bool
              def forward(self: __torch__.a.Net,
                x: Tensor) -> Tuple[Tensor, List[Tensor]]:
                return (x, [x])
            """.getBytes(StandardCharsets.US_ASCII);

    private final MadeFile file = new MadeFile();
    private final MadeFile copy = new MadeFile();

    @Override
    public List<Target> targets() {
        List<byte[]> archives =
                Stream.of("tuple.ts", "frozen.ts").map(ForeignFiles::bytes).toList();
        return List.of(
                target("torchscript", archives, bytes -> adopt(file.of(bytes))),
                target("torchscript-source", List.of(SOURCE), bytes -> adopt(around(bytes))),
                target("torchscript-program", List.of(ForeignPickleTest.MODULE), ForeignPickle::of));
    }

    /** As {@link Adoption} does, without running anything: the module is found, and written inside of another one. */
    private void adopt(Path path) throws IOException {
        try (ForeignArchive archive = ForeignArchive.open(path)) {
            ForeignModule module = ForeignModule.in(archive, Optional.empty());
            copy.writtenBy(to -> TorchScriptWriter.write(SERVED, module, to));
        } catch (AdoptionException refusal) {
            if (refusal.getMessage().lines().count() != 1) {
                throw new AssertionError("a refusal must be one line", refusal);
            }
            throw refusal;
        }
    }

    /** An archive with such a source: in whole archives it is compressed, and damage seldom comes through. */
    private Path around(byte[] source) throws IOException {
        byte[] some = {1};
        Map<String, byte[]> entries = Map.of(
                "net/version",
                some,
                "net/data.pkl",
                ForeignPickleTest.MODULE,
                "net/constants.pkl",
                some,
                "net/code/__torch__/a.py",
                source);
        return APickle.zip(file.of(source), entries, ZipEntry.STORED);
    }

    /** The graph around a module of three maps. */
    private static Graph served() {
        AdoptionPlan plan = new AdoptionPlan(
                Contract.LOGITS_NCHW,
                3,
                SIDE,
                SIDE,
                Normalisation.unit(3),
                Optional.empty(),
                GeometryKind.FIT,
                OptionalInt.empty(),
                1,
                OptionalDouble.empty(),
                List.of());
        AnswerShape shape = AnswerShape.of(plan.contract(), new long[] {1, 3, SIDE, SIDE}, 1);
        AdoptedInterface made = AdoptedInterface.of(plan, shape);
        return AdoptedGraph.of(plan, shape, made.input(), made.output());
    }

    private static Target target(String name, List<byte[]> sound, Target.Reader reader) {
        return new Target(name, sound, reader, AdoptionException.class).quoting();
    }
}
