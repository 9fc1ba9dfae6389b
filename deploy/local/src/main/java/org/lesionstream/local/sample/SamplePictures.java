package org.lesionstream.local.sample;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.lesionstream.local.TrainerProcess;
import org.lesionstream.schemas.message.ImageSource;

/**
 * The pictures that jobs ask for in turn: the user's, or phantoms of several sizes, every second one as JPEG.
 *
 * @param roots folders that the worker must be allowed to read
 */
public record SamplePictures(List<SamplePicture> pictures, List<Path> roots) {

    private static final Duration PHANTOMS_LIMIT = Duration.ofMinutes(2);

    public SamplePictures {
        pictures = List.copyOf(pictures);
        roots = List.copyOf(roots);
        if (pictures.isEmpty()) {
            throw new IllegalArgumentException("there is no picture in " + roots);
        }
    }

    /** The picture of the job with that number. */
    public SamplePicture of(int job) {
        return pictures.get(job % pictures.size());
    }

    /** Every PNG, JPEG, TIFF and BMP below the folder. */
    public static SamplePictures below(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<SamplePicture> pictures = new ArrayList<>();
            for (Path file : files.filter(SamplePictures::isPicture).sorted().toList()) {
                pictures.add(SamplePicture.of(file));
            }
            return new SamplePictures(pictures, List.of(folder.toAbsolutePath().normalize()));
        }
    }

    /**
     * Makes phantoms by the packaged trainer.
     *
     * @param sides of the pictures, one each
     */
    public static SamplePictures phantoms(
            Path trainerJar, Path folder, List<Integer> sides, long seed, Path log, Consumer<String> lastLine)
            throws IOException {
        Path mixed = Files.createDirectories(folder.resolve("mixed"));
        Map<Integer, Integer> counts = new TreeMap<>();
        sides.forEach(side -> counts.merge(side, 1, Integer::sum));
        for (Map.Entry<Integer, Integer> size : counts.entrySet()) {
            Path made = folder.resolve("side-" + size.getKey());
            int count = Math.max(2, size.getValue()); // one to teach and one to judge is the least that is made
            List<String> arguments = List.of(
                    "phantoms",
                    "--out",
                    made + "",
                    "--count",
                    count + "",
                    "--size",
                    size.getKey() + "",
                    "--channels",
                    "3",
                    "--seed",
                    seed + "");
            try (TrainerProcess command = TrainerProcess.start(trainerJar, arguments, log)) {
                command.awaitSuccess(PHANTOMS_LIMIT, lastLine);
            }
            mix(made.resolve("images"), size.getValue(), mixed, String.format(Locale.ROOT, "%04d", size.getKey()));
        }
        return below(mixed).shuffled(seed);
    }

    private static void mix(Path made, int wanted, Path target, String prefix) throws IOException {
        try (Stream<Path> files = Files.walk(made)) {
            List<Path> pictures = files.filter(SamplePictures::isPicture)
                    .sorted()
                    .limit(wanted)
                    .toList();
            for (int i = 0; i < pictures.size(); i++) {
                Path picture = pictures.get(i);
                if (i % 2 == 0) {
                    Files.copy(picture, target.resolve(prefix + "-" + i + ".png"));
                } else {
                    BufferedImage image = ImageIO.read(picture.toFile());
                    ImageIO.write(
                            image,
                            "jpeg",
                            target.resolve(prefix + "-" + i + ".jpg").toFile());
                }
            }
        }
    }

    /** The first half of the first picture, written to the file: a picture that ends in the middle. */
    public SamplePicture truncated(Path file) throws IOException {
        byte[] whole = Files.readAllBytes(Path.of(pictures.get(0).source().uri().orElseThrow()));
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        return new SamplePicture(ImageSource.at(file.toUri()), whole.length / 2, 0);
    }

    /** So that small and large ones, PNG and JPEG come mixed; equal seeds give equal orders. */
    private SamplePictures shuffled(long seed) {
        List<SamplePicture> order = new ArrayList<>(pictures);
        Collections.shuffle(order, new Random(seed));
        return new SamplePictures(order, roots);
    }

    private static boolean isPicture(Path file) {
        return Files.isRegularFile(file)
                && file.getFileName().toString().toLowerCase(Locale.ROOT).matches("[^.].*\\.(png|jpe?g|tiff?|bmp)");
    }
}
