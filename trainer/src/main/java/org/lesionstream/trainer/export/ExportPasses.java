package org.lesionstream.trainer.export;

import org.lesionstream.schemas.checkpoint.Precision;
import org.lesionstream.trainer.graph.CastPrecision;
import org.lesionstream.trainer.graph.ChannelsLast;
import org.lesionstream.trainer.graph.DropUnused;
import org.lesionstream.trainer.graph.FoldBatchNorm;
import org.lesionstream.trainer.graph.GraphPass;
import org.lesionstream.trainer.graph.ReluInPlace;
import org.lesionstream.trainer.graph.ScalarType;
import org.lesionstream.trainer.graph.UpConvolutionAsProduct;

/** The rewrites between a traced network and a file, in the one order that fits: fold before rounding, so that weights are rounded once. */
public final class ExportPasses {
    private static final GraphPass SAME_NUMBERS =
            GraphPass.inOrder(new DropUnused(), new FoldBatchNorm(), new UpConvolutionAsProduct(), new ReluInPlace());

    private ExportPasses() {}

    /** Rewrites of a network for a file of some precision. */
    public static GraphPass of(Precision precision) {
        return GraphPass.inOrder(SAME_NUMBERS, new CastPrecision(type(precision)), new ChannelsLast());
    }

    /** The same, but the network goes on computing in 32-bit floats with its rounded weights. */
    static GraphPass roundingWeightsTo(Precision precision) {
        return GraphPass.inOrder(SAME_NUMBERS, CastPrecision.ofWeightsAlone(type(precision)), new ChannelsLast());
    }

    private static ScalarType type(Precision precision) {
        return switch (precision) {
            case FP32 -> ScalarType.FLOAT32;
            case BF16 -> ScalarType.BFLOAT16;
            case FP16 -> ScalarType.FLOAT16;
        };
    }
}
