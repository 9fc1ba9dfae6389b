package org.lesionstream.trainer.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.lesionstream.schemas.image.Geometry;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.TilePlan;
import org.lesionstream.schemas.image.Tiler;

/**
 * What an export is verified with: the middle tile of a few pictures, since what a network was made for shows rounding better than noise does.
 *
 * <p>The pictures are spread evenly over those given, and taken from the middle of volumes; equal pictures give equal tiles.
 */
public final class VerificationTiles {

    private static final int PICTURES = 4;
    private static final int NOISY_TILES = 2;
    private static final int SEED = 20151118;

    private VerificationTiles() {}

    /**
     * Cuts the tiles from a folder of pictures: from its {@code val/} where it has one, else from its {@code train/}, else from its own files. Masks are not
     * needed.
     *
     * @throws IllegalArgumentException naming the folder when there are no pictures, or the file when one is no picture
     */
    public static List<byte[]> of(InputSpec input, Path folder) throws IOException {
        Path pictures = Stream.of("val", "train")
                .map(folder::resolve)
                .filter(Files::isDirectory)
                .findFirst()
                .orElse(folder);
        if (!Files.isDirectory(pictures)) {
            throw new IllegalArgumentException("no such folder: " + pictures);
        }
        try (Stream<Path> files = Files.list(pictures)) {
            List<Path> found = files.filter(CaseIndex::isVisibleFile).sorted().toList();
            if (found.isEmpty()) {
                throw new IllegalArgumentException("no images in " + pictures);
            }
            return of(input, found);
        }
    }

    /**
     * Cuts the tiles.
     *
     * @param pictures picture files, at least one
     * @return one tile {@code [H, W, C]} for each of at most four pictures
     * @throws IllegalArgumentException naming the file when one is no picture
     */
    public static List<byte[]> of(InputSpec input, List<Path> pictures) {
        if (pictures.isEmpty()) {
            throw new IllegalArgumentException("there must be at least one picture to verify with");
        }
        PictureFiles files = new PictureFiles();
        List<byte[]> tiles = new ArrayList<>();
        int count = Math.min(PICTURES, pictures.size());
        for (int number = 0; number < count; number++) {
            PixelGrid source = files.readMiddle(pictures.get((int) ((long) number * pictures.size() / count)));
            List<TilePlan.Tile> plan = Geometry.plan(source, input).tiles();
            byte[] tile = new byte[input.tileBytes()];
            Tiler.cut(Geometry.prepare(source, input), plan.get(plan.size() / 2), tile, 0);
            tiles.add(tile);
        }
        return tiles;
    }

    /** Tiles of noise, the same ones every time: they reach every operator, but say little about pictures. */
    public static List<byte[]> noise(InputSpec input) {
        Random random = new Random(SEED);
        List<byte[]> tiles = new ArrayList<>();
        for (int number = 0; number < NOISY_TILES; number++) {
            byte[] tile = new byte[input.tileBytes()];
            random.nextBytes(tile);
            tiles.add(tile);
        }
        return tiles;
    }
}
