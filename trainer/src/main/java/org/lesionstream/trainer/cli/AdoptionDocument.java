package org.lesionstream.trainer.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.lesionstream.trainer.adopt.Adoption;
import org.lesionstream.trainer.adopt.AdoptionPlan;

/**
 * {@code adopted.json}: where the module inside of an adopted version came from and what was said about it.
 *
 * @param file name of the TorchScript file
 * @param sha256 digest of it
 * @param moduleClass class of its module
 * @param contract what the module takes and gives
 * @param take place or key of the tensor of its answer that counts; null for an answer of one tensor
 * @param mean subtracted from the samples, channel by channel
 * @param deviation what the differences are divided by
 * @param pictureTiles how many tiles of pictures it was verified with, beside noise
 */
record AdoptionDocument(
        String file,
        String sha256,
        String moduleClass,
        String contract,
        Optional<String> take,
        List<Double> mean,
        List<Double> deviation,
        int pictureTiles) {

    static final String FILE = "adopted.json";

    static AdoptionDocument of(Path file, AdoptionPlan plan, Adoption adoption, int pictureTiles) throws IOException {
        return new AdoptionDocument(
                file.getFileName().toString(),
                adoption.sourceDigest().hex(),
                adoption.moduleClass(),
                plan.contract().text(),
                adoption.taken(),
                plan.normalisation().mean(),
                plan.normalisation().deviation(),
                pictureTiles);
    }
}
