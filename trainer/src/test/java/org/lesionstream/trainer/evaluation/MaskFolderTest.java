package org.lesionstream.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.MaskPng;
import org.lesionstream.trainer.data.CaseFiles;

class MaskFolderTest {

    private static final LabelMask MASK = new LabelMask(1, 2, new byte[] {0, 1});

    @TempDir
    private Path folder;

    @Test
    void namesOfAnIndexThatArePathsBecomePaths() throws IOException {
        MaskFolder masks = MaskFolder.empty(folder.resolve("masks"), 1);
        masks.write(named("left/a"), MASK);
        masks.write(named("right/a"), MASK);
        for (String name : new String[] {"left/a.png", "right/a.png"}) {
            assertThat(Files.readAllBytes(folder.resolve("masks").resolve(name)))
                    .isEqualTo(MaskPng.encode(MASK, 1));
        }
    }

    @Test
    void neverReplacesAMask() throws IOException {
        MaskFolder masks = MaskFolder.empty(folder, 1);
        masks.write(named("a"), MASK);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> masks.write(named("a"), MASK))
                .withMessage("two cases are called a: save the masks of one split at a time");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MaskFolder.empty(folder, 1))
                .withMessageContaining("must be empty to take masks");
    }

    private static CaseFiles named(String name) {
        return new CaseFiles(name, Path.of("image.png"), Path.of("mask.png"));
    }
}
