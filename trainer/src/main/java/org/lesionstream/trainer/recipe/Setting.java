package org.lesionstream.trainer.recipe;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Everything that a recipe decides. Each has one key, which is also the name of the option that overrides it. */
public enum Setting {
    NETWORK("N", "The network: name[:key=value,...]."),
    GEOMETRY("G", "fit: whole pictures, resized; tiles: windows of them; auto: chosen by the size of the pictures."),
    SIZE("N", "Side of the network's input in pixels, or auto."),
    NORMALISATION("X", "measured on the training pictures, imagenet, or unit (0 to 1)."),
    AUGMENTATION(
            "A",
            "Variation of the samples, such as \"flips; elastic:sigma=10\", or none; `preview --help` lists them."),
    LOSS("L", "What is minimised, such as 0.5*cross-entropy+dice."),
    HEADS("H", "How the heads of a network with deep supervision share the loss: mean, 8/4/2/1 or sum:2."),
    WEIGHT_MAP("W", "Weight of each pixel: none, or border:w0=10,sigma=5."),
    OPTIMIZER("O", "sgd, adam, adamw or rmsprop, with :key=value,...."),
    LEARNING_RATE("X", "Of the first step."),
    SCHEDULE("S", "How the rate falls: constant, cosine, poly, restarts or step, with :key=value,...."),
    PRECISION(
            "P",
            "fp32, or mixed: the network computes in bfloat16, about twice as fast where the processor has instructions for it; weights, loss and optimizer stay in fp32."),
    BATCH("N", "Samples per forward pass."),
    ACCUMULATE("N", "Forward passes per step of the optimizer."),
    CLIP("C", "Bound of the gradients: none, norm:limit=X or value:limit=X."),
    AVERAGE("A", "Average of the weights that is judged and kept: none or ema:decay=X."),
    EPOCHS("E", "Stop after so many epochs, or none; repeatable with --seed."),
    MINUTES("M", "Stop after so many minutes of training, or none."),
    UNTIL_DICE("D", "Stop when validation Dice is this good, or none."),
    PATIENCE("E", "Stop after so many epochs without a better validation Dice, or none."),
    BEST_FROM("E", "First epoch whose weights may be kept as the best."),
    VALIDATION_SHARE("X", "Share of the cases that judge, where no folder or column says so."),
    SEED("S", "Of weights, order, augmentation and split.");

    private final String label;
    private final String description;

    Setting(String label, String description) {
        this.label = label;
        this.description = description;
    }

    /** The setting of a key. */
    public static Optional<Setting> of(String key) {
        return Stream.of(values()).filter(setting -> setting.key().equals(key)).findFirst();
    }

    /** Its name in recipe files and, behind two hyphens, on the command line. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What its value is called in a help text. */
    public String label() {
        return label;
    }

    /** One sentence for people. */
    public String description() {
        return description;
    }
}
