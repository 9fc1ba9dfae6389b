package org.lesionstream.trainer.adopt;

import java.util.Arrays;
import java.util.Locale;
import org.lesionstream.trainer.export.NetworkAnswer;

/** What a module from elsewhere takes and gives; nothing in its file says so, hence a person must. */
public enum Contract {
    /** {@code [N, C, H, W]} in; numbers of any size out, {@code [N, K, h, w]}. */
    LOGITS_NCHW(NetworkAnswer.LOGITS, false),
    /** {@code [N, C, H, W]} in; probabilities out, {@code [N, K, h, w]}. */
    PROBABILITIES_NCHW(NetworkAnswer.PROBABILITIES, false),
    /** {@code [N, H, W, C]} in; numbers of any size out, {@code [N, h, w, K]}. */
    LOGITS_NHWC(NetworkAnswer.LOGITS, true),
    /** {@code [N, H, W, C]} in; probabilities out, {@code [N, h, w, K]}. */
    PROBABILITIES_NHWC(NetworkAnswer.PROBABILITIES, true),
    /** {@code [N, C, H, W]} in; one label per pixel out, {@code [N, 1, h, w]} or {@code [N, h, w]}, whole numbers of any type. */
    LABELS_NCHW(NetworkAnswer.LABELS, false);

    private final NetworkAnswer answer;
    private final boolean channelsLast;

    Contract(NetworkAnswer answer, boolean channelsLast) {
        this.answer = answer;
        this.channelsLast = channelsLast;
    }

    /** The contract as people write it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The contract of that name.
     *
     * @throws IllegalArgumentException listing all names when there is none
     */
    public static Contract ofText(String text) {
        return Arrays.stream(values())
                .filter(contract -> contract.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be one of "
                        + String.join(
                                ", ",
                                Arrays.stream(values()).map(Contract::text).toList())
                        + ", was '" + text + "'"));
    }

    NetworkAnswer answer() {
        return answer;
    }

    /** Whether channels and maps run fastest, in and out. */
    boolean channelsLast() {
        return channelsLast;
    }
}
