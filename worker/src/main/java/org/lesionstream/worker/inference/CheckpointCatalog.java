package org.lesionstream.worker.inference;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.lesionstream.schemas.checkpoint.AliasHistory;
import org.lesionstream.schemas.checkpoint.CheckpointFile;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.FailureType;
import org.lesionstream.worker.failure.SegmentationException;

/**
 * What the checkpoint references of jobs mean, and the networks behind them.
 *
 * <ul>
 *   <li>An alias means one version until {@link #refresh} has loaded, verified and warmed the next one; a version that cannot be
 *       loaded never becomes the answer.
 *   <li>Every model file is compared with the digest in its manifest before the engine sees it.
 *   <li>Old versions stay available for the cases that are pinned to them. The least recently used network is unloaded where
 *       another one needs its room, and comes back when it is asked for.
 *   <li>Safe for use by several threads. {@link #resolve}, {@link #byDigest} and {@link #loaded} read at most a small file; {@link
 *       #load}, {@link #preload} and {@link #refresh} take seconds, in which loaded networks stay usable.
 * </ul>
 */
public final class CheckpointCatalog implements AutoCloseable {

    private static final Logger LOG = System.getLogger(CheckpointCatalog.class.getName());

    private final StoredCheckpoints stored;
    private final InferenceSettings settings;
    private final Hardware hardware;
    private final SegmentationEngine engine;
    private final WarmUp warmUp;
    private final LoadedSegmenters loaded;
    private final Map<CheckpointReference, ServedCheckpoint> answers = new ConcurrentHashMap<>();
    private final Map<CheckpointReference, Digest> refused = new ConcurrentHashMap<>();
    private final Map<Digest, StoredCheckpoint> byDigest = new ConcurrentHashMap<>();

    CheckpointCatalog(
            Path store,
            InferenceSettings settings,
            Hardware hardware,
            SegmentationEngine engine,
            LongSupplier nanoClock) {
        this.stored = new StoredCheckpoints(store);
        this.settings = settings;
        this.hardware = hardware;
        this.engine = engine;
        this.warmUp = new WarmUp(settings.batchSizes(), settings.largestBatch(), settings.longestBatch(), nanoClock);
        this.loaded =
                new LoadedSegmenters(settings.memory(), digest -> file(digest).bytes(), this::warm);
    }

    /**
     * Starts the engine for the given store.
     *
     * @param nanoClock times the warm-up
     * @throws IllegalStateException if the device that the settings ask for is not there
     */
    public static CheckpointCatalog open(Path store, InferenceSettings settings, LongSupplier nanoClock) {
        return new CheckpointCatalog(
                store, settings, Hardware.of(settings.device()), TorchEngine.start(settings), nanoClock);
    }

    /** A catalog whose networks do no work, for measurements of everything else. */
    public static CheckpointCatalog openWithoutEngine(Path store, InferenceSettings settings, LongSupplier nanoClock) {
        return new CheckpointCatalog(store, settings, Hardware.of(settings.device()), new IdleEngine(), nanoClock);
    }

    /**
     * What a reference means now.
     *
     * @throws SegmentationException {@code CHECKPOINT_UNKNOWN}, {@code CHECKPOINT_CORRUPT} or, if the store does not answer, {@code
     *     CHECKPOINT_STORE_UNAVAILABLE}
     */
    public ServedCheckpoint resolve(CheckpointReference reference) {
        ServedCheckpoint answer = answers.get(reference);
        return answer != null ? answer : answers.computeIfAbsent(reference, this::find);
    }

    /** The version with that manifest digest, whatever the aliases say by now; throws like {@link #resolve}. */
    public ServedCheckpoint byDigest(String name, Digest digest) {
        return resolve(new CheckpointReference.ByDigest(name, digest));
    }

    /** The network of that version, if it is in memory and warm. */
    public Optional<Network> loaded(Digest digest) {
        return loaded.lease(digest);
    }

    /**
     * The network of a version that was resolved before, loaded and warmed in the calling thread if need be, as soon as
     * others leave room for it.
     *
     * @throws SegmentationException {@code CHECKPOINT_UNKNOWN} if that digest was never an answer, or like {@link #resolve}
     */
    public Network load(Digest digest) throws InterruptedException {
        storedAs(digest);
        return loaded.load(digest);
    }

