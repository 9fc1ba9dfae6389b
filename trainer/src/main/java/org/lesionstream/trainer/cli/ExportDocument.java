package org.lesionstream.trainer.cli;

import org.lesionstream.trainer.registry.PublishedCheckpoint;

/**
 * {@code export.json}: what a version that was exported anew was made from, and what the drift in its manifest was measured on. Names no picture.
 *
 * @param source name and version whose weights these are
 * @param sourceDigest digest of that version's manifest
 * @param verifiedOn {@code images} or {@code noise}
 * @param tiles how many tiles of pictures; 0 for noise
 */
record ExportDocument(String source, String sourceDigest, String verifiedOn, int tiles) {

    static final String FILE = "export.json";

    static ExportDocument of(PublishedCheckpoint source, int tiles) {
        return new ExportDocument(
                source.manifest().name() + "@" + source.manifest().version(),
                source.manifest().digest().hex(),
                verifiedOn(tiles),
                tiles);
    }

    /** The word for what so many tiles of pictures mean. */
    static String verifiedOn(int tiles) {
        return tiles == 0 ? "noise" : "images";
    }
}
