package org.lesionstream.trainer.training;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesionstream.trainer.optimizer.GradientClip;
import org.lesionstream.trainer.optimizer.LearningRateSchedule;
import org.lesionstream.trainer.optimizer.OptimizerRule;

class RunSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "0,1,0.1,1,batchSize",
        "8,0,0.1,1,accumulate",
        "8,1,0,1,learningRate",
        "8,1,NaN,1,learningRate",
        "8,1,0.1,0,bestFrom"
    })
    void refusesNumbersThatNoRunCanUse(int batch, int accumulate, double rate, int bestFrom, String named) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RunSettings(
                        1,
                        batch,
                        accumulate,
                        OptimizerRule.parse("adam"),
                        rate,
                        LearningRateSchedule.parse("constant"),
                        GradientClip.NONE,
                        Optional.empty(),
                        bestFrom,
                        StopRule.epochs(1),
                        Duration.ofMinutes(5)))
                .withMessageContaining(named);
    }

    @Test
    void aReportIsOfAnEpochThatHappened() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EpochReport(0, 1, 0.5, 0.001, Duration.ZERO))
                .withMessageContaining("epoch");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EpochReport(1, 1, Double.NaN, 0.001, Duration.ZERO))
                .withMessageContaining("validationDice");
    }
}
