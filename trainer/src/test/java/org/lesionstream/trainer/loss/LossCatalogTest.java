package org.lesionstream.trainer.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.lesionstream.trainer.loss.CrossEntropyLoss.Reduction;
import org.lesionstream.trainer.loss.LossSum.Part;
import org.lesionstream.trainer.loss.SoftDiceLoss.Classes;
import org.lesionstream.trainer.loss.SoftDiceLoss.Denominator;
import org.lesionstream.trainer.loss.SoftDiceLoss.Sums;

class LossCatalogTest {

    @Test
    void readsASumOfWeightedTerms() {
        assertThat(LossCatalog.parse("0.5*cross-entropy + dice:smoothing=2"))
                .isEqualTo(new LossSum(List.of(
                        new Part(0.5, new CrossEntropyLoss(Reduction.MEAN_OVER_WEIGHTS, List.of())),
                        new Part(1, new SoftDiceLoss(Sums.BATCH, Classes.APART, false, Denominator.PLAIN, 2, 1)))));
    }

    @Test
    void printsEveryOptionSoThatALaterDefaultChangesNothing() {
        assertThat(LossCatalog.parse("0.5*cross-entropy+dice:smoothing=1e-5"))
                .hasToString("0.5*cross-entropy:class-weights=none,reduction=mean-over-weights"
                        + "+dice:background=false,classes=apart,denominator=plain,offset=1,smoothing=1e-5,sums=batch");
        assertThat(LossCatalog.parse("cross-entropy:class-weights=0.25/3/1e-7"))
                .hasToString("cross-entropy:class-weights=0.25/3/1e-7,reduction=mean-over-weights");
        assertThat(LossCatalog.parse("bce-dice+structure:form=as-published+2*balanced-cross-entropy"))
                .hasToString("bce-dice:bce=0.5,smoothing=1e-5+structure:form=as-published"
                        + "+2*balanced-cross-entropy:foreground=0.5");
    }

    @Test
    void aPublishedNameStandsForItsTermsAndMayBeWeighted() {
        assertThat(LossCatalog.parse("2*uctransnet"))
                .isEqualTo(
                        LossCatalog.parse("balanced-cross-entropy+dice:denominator=squared,smoothing=4e-5,sums=image"));
    }

    static List<String> names() {
        return LossCatalog.losses().stream().map(LossCatalog.Entry::name).toList();
    }

    static List<String> texts() {
        return LossCatalog.published().stream().map(LossCatalog.Published::name).toList();
    }

    @ParameterizedTest
    @MethodSource({"names", "texts"})
    void whatIsPrintedIsReadBack(String text) {
        LossSum loss = LossCatalog.parse("0.3*" + text);

        assertThat(LossCatalog.parse(loss.toString())).isEqualTo(loss);
    }

    @Test
    void explainsEveryOptionOfEveryLoss() {
        assertThat(LossCatalog.losses())
                .allSatisfy(loss -> assertThat(loss.options().keySet())
                        .isEqualTo(loss.defaults().keySet()));
        assertThat(LossCatalog.help())
                .contains(
                        "balanced-cross-entropy: cross entropy averaged over foreground and background apart; one map",
                        "  foreground=0.5: weight of the foreground, 0 to 1")
                .noneMatch(line -> line.endsWith(": "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hinge | there is no loss \"hinge\", there are cross-entropy, dice, bce-dice, balanced-cross-entropy, "
                        + "structure, milesial, nnunet, unetpp-keras, uctransnet",
                "dice:smooth=1 | dice has no option [smooth], it has "
                        + "[background, classes, denominator, offset, smoothing, sums]",
                "nnunet:smoothing=1 | nnunet has no option [smoothing], it has []",
                "dice:smoothing=0 | smoothing must be positive and finite, was 0.0",
                "dice:sums=pixel | sums of dice must be one of [batch, image], was \"pixel\"",
                "bce-dice:bce=-1 | bce must be finite and not negative, was -1.0",
                "balanced-cross-entropy:foreground=2 | foreground must lie between 0 and 1, was 2.0",
                "cross-entropy:class-weights=a/b | class-weights must be numbers such as 8/4/2/1, were \"a/b\"",
                "cross-entropy:class-weights=1 | classWeights must be none or two and more, finite and not negative, "
                        + "were [1.0]",
                "half*dice | a loss must read [weight*]name[:key=value,...], its weight was \"half\"",
                "-1*dice | weight of a loss must be finite and not negative, was -1.0",
                "dice+ | a name must be words of small letters and digits, was \"\""
            })
    void saysWhatIsWrong(String text, String message) {
        assertThatThrownBy(() -> LossCatalog.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void refusesASumOfNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> LossCatalog.parse("0*dice+0*cross-entropy"));
        assertThatIllegalArgumentException().isThrownBy(() -> new LossSum(List.of()));
    }

    @Test
    void crossEntropyAloneWeighsPixels() {
        assertThat(LossCatalog.parse("dice+cross-entropy").weighsPixels()).isTrue();
        assertThat(LossCatalog.parse("dice+structure").weighsPixels()).isFalse();
    }
}
