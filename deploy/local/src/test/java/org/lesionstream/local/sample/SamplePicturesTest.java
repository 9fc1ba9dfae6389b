package org.lesionstream.local.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SamplePicturesTest {

    @TempDir
    private Path folder;

    @Test
    void areFoundInAllFoldersBelowAndTakenInTurn() throws IOException {
        write("a.png", "png", 4);
        write("deep/er/b.JPG", "jpeg", 8);
        Files.writeString(folder.resolve("index.csv"), "no picture");
        Files.writeString(folder.resolve(".hidden.png"), "no picture");

        SamplePictures pictures = SamplePictures.below(folder);

        assertThat(pictures.pictures()).hasSize(2);
        assertThat(pictures.of(2)).isEqualTo(pictures.of(0));
        assertThat(pictures.of(0).decodedBytes()).isEqualTo(4 * 4 * 3);
        assertThat(pictures.of(1).decodedBytes()).isEqualTo(8 * 8 * 3);
        assertThat(pictures.of(0).fileBytes()).isEqualTo(Files.size(folder.resolve("a.png")));
    }

    @Test
    void mustBeThere() {
        assertThatThrownBy(() -> SamplePictures.below(folder)).hasMessageContaining("no picture");
    }

    private void write(String name, String format, int side) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        ImageIO.write(new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB), format, file.toFile());
    }
}
