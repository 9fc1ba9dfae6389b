package org.lesionstream.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FinishedOffsetsTest {
    @Test
    void writesRunsInBase36FromTheCommittedOffsetOn() {
        FinishedOffsets offsets = new FinishedOffsets();
        offsets.add(101, 105);
        offsets.add(107, 117);
        assertThat(offsets.encode(100, 100)).isEqualTo("1:1.4.2.a");
    }

    @Property
    void isASetThatSurvivesItsNotation(
            @ForAll @Size(max = 40) List<@IntRange(min = 1, max = 60) Integer> starts,
            @ForAll @IntRange(min = 1, max = 5) int length) {
        FinishedOffsets offsets = new FinishedOffsets();
        Set<Long> model = new TreeSet<>();
        for (int start : starts) {
            offsets.add(1000 + start, 1000 + start + length);
            for (int i = 0; i < length; i++) {
                model.add(1000L + start + i);
            }
        }
        FinishedOffsets readBack = FinishedOffsets.decode(1000, offsets.encode(1000, Integer.MAX_VALUE));
        for (long offset = 990; offset < 1080; offset++) {
            assertThat(offsets.contains(offset)).isEqualTo(model.contains(offset));
            assertThat(readBack.contains(offset)).isEqualTo(model.contains(offset));
        }
    }

    @Test
    void leavesOutTheFurthestRunsThatDoNotFit() {
        FinishedOffsets offsets = new FinishedOffsets();
        offsets.add(11, 12);
        offsets.add(13, 14);
        assertThat(offsets.encode(10, 5)).isEqualTo("1:1.1");
        assertThat(offsets.encode(10, 4)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2:1.1",
                "1:",
                "1:1",
                "1:1.1.1",
                "1:0.1",
                "1:-1.1",
                "1:1.x y",
                "hello",
                "1:1..1.1",
                "1:zzzzzzzzzzzzzz.1"
            })
    void refusesWhatItDidNotWriteAndDoesNotRepeatIt(String text) {
        assertThatThrownBy(() -> FinishedOffsets.decode(10, text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining(text);
    }

    @Test
    void readsTheEmptyTextOfOtherToolsAsNothing() {
        assertThat(FinishedOffsets.decode(10, "").encode(10, 100)).isEmpty();
    }
}
