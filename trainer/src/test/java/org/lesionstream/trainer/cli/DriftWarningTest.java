package org.lesionstream.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.checkpoint.CheckpointFile;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.checkpoint.Drift;
import org.lesionstream.schemas.checkpoint.Precision;

class DriftWarningTest {

    @Test
    void namesTheFilesThatDriftFurtherThanATrainedNetworkShould() {
        StringWriter err = new StringWriter();

        DriftWarning.print(
                List.of(file(Precision.FP32, 0), file(Precision.BF16, 0.0123), file(Precision.FP16, 0.005)),
                new PrintWriter(err));

        assertThat(err.toString().lines())
                .containsExactly(
                        "warning: model.bf16.pt labels 1.23% of the pixels otherwise than fp32, expected are at"
                                + " most 0.50%");
    }

    private static CheckpointFile file(Precision precision, double disagreement) {
        return new CheckpointFile(
                precision,
                "model." + precision.text() + ".pt",
                Digest.of(new byte[0]),
                1,
                new Drift(disagreement, 1 - disagreement));
    }
}
