package org.lesionstream.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureFolderTest {

    @TempDir
    private Path folder;

    private PictureFolder pictures;

    @BeforeEach
    void makeFolders() throws IOException {
        for (String part : new String[] {"images/train", "images/val", "masks/train", "masks/val"}) {
            Files.createDirectories(folder.resolve(part));
        }
        pictures = new PictureFolder(folder.resolve("images"), folder.resolve("masks"));
    }

    @Test
    void givesEachPictureItsMaskAndItsPlaceInAVolume() throws IOException {
        write("images/val/a.jpg", "masks/val/a.png", "images/val/v_z01.png", "masks/val/v_z01.png");
        index("image,mask,group,slice,slices", "images/val/a.jpg,m,a,1,1", "images/val/v_z01.png,m,v,2,4");

        assertThat(pictures.validation())
                .containsExactly(
                        new Picture("a", path("images/val/a.jpg"), path("masks/val/a.png"), Optional.empty()),
                        new Picture(
                                "v_z01",
                                path("images/val/v_z01.png"),
                                path("masks/val/v_z01.png"),
                                Optional.of(new Picture.Slice("v", 2))));
    }

    @Test
    void readsNoVolumesFromAnotherKindOfIndex() throws IOException {
        write("images/val/a.png", "masks/val/a.png");
        index("patient;slice", "\"a,b\";1");

        assertThat(pictures.validation()).singleElement().matches(picture -> picture.slice()
                .isEmpty());
    }

    @Test
    void refusesAnIndexWithLinesThatDoNotFit() throws IOException {
        write("images/val/a.png", "masks/val/a.png");
        index("image,group,slice,slices", "images/val/a.png,a,1");
        assertThatThrownBy(pictures::validation).hasMessageContaining("line 2 must have 4 fields, has 3");

        index("image,group,slice,slices", "images/val/a.png,a,first,2");
        assertThatThrownBy(pictures::validation).hasMessageContaining("line 2 must have whole numbers");
    }

    @Test
    void refusesTwoPicturesWithOneMask() throws IOException {
        write("images/val/a.jpg", "images/val/a.png", "masks/val/a.png");

        assertThatThrownBy(pictures::validation)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a.jpg")
                .hasMessageContaining("share the mask " + path("masks/val/a.png"));
    }

    @Test
    void refusesAPictureWithoutMaskAndAFolderWithoutPictures() throws IOException {
        assertThatThrownBy(pictures::validation).hasMessageContaining("holds no picture");

        write("images/val/a.png");
        assertThatThrownBy(pictures::validation).hasMessageContaining("has no mask");
    }

    private void write(String... files) throws IOException {
        for (String file : files) {
            Files.createFile(path(file));
        }
    }

    private void index(String... lines) throws IOException {
        Files.writeString(path("index.csv"), String.join("\n", lines) + "\n");
    }

    private Path path(String relative) {
        return folder.resolve(relative);
    }
}
