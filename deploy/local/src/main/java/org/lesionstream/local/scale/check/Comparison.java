package org.lesionstream.local.scale.check;

import java.util.Locale;
import org.lesionstream.local.scale.model.Backlog;

/**
 * What was predicted and what came.
 *
 * @param factor by which they may differ, either way
 */
record Comparison(Backlog.Outcome predicted, Backlog.Outcome measured, double factor) {

    /** Whether both times are within the factor. */
    boolean passes() {
        return isNear(clearRatio()) && isNear(p95Ratio());
    }

    /** Predicted over measured time to clear the backlog. */
    double clearRatio() {
        return predicted.clearSeconds() / measured.clearSeconds();
    }

    /** Predicted over measured waiting time of the job after which 5 of 100 were answered. */
    double p95Ratio() {
        return predicted.p95Seconds() / measured.p95Seconds();
    }

    /** For machines, without the name of the command. */
    String figures() {
        return String.format(
                Locale.ROOT,
                "predicted-clear=%.1f measured-clear=%.1f clear-ratio=%.2f predicted-p95=%.1f measured-p95=%.1f p95-ratio=%.2f"
                        + " factor=%.1f",
                predicted.clearSeconds(),
                measured.clearSeconds(),
                clearRatio(),
                predicted.p95Seconds(),
                measured.p95Seconds(),
                p95Ratio(),
                factor);
    }

    private boolean isNear(double ratio) {
        return ratio <= factor && ratio >= 1 / factor;
    }
}
