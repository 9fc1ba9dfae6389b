package org.lesionstream.local.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lesionstream.local.LocalBroker;
import org.lesionstream.local.LocalDatabase;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.schemas.message.CaseImage;
import org.lesionstream.schemas.message.ImageJob;
import org.lesionstream.schemas.message.ImageSource;
import org.lesionstream.schemas.message.MessageCodec;

/**
 * Where everything is while the demo stays up, for people who go on by themselves.
 *
 * @param worker its HTTP interface
 * @param broker bootstrap servers
 * @param database address for JDBC, with its user
 * @param readable folders below which the worker reads files
 */
record Addresses(URI worker, String broker, String database, Path store, Path report, List<Path> readable) {

    static Addresses of(
            URI worker, LocalBroker broker, LocalDatabase database, WorkingFolder folder, List<Path> readable) {
        return new Addresses(
                worker,
                broker.bootstrapServers(),
                database.jdbcUrl() + "  user " + database.user() + ", any password",
                folder.store(),
                folder.report(),
                readable);
    }

    /** The addresses, and the commands that submit the example and fetch its mask. */
    List<String> lines(CheckpointReference checkpoint, Path example) {
        return List.of(
                "Everything keeps running until you press Ctrl-C:",
                "  worker      " + worker + "/api/cases  " + worker + "/q/openapi  " + worker + "/q/metrics",
                "  Kafka       " + broker,
                "  PostgreSQL  " + database,
                "  store       " + store,
                "  report      " + report,
                "A job of your own, from any picture below " + String.join(" or ", texts(readable))
                        + "; each needs a job id of its own:",
                "  curl -X POST " + worker + "/api/jobs -H 'Content-Type: application/json' -d "
                        + quoted(new String(new MessageCodec().write(job(checkpoint, example)), UTF_8)),
                "  curl " + worker + "/api/jobs/my-first-job",
                "  curl " + worker + "/api/jobs/my-first-job/mask.png -o mask.png");
    }

    private static ImageJob job(CheckpointReference checkpoint, Path picture) {
        return new ImageJob(
                "my-first-job",
                new CaseImage("my-first-case", 1, 1),
                ImageSource.at(picture.toAbsolutePath().toUri()),
                checkpoint,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }

    /** As one word of a POSIX shell. */
    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    private static List<String> texts(List<Path> paths) {
        return paths.stream().map(Path::toString).toList();
    }
}
