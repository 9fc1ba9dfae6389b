package org.lesionstream.local.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lesionstream.local.TrainerProcess;
import org.lesionstream.local.WorkingFolder;
import org.lesionstream.local.report.Terminal;

/** From an empty checkpoint store to a promoted checkpoint, by the commands of the packaged trainer. */
final class Training {

    static final String NAME = "lesion";
    static final String ALIAS = "production";

    /** Phantoms are 8-bit pictures of this many; a fifth of them is for validation and for the stream. */
    private static final int PHANTOMS = 400;

    /** Training stops before its time when the validation Dice is here, a little above what the demo asks for. */
    private static final double ENOUGH_DICE = 0.93;

    /** For loading the engine before the training and for exporting and verifying after it. */
    private static final Duration AROUND_TRAINING = Duration.ofMinutes(5);

    private static final Duration SHORT_COMMAND = Duration.ofMinutes(2);

    private final DemoOptions options;
    private final WorkingFolder folder;
    private final Terminal terminal;

    Training(DemoOptions options, WorkingFolder folder, Terminal terminal) {
        this.options = options;
        this.folder = folder;
        this.terminal = terminal;
    }

    /** The user's pictures, or phantoms made here. */
    PictureFolder pictures() {
        Optional<DemoOptions.PictureSource> own = options.pictures();
        if (own.isPresent()) {
            return PictureFolder.toLearnFrom(own.get().images(), own.get().masks());
        }
        terminal.stage("Making " + PHANTOMS + " phantom pictures with exact masks");
        run(
                SHORT_COMMAND,
                List.of(
                        "phantoms",
                        "--out",
                        folder.phantoms().toString(),
                        "--count",
                        String.valueOf(PHANTOMS),
                        "--seed",
                        String.valueOf(options.seed())));
        PictureFolder made = PictureFolder.toLearnFrom(
                folder.phantoms().resolve("images"), folder.phantoms().resolve("masks"));
        terminal.done(folder.phantoms().toString());
        return made;
    }

    /** Trains on the pictures, which publishes a checkpoint, and puts it into production. */
    void trainAndPromote(PictureFolder pictures) {
        terminal.stage("Training " + options.network() + ", at most " + minutes() + " min");
        List<String> train = new ArrayList<>(List.of(
                "train",
                "--images",
                pictures.images().toString(),
                "--masks",
                pictures.masks().toString(),
                "--store",
                folder.store().toString(),
                "--name",
                NAME,
                "--network",
                options.network(),
                "--minutes",
                minutes(),
                "--seed",
                String.valueOf(options.seed())));
        if (options.pictures().isEmpty()) {
            train.addAll(List.of("--until-dice", String.valueOf(ENOUGH_DICE)));
        }
        run(AROUND_TRAINING.plusSeconds((long) (options.minutes() * 60)), train);
        terminal.done(NAME + "@1");
        terminal.stage("Putting " + NAME + "@1 into " + ALIAS);
        run(
                SHORT_COMMAND,
                List.of(
                        "promote",
                        "--checkpoint",
                        NAME + "@1",
                        "--alias",
                        ALIAS,
                        "--who",
                        "demo",
                        "--why",
                        "the first checkpoint of a fresh store",
                        "--store",
                        folder.store().toString()));
        terminal.done(NAME + "@" + ALIAS);
    }

    private void run(Duration limit, List<String> arguments) {
        try (TrainerProcess command =
                TrainerProcess.start(options.artifacts().trainerJar(), arguments, folder.log("trainer"))) {
            command.awaitSuccess(limit, terminal::status);
        }
    }

    private String minutes() {
        double minutes = options.minutes();
        return minutes == Math.rint(minutes) ? String.valueOf((long) minutes) : String.valueOf(minutes);
    }
}
