package org.lesionstream.trainer.cli;

import java.util.List;
import org.lesionstream.trainer.graph.ActivationMemory;
import org.lesionstream.trainer.graph.LayerCost;
import org.lesionstream.trainer.graph.NetworkCost;

/**
 * What {@code describe --json} prints.
 *
 * @param network text of the network
 * @param input extents of one image
 * @param part {@code whole}, or the level that the network is pruned to
 * @param parameters trainable numbers
 * @param multiplyAccumulates of one image
 * @param batch images at once, for the memory
 * @param activations bytes of intermediate results
 * @param layers in the order in which they run
 */
record NetworkDocument(
        String network,
        String input,
        String part,
        long parameters,
        long multiplyAccumulates,
        int batch,
        Activations activations,
        List<LayerCost> layers) {

    /**
     * Bytes.
     *
     * @param filePeakFp32 at most at once in the exported file, which frees what nobody will read
     * @param filePeak16Bit the same where numbers take two bytes
     * @param blockAllFp32 in the block run eagerly, which keeps everything to the end
     */
    record Activations(long filePeakFp32, long filePeak16Bit, long blockAllFp32) {

        static Activations of(ActivationMemory file, ActivationMemory block) {
            return new Activations(file.peak() * Float.BYTES, file.peak() * Short.BYTES, block.all() * Float.BYTES);
        }
    }

    static NetworkDocument of(
            String network, ImageSize input, String part, NetworkCost cost, int batch, Activations activations) {
        return new NetworkDocument(
                network,
                input.toString(),
                part,
                cost.parameters(),
                cost.multiplyAccumulates(),
                batch,
                activations,
                cost.layers());
    }
}
