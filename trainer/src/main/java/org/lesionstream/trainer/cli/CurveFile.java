package org.lesionstream.trainer.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.lesionstream.trainer.training.EpochReport;
import org.lesionstream.trainer.training.ProgressListener;

/** The curve of a run as CSV, written anew after every epoch: {@code epoch,training-loss,validation-dice,learning-rate,seconds}. */
record CurveFile(Path file) implements ProgressListener {

    static final String NAME = "curve.csv";

    @Override
    public void epochDone(List<EpochReport> curve, Optional<EpochReport> best) throws IOException {
        StringBuilder lines = new StringBuilder("epoch,training-loss,validation-dice,learning-rate,seconds\n");
        for (EpochReport report : curve) {
            lines.append(String.format(
                    Locale.ROOT,
                    "%d,%.6f,%.6f,%.8g,%.1f%n",
                    report.epoch(),
                    report.trainingLoss(),
                    report.validationDice(),
                    report.learningRate(),
                    report.elapsed().toMillis() / 1000.0));
        }
        Files.writeString(file, lines);
    }
}
