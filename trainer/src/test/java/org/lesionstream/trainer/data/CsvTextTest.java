package org.lesionstream.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class CsvTextTest {

    @Test
    void readsFieldsWithAndWithoutQuotes() {
        assertThat(fields("a,b\r\n\"x, y\",\"say \"\"hi\"\"\"\r\n"))
                .containsExactly(List.of("a", "b"), List.of("x, y", "say \"hi\""));
    }

    @Test
    void linesMayEndInThreeWaysAndTheLastNeedsNoEnd() {
        assertThat(fields("a\nb\r\nc\rd")).containsExactly(List.of("a"), List.of("b"), List.of("c"), List.of("d"));
    }

    @Test
    void keepsEmptyFieldsAndLeavesOutBlankLinesAndTheByteOrderMark() {
        assertThat(fields("\uFEFFa,,\n\n   \n,\"\"\n")).containsExactly(List.of("a", "", ""), List.of("", ""));
        assertThat(fields("")).isEmpty();
    }

    @Test
    void tellsOnWhichLineARowBegins() {
        assertThat(CsvText.rows("a\n\"b\r\nb\n\"\n\nc"))
                .extracting(CsvRow::line)
                .containsExactly(1, 2, 6);
    }

    @Test
    void refusesWrongQuotesNamingTheLine() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CsvText.rows("a\nb\"c"))
                .withMessage("line 2: a quote inside a field without quotes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CsvText.rows("a\n\"b\"c"))
                .withMessage("line 2: text behind a closing quote");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CsvText.rows("a\n\"b\nc"))
                .withMessage("line 2: a quote is not closed");
    }

    @Property(tries = 300)
    void readsBackWhateverWasQuoted(@ForAll("tables") List<List<String>> table) {
        String text = table.stream()
                .map(row -> row.stream()
                        .map(field -> '"' + field.replace("\"", "\"\"") + '"')
                        .collect(Collectors.joining(",")))
                .collect(Collectors.joining("\r\n"));
        assertThat(fields(text)).isEqualTo(table);
    }

    @Provide
    Arbitrary<List<List<String>>> tables() {
        return Arbitraries.strings()
                .withChars("a\",\r\n ")
                .ofMaxLength(6)
                .list()
                .ofMinSize(2)
                .ofMaxSize(3)
                .list()
                .ofMaxSize(4);
    }

    private static List<List<String>> fields(String text) {
        return CsvText.rows(text).stream().map(CsvRow::fields).toList();
    }
}
