package org.lesionstream.local.torture;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.lesionstream.local.FullDisk;
import org.lesionstream.local.LocalBroker;
import org.lesionstream.local.LocalDatabase;
import org.lesionstream.local.TakenConnections;
import org.lesionstream.local.TcpRelay;
import org.lesionstream.local.TrainerProcess;
import org.lesionstream.schemas.checkpoint.CheckpointLayout;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.checkpoint.ManifestCodec;

/** Makes faults happen and ends them again. Confined to one thread. */
final class Chaos {

    private static final Duration PROMOTE_LIMIT = Duration.ofMinutes(1);
    private static final int MOST_WORKERS = 4;
    private static final int PASSES = 2;

    private final Fleet fleet;
    private final LocalBroker broker;
    private final TcpRelay brokerRelay;
    private final LocalDatabase database;
    private final TcpRelay databaseRelay;
    private final Path store;
    private final Path trainerJar;
    private final Path trainerLog;
    private Optional<FullDisk> fullDisk = Optional.empty();
    private Optional<TakenConnections> takenConnections = Optional.empty();

    Chaos(
            Fleet fleet,
            LocalBroker broker,
            TcpRelay brokerRelay,
            LocalDatabase database,
            TcpRelay databaseRelay,
            Path store,
            Path trainerJar,
            Path trainerLog) {
        this.fleet = fleet;
        this.broker = broker;
        this.brokerRelay = brokerRelay;
        this.database = database;
        this.databaseRelay = databaseRelay;
        this.store = store;
        this.trainerJar = trainerJar;
        this.trainerLog = trainerLog;
    }

    void begin(Fault fault) throws IOException {
        int choice = fault.choice();
        switch (fault.kind()) {
            case KILL_WORKER -> fleet.kill(choice);
            case PAUSE_WORKER -> fleet.pause(choice);
            case HALT_BEFORE_PERSIST -> halt("before-persist", choice);
            case HALT_AFTER_PERSIST -> halt("after-persist", choice);
            case HALT_BEFORE_PUBLISH -> halt("before-publish", choice);
            case HALT_AFTER_PUBLISH -> halt("after-publish", choice);
            case SCALE -> fleet.scaleTo(1 + choice % MOST_WORKERS);
            case RESTART_BROKER -> broker.stop();
            case RESTART_DATABASE -> database.stop();
            case CRASH_DATABASE -> database.kill();
            case DISK_FULL -> fullDisk = Optional.of(FullDisk.of(database));
            case EXHAUST_CONNECTIONS -> takenConnections = Optional.of(TakenConnections.of(database));
            case CUT_BROKER -> brokerRelay.cut();
            case CUT_DATABASE -> databaseRelay.cut();
            case SLOW_BROKER -> brokerRelay.slow(delay(choice));
            case SLOW_DATABASE -> databaseRelay.slow(delay(choice));
            case PROMOTE -> promote(1 + choice % 2, store, trainerJar, trainerLog);
            case DROP_TRUNCATED_CHECKPOINT -> dropTruncated();
        }
    }

    void end(Fault fault) {
        switch (fault.kind()) {
            case KILL_WORKER, HALT_BEFORE_PERSIST, HALT_AFTER_PERSIST, HALT_BEFORE_PUBLISH, HALT_AFTER_PUBLISH ->
                fleet.replenish();
            case PAUSE_WORKER -> fleet.resume();
            case RESTART_BROKER -> broker.restart();
            case RESTART_DATABASE, CRASH_DATABASE -> database.restart();
            case DISK_FULL -> freeDisk();
            case EXHAUST_CONNECTIONS -> giveConnectionsBack();
            case CUT_BROKER, SLOW_BROKER -> brokerRelay.heal();
            case CUT_DATABASE, SLOW_DATABASE -> databaseRelay.heal();
            case SCALE, PROMOTE, DROP_TRUNCATED_CHECKPOINT -> {} // these stay
        }
    }

    /** Moves the alias that most jobs ask for. */
    static void promote(int version, Path store, Path trainerJar, Path trainerLog) {
        List<String> arguments = List.of(
                "promote",
                "--checkpoint",
                TortureJob.CHECKPOINT + "@" + version,
                "--alias",
                TortureJob.ALIAS,
                "--who",
                "torture",
                "--why",
                "aliases move while jobs are open",
                "--store",
                store.toString());
        try (TrainerProcess command = TrainerProcess.start(trainerJar, arguments, trainerLog)) {
            command.awaitSuccess(PROMOTE_LIMIT, line -> {});
        }
    }

    private void freeDisk() {
        fullDisk.ifPresent(FullDisk::close);
        fullDisk = Optional.empty();
    }

    private void giveConnectionsBack() {
        takenConnections.ifPresent(TakenConnections::close);
        takenConnections = Optional.empty();
    }

    private void halt(String point, int choice) {
        fleet.replaceByOneThatHalts(choice, point + ":" + (1 + choice % PASSES));
    }

    private static Duration delay(int choice) {
        return Duration.ofMillis(20 + choice % 130);
    }

    /** A version that looks whole until somebody reads its file; once it is there, nothing changes any more. */
    private void dropTruncated() throws IOException {
        CheckpointLayout layout = new CheckpointLayout(store);
        String name = TortureJob.CHECKPOINT;
        Path target = layout.versionFolder(name, TortureJob.TRUNCATED_VERSION);
        if (Files.exists(target)) {
            return;
        }
        Path prepared = Files.createTempDirectory(layout.nameFolder(name), ".dropping-");
        try (Stream<Path> files = Files.list(layout.versionFolder(name, 1))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, prepared.resolve(file.getFileName()));
            }
        }
        CheckpointManifest model = ManifestCodec.read(layout.manifest(name, 1));
        Files.delete(prepared.resolve(CheckpointLayout.manifest()));
        ManifestCodec.write(prepared.resolve(CheckpointLayout.manifest()), truncatedVersion(model));
        for (String file : model.files().stream().map(each -> each.file()).toList()) {
            try (RandomAccessFile bytes =
                    new RandomAccessFile(prepared.resolve(file).toFile(), "rw")) {
                bytes.setLength(bytes.length() / 2);
            }
        }
        Files.move(prepared, target);
    }

    private static CheckpointManifest truncatedVersion(CheckpointManifest model) {
        return new CheckpointManifest(
                model.name(),
                TortureJob.TRUNCATED_VERSION,
                model.network(),
                model.classes(),
                model.input(),
                model.output(),
                model.lesionRules(),
                model.files(),
                model.producer(),
                model.createdAt());
    }
}
