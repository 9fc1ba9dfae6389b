package org.lesionstream.trainer.adopt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lesionstream.schemas.checkpoint.CheckpointFile;
import org.lesionstream.schemas.checkpoint.CheckpointLayout;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.checkpoint.Drift;
import org.lesionstream.schemas.checkpoint.OutputSpec;
import org.lesionstream.schemas.checkpoint.Precision;
import org.lesionstream.schemas.checkpoint.SegmentClass;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.trainer.data.VerificationTiles;
import org.lesionstream.trainer.export.TorchScriptWriter;

/**
 * From a TorchScript file made elsewhere to the file of a checkpoint, in two steps:
 *
 * <ol>
 *   <li>{@link #of}: read the container, find the module, run it on one image and on two, and decide from its answers what the manifest will say;
 *   <li>{@link #write}: put the module inside of one that takes and gives bytes, run both on tiles and compare them.
 * </ol>
 *
 * <p>The precision is the module's own: it is carried as it is, and its answer is taken as 32-bit floats.
 */
public final class Adoption implements AutoCloseable {

    private final Path source;
    private final AdoptionPlan plan;
    private final ForeignModule module;
    private final ForeignRun run;
    private final AnswerShape shape;
    private final AdoptedInterface made;

    private Adoption(
            Path source,
            AdoptionPlan plan,
            ForeignModule module,
            ForeignRun run,
            AnswerShape shape,
            AdoptedInterface made) {
        this.source = source;
        this.plan = plan;
        this.module = module;
        this.run = run;
        this.shape = shape;
        this.made = made;
    }

    /**
     * Reads and runs a file.
     *
     * @throws AdoptionException saying why the file cannot be adopted by this plan
     */
    public static Adoption of(Path file, AdoptionPlan plan) throws IOException {
        ForeignArchive archive = ForeignArchive.open(file);
        try {
            ForeignModule module = ForeignModule.in(archive, plan.take());
            ForeignRun run = ForeignRun.load(file, plan, module.chosen());
            try {
                AnswerShape shape = shape(plan, run);
                return new Adoption(file, plan, module, run, shape, AdoptedInterface.of(plan, shape));
            } catch (RuntimeException e) {
                run.close();
                throw e;
            }
        } catch (RuntimeException | IOException e) {
            archive.close();
            throw e;
        }
    }

    private static AnswerShape shape(AdoptionPlan plan, ForeignRun run) {
        List<byte[]> tiles = VerificationTiles.noise(InputSpec.fit(plan.height(), plan.width(), plan.channels()));
        AnswerShape one =
                AnswerShape.of(plan.contract(), run.answer(tiles.subList(0, 1)).shape(), 1);
        AnswerShape two =
                AnswerShape.of(plan.contract(), run.answer(tiles.subList(0, 2)).shape(), 2);
        if (!one.equals(two)) {
            throw new AdoptionException(
                    "the module answers one image with " + one.text() + ", two images with " + two.text());
        }
        return one;
    }

    /**
     * Writes {@code model.fp32.pt}.
     *
     * @param folder an existing folder without such a file
     * @param pictures tiles of pictures to verify with beside noise, {@code [H, W, C]} bytes each; may be empty
     * @return what a manifest says about the file
     * @throws AdoptionException when the file does not answer as the module does
     */
    public CheckpointFile write(Path folder, List<byte[]> pictures) throws IOException {
        Path file = folder.resolve(CheckpointLayout.modelFile(Precision.FP32));
        TorchScriptWriter.write(AdoptedGraph.of(plan, shape, made.input(), made.output()), module, file);
        List<byte[]> tiles = new ArrayList<>(pictures);
        tiles.addAll(VerificationTiles.noise(made.input()));
        List<Expectation> expectations = tiles.stream()
                .map(tile -> Expectation.of(plan.contract(), shape, made.output(), run.answer(List.of(tile))))
                .toList();
        new AdoptionVerifier(made.input(), made.output()).verify(file, tiles, expectations);
        return new CheckpointFile(
                Precision.FP32, file.getFileName().toString(), Digest.of(file), Files.size(file), Drift.NONE);
    }

    /** What the file will be fed. */
    public InputSpec input() {
        return made.input();
    }

    /** What it will answer. */
    public OutputSpec output() {
        return made.output();
    }

    /** What it finds. */
    public List<SegmentClass> classes() {
        return made.classes();
    }

    /** Class of the module inside, such as {@code __torch__.Net}. */
    public String moduleClass() {
        return module.type();
    }

    /** Place or key of the tensor that counts; empty where the module answers with one alone. */
    public Optional<String> taken() {
        return module.chosen().text();
    }

    /** Digest of the file as it came. */
    public Digest sourceDigest() throws IOException {
        return Digest.of(source);
    }

    @Override
    public void close() throws IOException {
        run.close();
        module.archive().close();
    }
}
