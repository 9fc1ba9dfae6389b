package org.lesionstream.local.demo;

import java.nio.file.Path;
import org.lesionstream.local.Artifacts;
import org.lesionstream.schemas.checkpoint.CheckpointReference;

/**
 * Whose masks shall be compared on which pictures.
 *
 * @param home root of the built project, where the packaged trainer and worker are found
 * @param out working folder, which is emptied first
 * @param checkpoint what every job asks for
 * @param store the folder that holds it; only read
 * @param images folder of pictures, flat or with {@code val/} in it
 * @param masks their true masks, in the same order
 * @param precision file of the checkpoint that the worker runs, or {@code auto}
 * @param device where the worker computes, {@code cpu} or {@code cuda}
 */
public record AgreementOptions(
        Path home,
        Path out,
        CheckpointReference checkpoint,
        Path store,
        Path images,
        Path masks,
        String precision,
        String device) {

    Artifacts artifacts() {
        return new Artifacts(home);
    }
}
