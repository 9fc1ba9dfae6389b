package org.lesionstream.trainer.weights;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * From the names in public files to those of a network. A name that the network knows is kept; otherwise the first variant that it knows is taken:
 *
 * <table>
 *   <caption>Variants</caption>
 *   <tr><th>in the file</th><th>here</th><th>because</th></tr>
 *   <tr><td>{@code module.x}</td><td>{@code x}</td><td>saved through a data-parallel wrapper</td></tr>
 *   <tr><td>{@code backbone.x}</td><td>{@code encoder.backbone.x}</td><td>U-Net v2 as trained on ISIC</td></tr>
 *   <tr><td>{@code attention_1.x}</td><td>{@code sdi_1.x}</td><td>U-Net v2 as trained on ISIC</td></tr>
 *   <tr><td>{@code x}</td><td>{@code encoder.backbone.x}</td><td>an encoder trained by itself, for the network's own prefix</td></tr>
 * </table>
 *
 * @param known names of the network
 * @param encoderPrefix what the names of its encoder begin with
 */
record ReferenceNames(Set<String> known, Optional<String> encoderPrefix) {
    private static final Pattern PARALLEL = Pattern.compile("^(module\\.)+");
    private static final Pattern BACKBONE = Pattern.compile("^backbone\\.");
    private static final Pattern ATTENTION = Pattern.compile("^attention_(\\d+)\\.");
    private static final Pattern BOOKKEEPING = Pattern.compile("(.*\\.)?(num_batches_tracked|mask_values)");

    /** Name for the classifier that an encoder was trained with, without its prefix. */
    private static final Pattern CLASSIFIER = Pattern.compile("head\\..*");

    /** The network's name for a name of the file; empty when there is none. */
    Optional<String> resolve(String name) {
        String plain = unwrapped(name);
        Stream<String> variants = Stream.of(
                plain,
                BACKBONE.matcher(plain).replaceFirst("encoder.backbone."),
                ATTENTION.matcher(plain).replaceFirst("sdi_$1."),
                encoderPrefix.orElse("") + plain);
        return variants.filter(known::contains).findFirst();
    }

    /** Whether a name is one that training scripts save beside the weights: counters, values of masks. */
    static boolean isBookkeeping(String name) {
        return BOOKKEEPING.matcher(name).matches();
    }

    /** Whether a name belongs to the classifier that an encoder was trained with. */
    static boolean isClassifier(String name) {
        return CLASSIFIER.matcher(unwrapped(name)).matches();
    }

    private static String unwrapped(String name) {
        return PARALLEL.matcher(name).replaceFirst("");
    }
}
