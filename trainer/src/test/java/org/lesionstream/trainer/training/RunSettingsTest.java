package org.lesionstream.trainer.training;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "-1,1,1,0.2,20,loss weights",
        "0,0,1,0.2,20,loss weights",
        "NaN,1,1,0.2,20,loss weights",
        "0.5,Infinity,1,0.2,20,loss weights",
        "0.5,1,0,0.2,20,diceSmoothing",
        "0.5,1,1,1,20,contrast",
        "0.5,1,1,0.2,256,brightness"
    })
    void refusesNumbersThatNoRunCanUse(
            double crossEntropy, double dice, double smoothing, double contrast, double brightness, String named) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RunSettings(
                        1,
                        8,
                        0.002,
                        LearningRateSchedule.COSINE,
                        crossEntropy,
                        dice,
                        smoothing,
                        contrast,
                        brightness,
                        true,
                        0.15,
                        StopRule.epochs(1)))
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
