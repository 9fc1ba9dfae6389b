package org.lesionstream.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoOptionsTest {

    @TempDir
    private Path home;

    @BeforeEach
    void pretendThatAllIsBuilt() throws IOException {
        for (String jar : new String[] {"trainer/target/trainer.jar", "worker/target/quarkus-app/quarkus-run.jar"}) {
            Files.createDirectories(home.resolve(jar).getParent());
            Files.createFile(home.resolve(jar));
        }
    }

    @Test
    void knowTwoDevices() {
        assertThat(options("cuda", Optional.empty()).device()).isEqualTo("cuda");
        assertThatThrownBy(() -> options("gpu", Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("device must be cpu or cuda, was gpu");
    }

    @Test
    void refusePicturesInTheWrongLayoutBeforeAnythingIsDone() throws IOException {
        DemoOptions options = options("cpu", Optional.of(pictures("own")));
        assertThatThrownBy(options::requireInputs).hasMessageContaining("must hold the folders train and val");

        makeLayout("own");
        Files.createFile(home.resolve("own/images/val/a.png"));
        assertThatThrownBy(options::requireInputs).hasMessageContaining("has no mask");

        Files.createFile(home.resolve("own/masks/val/a.png"));
        assertThatCode(options::requireInputs).doesNotThrowAnyException();
    }

    @Test
    void refusePicturesThatEmptyingTheWorkingFolderWouldRemove() throws IOException {
        makeLayout("out/phantoms");
        DemoOptions options = options("cpu", Optional.of(pictures("out/phantoms")));

        assertThatThrownBy(options::requireInputs).hasMessageContaining("lies in the working folder");
    }

    private void makeLayout(String folder) throws IOException {
        for (String part : new String[] {"images/train", "images/val", "masks/train", "masks/val"}) {
            Files.createDirectories(home.resolve(folder).resolve(part));
        }
    }

    private DemoOptions.PictureSource pictures(String folder) {
        return new DemoOptions.PictureSource(
                home.resolve(folder).resolve("images"), home.resolve(folder).resolve("masks"));
    }

    private DemoOptions options(String device, Optional<DemoOptions.PictureSource> pictures) {
        return new DemoOptions(home, home.resolve("out"), pictures, "unet-same", 240, 3, device, 1, false);
    }
}
