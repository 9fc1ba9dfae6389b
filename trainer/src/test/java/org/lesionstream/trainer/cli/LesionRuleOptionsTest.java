package org.lesionstream.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesionstream.schemas.lesion.LesionRules;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

class LesionRuleOptionsTest {

    @Test
    void keepsEveryRegionUnlessAsked() {
        assertThat(rules(LesionRules.ALL)).isEqualTo(LesionRules.ALL);
    }

    @Test
    void takesRulesInPixelsAndMillimetres() {
        assertThat(rules(
                        LesionRules.ALL,
                        "--fill-holes",
                        "--merge-distance=4px,1.5mm",
                        "--smallest-lesion=12px,2.5mm2",
                        "--smallest-lesion=8mm3"))
                .isEqualTo(new LesionRules(
                        12, Optional.of(2.5), Optional.of(8.0), true, Optional.of(4.0), Optional.of(1.5)));
    }

    @Test
    void changesOnlyTheRulesOfABaseThatAreNamed() {
        LesionRules base =
                new LesionRules(12, Optional.of(2.5), Optional.empty(), true, Optional.of(4.0), Optional.of(1.5));

        assertThat(rules(base)).isEqualTo(base);
        assertThat(rules(base, "--no-fill-holes", "--smallest-lesion=3px"))
                .isEqualTo(new LesionRules(
                        3, Optional.empty(), Optional.empty(), false, Optional.of(4.0), Optional.of(1.5)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--smallest-lesion=12",
                "--smallest-lesion=0px",
                "--smallest-lesion=1.5px",
                "--smallest-lesion=3mm",
                "--merge-distance=3mm2",
                "--merge-distance=-1px",
                "--merge-distance=far"
            })
    void refusesWhatIsNoMeasure(String option) {
        assertThatThrownBy(() -> rules(LesionRules.ALL, option))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("is not a positive number with its unit, one of px, mm");
    }

    private static LesionRules rules(LesionRules base, String... arguments) {
        Asked asked = new Asked();
        new CommandLine(asked).parseArgs(arguments);
        return asked.rules.over(base);
    }

    @Command
    private static final class Asked {
        @Mixin
        private LesionRuleOptions rules;
    }
}
