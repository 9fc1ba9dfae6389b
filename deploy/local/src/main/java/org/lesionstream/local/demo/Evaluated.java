package org.lesionstream.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.MaskPng;

/**
 * What the trainer's {@code evaluate} wrote about one folder of pictures.
 *
 * @param digest of the checkpoint, in hexadecimal digits
 * @param dice of each picture, by name
 * @param meanDice over the pictures
 * @param masks folder of the masks that were judged
 */
record Evaluated(String digest, Map<String, Double> dice, double meanDice, Path masks) {

    Evaluated {
        dice = Map.copyOf(dice);
    }

    /**
     * Reads the files.
     *
     * @param json of {@code --json}, with one split in it
     * @param masks of {@code --save-masks}
     */
    static Evaluated read(Path json, Path masks) throws IOException {
        JsonNode document = new ObjectMapper().readTree(Files.readAllBytes(json));
        Map<String, Double> dice = new TreeMap<>();
        document.path("cases")
                .forEach(each ->
                        dice.put(each.path("name").asText(), each.path("dice").asDouble()));
        JsonNode splits = document.path("splits");
        if (splits.size() != 1) {
            throw new IOException(json + " must be about one split, was about " + splits.size());
        }
        double mean = splits.elements().next().path("dice").asDouble();
        return new Evaluated(document.path("digest").asText(), dice, mean, masks);
    }

    /** The mask that was judged for the picture of that name. */
    LabelMask mask(String name) throws IOException {
        return MaskPng.decode(Files.readAllBytes(masks.resolve(name + ".png")));
    }
}
