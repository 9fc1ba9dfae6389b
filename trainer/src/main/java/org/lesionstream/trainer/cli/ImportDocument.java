package org.lesionstream.trainer.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SortedSet;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.trainer.data.Normalisation;
import org.lesionstream.trainer.weights.ReferenceWeights;
import org.lesionstream.trainer.weights.StateDictImport;

/**
 * {@code import.json}: where the weights of an imported version come from, so that they can be found and imported again.
 *
 * @param producer program and version
 * @param network text form, complete
 * @param file name of the file of weights, without its folder
 * @param sha256 digest of that file
 * @param format of that file
 * @param entry of that file that holds the weights; null where they are all of it
 * @param part {@code all} or {@code encoder}
 * @param seed of what the file lacks
 * @param tensors how many arrays were taken
 * @param parameters how many learned numbers were taken
 * @param dropped names of the file that mean nothing to the network
 * @param filled names of the network that kept their first values
 * @param normalisation as given, since the file does not say
 * @param verifiedOn {@code images} or {@code noise}
 * @param tiles how many tiles of pictures; 0 for noise
 */
record ImportDocument(
        String producer,
        String network,
        String file,
        String sha256,
        String format,
        String entry,
        String part,
        long seed,
        int tensors,
        long parameters,
        SortedSet<String> dropped,
        SortedSet<String> filled,
        Normalisation normalisation,
        String verifiedOn,
        int tiles) {

    static final String FILE = "import.json";

    /** Where weights come from. */
    record Source(Path file, ReferenceWeights content, StateDictImport.Part part, long seed) {}

    static ImportDocument of(
            String producer,
            ImportPlan plan,
            Source source,
            StateDictImport imported,
            Normalisation normalisation,
            int tiles)
            throws IOException {
        return new ImportDocument(
                producer,
                plan.network().toString(),
                source.file().getFileName().toString(),
                Digest.of(source.file()).hex(),
                source.content().format(),
                source.content().wrapper().orElse(null),
                source.part().name().toLowerCase(Locale.ROOT),
                source.seed(),
                imported.tensors().size(),
                imported.parameters(),
                imported.dropped(),
                imported.filled(),
                normalisation,
                ExportDocument.verifiedOn(tiles),
                tiles);
    }
}
