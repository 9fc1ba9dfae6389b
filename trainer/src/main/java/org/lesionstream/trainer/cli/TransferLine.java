package org.lesionstream.trainer.cli;

import java.util.Collection;
import java.util.stream.Collectors;
import org.lesionstream.trainer.network.SegmentationNetwork;
import org.lesionstream.trainer.weights.WeightTransfer;

/**
 * What a network took over of the weights that it begins with, as it is printed.
 *
 * @param transfer what was taken and what was drawn
 * @param before the network that had the weights
 * @param now the network that begins with them
 */
record TransferLine(WeightTransfer transfer, SegmentationNetwork before, SegmentationNetwork now) {

    /** In one line, with the reason for everything that was drawn. */
    String words() {
        int interpolated = transfer.resampled().size();
        return "--from: "
                + (transfer.copied().size() + interpolated)
                + " arrays taken over"
                + (interpolated == 0 ? "" : ", " + interpolated + " of them interpolated for another grid")
                + (transfer.fresh().isEmpty() ? "; nothing drawn anew" : "")
                + drawn("heads", transfer.freshHeads(), "classes", before.classes(), now.classes())
                + drawn("first layer", transfer.freshInputs(), "channels", before.channels(), now.channels());
    }

    private static String drawn(String what, Collection<String> names, String option, int before, int now) {
        if (names.isEmpty()) {
            return "";
        }
        String reason = before == now
                ? ", which the other network lacks"
                : " for %s=%d in place of %d".formatted(option, now, before);
        String parts = names.stream()
                .map(name -> name.substring(0, name.lastIndexOf('.')))
                .distinct()
                .collect(Collectors.joining(", "));
        return "; %s drawn anew%s: %s".formatted(what, reason, parts);
    }
}
