package org.lesionstream.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.ImageRefusedException;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.PlainDecoder;
import org.lesionstream.schemas.image.SampleType;

class BadPicturesTest {

    @TempDir
    private Path folder;

    @Test
    void areRefusedForTheReasonThatEachWasMadeFor() throws IOException {
        BadPictures bad = BadPictures.write(folder, somePicture());

        assertRefused(bad.truncated(), ImageRefusedException.Reason.TRUNCATED_OR_DAMAGED);
        assertRefused(bad.bomb(), ImageRefusedException.Reason.TOO_MANY_PIXELS);
    }

    @Test
    void holdABombThatIsSmallAndOtherwiseAValidPicture() throws IOException {
        Path small = folder.resolve("small.png");
        BadFiles.writeBomb(small, 300);
        PixelGrid decoded = PictureFile.read(small).grid();
        assertThat(decoded)
                .isEqualTo(new PixelGrid(300, 300, 1, SampleType.UINT8, new byte[90_000], decoded.spacing()));

        Path bomb = BadPictures.write(folder, somePicture()).bomb();
        assertThat(Files.size(bomb)).isLessThan(200_000);
        ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
        try (ImageInputStream in = ImageIO.createImageInputStream(bomb.toFile())) {
            reader.setInput(in);
            assertThat((long) reader.getWidth(0) * reader.getHeight(0)).isEqualTo(100_000_000);
        } finally {
            reader.dispose();
        }
    }

    private static void assertRefused(Path file, ImageRefusedException.Reason reason) {
        assertThatThrownBy(() -> PlainDecoder.decode(Files.readAllBytes(file), DecodeLimits.DEFAULT))
                .isInstanceOfSatisfying(ImageRefusedException.class, refused -> assertThat(refused.reason())
                        .isEqualTo(reason));
    }

    private static PictureFile somePicture() {
        byte[] samples = new byte[64 * 64];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) (i * i);
        }
        return new PictureFile(new PixelGrid(64, 64, 1, SampleType.UINT8, samples, Optional.empty()));
    }
}
