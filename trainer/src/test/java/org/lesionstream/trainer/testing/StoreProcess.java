package org.lesionstream.trainer.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import org.lesionstream.schemas.checkpoint.AliasChange;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.checkpoint.CheckpointNote;
import org.lesionstream.trainer.registry.CheckpointStore;
import org.lesionstream.trainer.registry.Notebook;
import org.lesionstream.trainer.registry.Promotion;

/**
 * A process of its own that works on the checkpoint {@code lesion} of a store. It says "ready" and waits for {@link #go}, so that several can be let
 * loose at the same moment.
 */
public final class StoreProcess implements AutoCloseable {

    /** What it does once it is let loose. */
    public enum Work {
        /** Publishes versions and says their numbers. */
        PUBLISH,
        /** Publishes a version, but says "chose" and its number, and waits to be let loose again, before it takes that number. */
        CHOOSE,
        /** Moves the alias production to version 1 and 2 in turn. */
        PROMOTE,
        /** Makes notes about version 1. */
        NOTE,
        /** Writes a version, says "written" and never comes to publish it. */
        DRAFT,
        /** Takes the lock of the aliases, says "locked" and never gives it back. */
        LOCK
    }

    private final Process process;
    private final BufferedReader out;

    private StoreProcess(Process process) {
        this.process = process;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts it; returns when it is ready. */
    public static StoreProcess start(Path store, Work work, String who, int times) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                StoreProcess.class.getName(),
                store.toString(),
                work.name(),
                who,
                String.valueOf(times));
        StoreProcess started = new StoreProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
        started.await("ready");
        return started;
    }

    /** Lets it loose. */
    public void go() throws IOException {
        OutputStream in = process.getOutputStream();
        in.write('\n');
        in.flush();
    }

    /** Returns when it has said this. */
    public void await(String word) throws IOException {
        String said = out.readLine();
        if (!word.equals(said)) {
            throw new IOException("wanted " + word + ", the process said " + said);
        }
    }

    /** Returns everything it says until it ends. */
    public List<String> rest() throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            lines.add(line);
        }
        int status = process.waitFor();
        if (status != 0) {
            throw new IOException("the process ended with " + status);
        }
        return lines;
    }

    /** Kills it as {@code kill -9} does; returns when it is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** The process itself. */
    public static void main(String[] arguments) throws IOException {
        Path store = Path.of(arguments[0]);
        String who = arguments[2];
        PrintStream say = System.out;
        say.println("ready");
        hear();
        for (int i = 0; i < Integer.parseInt(arguments[3]); i++) {
            switch (Work.valueOf(arguments[1])) {
                case PUBLISH ->
                    say.println(new CheckpointStore(store)
                            .publish("lesion", new ADraft("lesion", who + i))
                            .manifest()
                            .version());
                case CHOOSE ->
                    say.println(new CheckpointStore(store)
                            .publish("lesion", draft -> hesitating(new ADraft("lesion", who).write(draft), say))
                            .manifest()
                            .version());
                case PROMOTE ->
                    new Promotion(store)
                            .promote(
                                    "lesion",
                                    new AliasChange("production", 1 + i % 2, Instant.EPOCH, who, "time " + i));
                case NOTE -> new Notebook(store).add("lesion", new CheckpointNote(1, Instant.EPOCH, who, "note " + i));
                case DRAFT ->
                    new CheckpointStore(store).publish("lesion", draft -> {
                        var manifests = new ADraft("lesion", who).write(draft);
                        say.println("written");
                        hear();
                        return manifests;
                    });
                case LOCK -> {
                    try (FileChannel channel = FileChannel.open(
                            store.resolve("lesion/.aliases.lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE)) {
                        channel.lock();
                        say.println("locked");
                        hear();
                    }
                }
            }
        }
    }

    /** The same manifests, the first of them only after a word from outside. */
    private static IntFunction<CheckpointManifest> hesitating(
            IntFunction<CheckpointManifest> manifests, PrintStream say) {
        AtomicBoolean first = new AtomicBoolean(true);
        return version -> {
            if (first.getAndSet(false)) {
                say.println("chose " + version);
                try {
                    hear();
                } catch (IOException alone) {
                    throw new UncheckedIOException(alone);
                }
            }
            return manifests.apply(version);
        };
    }

    private static void hear() throws IOException {
        if (System.in.read() < 0) {
            throw new IOException("nobody listens any more");
        }
    }
}
