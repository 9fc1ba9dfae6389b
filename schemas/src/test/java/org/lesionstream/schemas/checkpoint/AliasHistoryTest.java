package org.lesionstream.schemas.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class AliasHistoryTest {

    @Test
    void twoRollbacksGoTwoVersionsBackAndNotBackAndForth() {
        AliasHistory history = on(on(on(AliasHistory.EMPTY, 1), 2), 3);
        assertThat(history.before("production")).containsExactly(2, 1);
        history = back(history, 2);
        assertThat(history.before("production")).containsExactly(1);
        history = back(history, 1);
        assertThat(history.before("production")).isEmpty();
        assertThat(history.version("production")).hasValue(1);
    }

    @Test
    void aPromotionAfterARollbackIsLeftByTheNextRollback() {
        AliasHistory history = on(back(on(on(AliasHistory.EMPTY, 1), 2), 1), 3);
        assertThat(history.before("production"))
                .as("version 2 was gone back over")
                .containsExactly(1);
    }

    @Test
    void anOlderVersionThatWasPromotedAgainIsAMovementLikeAnyOther() {
        assertThat(on(on(on(AliasHistory.EMPTY, 1), 2), 1).before("production")).containsExactly(2, 1);
    }

    @Test
    void aFarRollbackForgetsEverythingBetween() {
        assertThat(back(on(on(on(on(AliasHistory.EMPTY, 1), 2), 3), 4), 2).before("production"))
                .containsExactly(1);
    }

    @Test
    void namingTheSameVersionAgainIsNoMovement() {
        assertThat(on(on(on(AliasHistory.EMPTY, 1), 2), 2).before("production")).containsExactly(1);
    }

    @Test
    void otherAliasesDoNotMatter() {
        AliasHistory history = on(AliasHistory.EMPTY, 1).append(change("canary", 9, 0, false));
        assertThat(history.before("production")).isEmpty();
        assertThat(history.before("canary")).isEmpty();
        assertThat(history.of("canary").current()).isEqualTo(Map.of("canary", 9));
    }

    @Property
    void rollingBackAgainAndAgainVisitsEveryVersionInReverse(
            @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 1, max = 5) Integer> versions) {
        AliasHistory history = AliasHistory.EMPTY;
        List<Integer> visited = new ArrayList<>();
        for (int version : versions) {
            history = on(history, version);
            if (visited.isEmpty() || visited.get(visited.size() - 1) != version) {
                visited.add(version);
            }
        }
        List<Integer> seen =
                new ArrayList<>(List.of(history.version("production").orElseThrow()));
        for (int i = 1; i < visited.size(); i++) {
            history = back(history, history.before("production").get(0));
            seen.add(history.version("production").orElseThrow());
        }
        assertThat(history.before("production")).isEmpty();
        Collections.reverse(seen);
        assertThat(seen).isEqualTo(visited);
    }

    @Test
    void saysWhatEachAliasNamedAtAMoment() {
        AliasHistory history = AliasHistory.EMPTY
                .append(change("production", 1, 10, false))
                .append(change("canary", 2, 20, false))
                .append(change("production", 2, 30, false));
        assertThat(history.at(second(9)).current()).isEmpty();
        assertThat(history.at(second(10)).current()).isEqualTo(Map.of("production", 1));
        assertThat(history.at(second(29)).current()).isEqualTo(Map.of("production", 1, "canary", 2));
        assertThat(history.at(second(30)).current()).isEqualTo(Map.of("production", 2, "canary", 2));
    }

    @Test
    void aMovementByASlowClockIsNotInForceBeforeTheOneItReplaced() {
        AliasHistory history = AliasHistory.EMPTY
                .append(change("production", 1, 10, false))
                .append(change("production", 2, 50, false))
                .append(change("production", 3, 40, false));
        assertThat(history.at(second(45)).current()).isEqualTo(Map.of("production", 1));
        assertThat(history.at(second(50)).current()).isEqualTo(Map.of("production", 3));
    }

    @Test
    void onlyARollbackSaysThatItIsOne() {
        AliasHistory history = back(on(on(AliasHistory.EMPTY, 1), 2), 1);
        String printed = new String(history.print(), StandardCharsets.UTF_8);
        assertThat(printed.split("rollback", -1)).hasSize(2);
        assertThat(AliasHistory.parse(history.print())).isEqualTo(history);
    }

    private static AliasHistory on(AliasHistory history, int version) {
        return history.append(change("production", version, 0, false));
    }

    private static AliasHistory back(AliasHistory history, int version) {
        return history.append(change("production", version, 0, true));
    }

    private static AliasChange change(String alias, int version, long second, boolean rollback) {
        return new AliasChange(alias, version, second(second), "ada", "test", rollback);
    }

    private static Instant second(long second) {
        return Instant.ofEpochSecond(second);
    }
}
