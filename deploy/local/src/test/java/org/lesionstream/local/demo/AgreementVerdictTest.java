package org.lesionstream.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.image.LabelMask;

class AgreementVerdictTest {

    private static final ComparedImage EQUAL = new ComparedImage("a", 0, 0.9, 0.9);

    @Test
    void endsInOneLineOfKeysAndValues() {
        AgreementVerdict verdict = verdict(0.85, EQUAL, new ComparedImage("b", 0, 0.8, 0.80004));

        assertThat(verdict.passed()).isTrue();
        assertThat(verdict.line())
                .isEqualTo("agreement: images=2 equal-masks=2 dice=0.8500 evaluate=0.8500 checkpoint=lesion@1"
                        + " precision=fp32");
    }

    @Test
    void onePixelIsNoAgreement() {
        AgreementVerdict verdict = verdict(0.9, EQUAL, new ComparedImage("b", 1, 0.9, 0.9));

        assertThat(verdict.complaints())
                .containsExactly(
                        "1 stored masks differ from those that evaluate judged, the most that of b, in 1 pixels");
        assertThat(verdict.line()).contains("images=2 equal-masks=1");
    }

    @Test
    void anotherDiceOfOnePictureIsNoAgreement() {
        assertThat(verdict(0.9, EQUAL, new ComparedImage("b", 0, 0.9, 0.9002)).complaints())
                .singleElement()
                .asString()
                .contains("for b, 0.9002 instead of 0.9000");
        assertThat(verdict(0.9, EQUAL, new ComparedImage("b", 0, 0.9, Double.NaN))
                        .passed())
                .isFalse();
    }

    @Test
    void aMissingMaskAnotherMeanOrAnotherDigestIsNoAgreement() {
        assertThat(verdict(0.91, EQUAL, EQUAL).passed()).isFalse();
        assertThat(new AgreementVerdict(2, 0, 0, List.of(), List.of(EQUAL), 0.9, "lesion@1", "fp32", true).passed())
                .isFalse();
        assertThat(new AgreementVerdict(1, 0, 0, List.of(), List.of(EQUAL), 0.9, "lesion@1", "fp32", false).passed())
                .isFalse();
        assertThat(new AgreementVerdict(1, 1, 0, List.of(), List.of(EQUAL), 0.9, "lesion@1", "fp32", true).passed())
                .isFalse();
    }

    @Test
    void countsThePixelsInWhichMasksDiffer() {
        LabelMask one = new LabelMask(1, 3, new byte[] {0, 1, 2});
        assertThat(ComparedImage.differences(one, new LabelMask(1, 3, new byte[] {0, 2, 1})))
                .isEqualTo(2);
        assertThat(ComparedImage.differences(one, one)).isZero();
        assertThat(ComparedImage.differences(one, new LabelMask(3, 1, new byte[] {0, 1, 2})))
                .isEqualTo(3);
    }

    private static AgreementVerdict verdict(double mean, ComparedImage... images) {
        return new AgreementVerdict(images.length, 0, 0, List.of(), List.of(images), mean, "lesion@1", "fp32", true);
    }
}
