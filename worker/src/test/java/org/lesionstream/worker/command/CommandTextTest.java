package org.lesionstream.worker.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.schemas.message.MessageType;
import picocli.CommandLine.TypeConversionException;

class CommandTextTest {
    private final AnswerLine lines = new AnswerLine(new MessageCodec());

    @ParameterizedTest
    @CsvSource({"500ms,PT0.5S", "30s,PT30S", "5m,PT5M", "12h,PT12H", "7d,PT168H"})
    void readsDurationsAsPeopleWriteThem(String text, Duration duration) {
        assertThat(new DurationText().convert(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "-1s", "1.5h", "1 d", "9999999999s"})
    void refusesOtherTexts(String text) {
        assertThatThrownBy(() -> new DurationText().convert(text)).isInstanceOf(TypeConversionException.class);
    }

    @Test
    void forgetsTheOldestIdFirst() {
        SeenIds seen = new SeenIds(2);
        assertThat(seen.add("a")).isTrue();
        assertThat(seen.add("b")).isTrue();
        assertThat(seen.add("a")).isFalse();
        assertThat(seen.add("c")).isTrue();
        assertThat(seen.add("b")).isFalse();
        assertThat(seen.add("a")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "SEGMENTATION_RESULT,segmentation-result.v1/two-lesions.json,result job=",
        "CASE_RESULT,case-result.v1/complete.json,case case=",
        "DEAD_LETTER,dead-letter.v1/unreadable.json,dead-letter job=-",
    })
    void saysEachAnswerInOneLine(MessageType type, String sample, String start) throws IOException {
        assertThat(lines.of(type, sample(sample))).startsWith(start).doesNotContain("\n");
    }

    private static byte[] sample(String name) throws IOException {
        try (InputStream in = MessageCodec.class.getResourceAsStream("/contract/samples/" + name)) {
            return in.readAllBytes();
        }
    }
}