    /** Resolves, loads and warms, so that the first job does not wait. */
    public ServedCheckpoint preload(CheckpointReference reference) {
        ServedCheckpoint checkpoint = resolve(reference);
        loaded.loadBeside(checkpoint.digest()).close();
        return checkpoint;
    }

    /** Whether the network of that version is in memory and warm. */
    public boolean isLoaded(Digest digest) {
        return loaded.holds(digest);
    }

    /** Follows the aliases that jobs or the settings have named so far; loads and warms new versions in the calling thread. */
    public List<AliasMove> refresh() {
        List<AliasMove> moves = new ArrayList<>();
        answers.forEach((reference, answer) -> {
            if (reference instanceof CheckpointReference.ByAlias) {
                follow(reference, answer).ifPresent(moves::add);
            }
        });
        return moves;
    }

    /** Every version that is the answer to some reference at this moment. */
    public List<ServedCheckpoint> served() {
        return answers.values().stream().distinct().toList();
    }

    /**
     * The alias history of a checkpoint as the store has it now.
     *
     * @throws SegmentationException like {@link #resolve}
     */
    public AliasHistory aliases(String name) {
        return stored.aliases(name);
    }

    @Override
    public void close() {
        loaded.close();
    }

    private Optional<AliasMove> follow(CheckpointReference alias, ServedCheckpoint answer) {
        Optional<ServedCheckpoint> next = Optional.empty();
        try {
            next = Optional.of(find(alias));
            Digest target = next.get().digest();
            if (target.equals(answer.digest()) || target.equals(refused.get(alias))) {
                return Optional.empty();
            }
            loaded.loadBeside(next.get().digest()).close();
            answers.put(alias, next.get());
            LOG.log(
                    Level.INFO,
                    "{0} now means version {1}",
                    alias,
                    next.get().manifest().version());
            return Optional.of(new AliasMove(alias, answer, next, Optional.empty()));
        } catch (SegmentationException e) {
            if (e.code().type() != FailureType.TRANSIENT) { // then not again before the alias moves on
                next.ifPresent(target -> refused.put(alias, target.digest()));
            }
            LOG.log(
                    Level.WARNING,
                    "{0} stays at version {1}: {2}",
                    alias,
                    answer.manifest().version(),
                    e.getMessage());
            return Optional.of(new AliasMove(alias, answer, next, Optional.of(e)));
        }
    }

    private ServedCheckpoint find(CheckpointReference reference) {
        StoredCheckpoint checkpoint = stored.find(reference);
        CheckpointFile file = settings.precision().choose(checkpoint.manifest(), hardware);
        byDigest.put(checkpoint.digest(), checkpoint);
        return new ServedCheckpoint(checkpoint.manifest(), checkpoint.digest(), file.precision(), engine.name());
    }

    private CheckpointFile file(Digest digest) {
        return settings.precision().choose(storedAs(digest).manifest(), hardware);
    }

    private LoadedSegmenter.Warm warm(Digest digest) {
        StoredCheckpoint checkpoint = storedAs(digest);
        CheckpointManifest manifest = checkpoint.manifest();
        CheckpointFile file = file(digest);
        LoadedSegmenter segmenter = engine.load(manifest, checkpoint.verified(file));
        try {
            SortedMap<Integer, Duration> times =
                    warmUp.run(segmenter, manifest.input().tileBytes());
            SortedMap<Integer, Duration> used =
                    settings.deterministic() ? BatchInvariance.sizes(manifest.network(), times) : times;
            LOG.log(
                    Level.INFO,
                    "loaded {0}@{1} in {2} ({3}) on {4}; batch sizes {5} of those warmed up with their times: {6}",
                    manifest.name(),
                    manifest.version(),
                    file.precision(),
                    settings.precision().reason(hardware),
                    engine.name(),
                    used.keySet(),
                    times);
            return new LoadedSegmenter.Warm(segmenter, used);
        } catch (RuntimeException e) {
            segmenter.close();
            throw e;
        }
    }

    private StoredCheckpoint storedAs(Digest digest) {
        StoredCheckpoint checkpoint = byDigest.get(digest);
        if (checkpoint == null) {
            throw new SegmentationException(FailureCode.CHECKPOINT_UNKNOWN, StoredCheckpoints.WHERE);
        }
        return checkpoint;
    }
}
