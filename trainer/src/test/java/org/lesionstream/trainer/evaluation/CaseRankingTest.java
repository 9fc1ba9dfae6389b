package org.lesionstream.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lesionstream.trainer.data.CaseFiles;

class CaseRankingTest {
    private final CaseRanking ranking = CaseRanking.of(
            Map.of("val", List.of(files("a"), files("b"), files("c"), files("d"), files("e"))),
            Map.of("val", List.of(0.9, 0.1, 0.5, 0.5, 0.7)),
            dice -> dice);

    @Test
    void givesEachCaseOutOnce() {
        assertThat(names(ranking.lowest(2))).containsExactly("b", "c");
        assertThat(names(ranking.highest(1))).containsExactly("a");
        assertThat(names(ranking.middle(5))).containsExactly("d", "e");
        assertThat(ranking.lowest(3)).isEmpty();
    }

    @Test
    void theMiddleIsAroundTheMedian() {
        assertThat(names(ranking.middle(1))).containsExactly("d");
        assertThat(names(ranking.middle(2))).containsExactly("c", "e");
    }

    @Test
    void refusesANegativeCount() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ranking.highest(-1))
                .withMessage("count must not be negative, was -1");
    }

    private static List<String> names(List<CaseRanking.Ranked> ranked) {
        return ranked.stream().map(each -> each.files().name()).toList();
    }

    private static CaseFiles files(String name) {
        return new CaseFiles(name, Path.of(name), Path.of(name));
    }
}
