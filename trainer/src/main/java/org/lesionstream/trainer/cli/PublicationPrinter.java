package org.lesionstream.trainer.cli;

import java.io.PrintWriter;
import java.util.Locale;
import org.lesionstream.schemas.checkpoint.CheckpointFile;
import org.lesionstream.trainer.registry.PublishedCheckpoint;

/** Tells a user which files a new version has, what they were verified on, and what it is called. */
final class PublicationPrinter {

    private PublicationPrinter() {}

    /**
     * One line for each file and two more.
     *
     * @param tiles how many tiles of pictures the files were verified on; 0 for noise
     */
    static void print(PublishedCheckpoint made, int tiles, PrintWriter out) {
        for (CheckpointFile file : made.manifest().files()) {
            out.printf(
                    Locale.ROOT,
                    "%-14s %,12d bytes  label disagreement %.6f  dice %.6f%n",
                    file.file(),
                    file.bytes(),
                    file.drift().labelDisagreement(),
                    file.drift().dice());
        }
        out.println("verified on "
                + (tiles == 0
                        ? "noise, which says little about pictures; --images measures on real ones"
                        : tiles + " tiles of pictures"));
        printName(made, out);
    }

    /** The line that names the new version. */
    static void printName(PublishedCheckpoint made, PrintWriter out) {
        out.println("published " + made.manifest().name() + "@"
                + made.manifest().version() + " sha256:" + made.manifest().digest());
        out.flush();
    }
}
