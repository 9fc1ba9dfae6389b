package org.lesionstream.worker.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.FailureType;

class FailureAdviceTest {

    @ParameterizedTest
    @EnumSource
    void saysInASentenceWhatACodeMeansAndWhatToDo(FailureCode code) {
        FailureAdvice advice = FailureAdvice.on(code);

        assertThat(advice.meaning()).matches("[A-Z][^.]+\\.");
        assertThat(advice.remedy()).matches("[A-Z][^.]+\\.");
    }

    @Test
    void advisesToReplayWhateverPassesByItself() {
        assertThat(Arrays.stream(FailureCode.values()).filter(code -> code.type() == FailureType.TRANSIENT))
                .isNotEmpty()
                .allSatisfy(code -> assertThat(FailureAdvice.on(code).remedy())
                        .matches(".* then replay\\.|.* they try again by themselves\\."));
    }

    @Test
    void givesEveryCodeItsOwnMeaning() {
        assertThat(Arrays.stream(FailureCode.values()).map(FailureAdvice::on).map(FailureAdvice::meaning))
                .doesNotHaveDuplicates();
    }
}
