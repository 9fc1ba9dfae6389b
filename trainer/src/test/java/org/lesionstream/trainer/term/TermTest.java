package org.lesionstream.trainer.term;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TermTest {

    @Test
    void readsNumbersWordsAndDefaults() {
        Term term = Term.parse("elastic: sigma = 1e-1, grid=3,border=mirror,labels=true");

        assertThat(term.name()).isEqualTo("elastic");
        assertThat(term.number("sigma", 10)).isEqualTo(0.1);
        assertThat(term.count("grid", 5)).isEqualTo(3);
        assertThat(term.word("border", "zero", "mirror")).isEqualTo("mirror");
        assertThat(term.flag("labels", false)).isTrue();
        assertThat(term.number("share", 0.5)).isEqualTo(0.5);
    }

    @Test
    void printsOptionsSortedAndReadsThemBack() {
        Term term = Term.parse("sgd:nesterov=true,momentum=0.9");

        assertThat(term).hasToString("sgd:momentum=0.9,nesterov=true");
        assertThat(Term.parse(term.toString())).isEqualTo(term);
        assertThat(Term.parse("adam")).hasToString("adam");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Sgd | a name must be words of small letters and digits, was \"Sgd\"",
                "sgd:momentum | an option of sgd must read key=value, was \"\"",
                "sgd:a=1,a=2 | option \"a\" is given twice in \"sgd:a=1,a=2\"",
            })
    void refusesAnotherForm(String text, String message) {
        assertThatThrownBy(() -> Term.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void saysWhichOptionIsWrongAndWhatItMustBe() {
        Term term = Term.parse("sgd:momentum=high,steps=1.5,kind=other");

        assertThatThrownBy(() -> term.number("momentum", 0))
                .hasMessage("momentum of sgd must be a finite number, was \"high\"");
        assertThatThrownBy(() -> term.count("steps", 0)).hasMessage("steps of sgd must be a whole number, was \"1.5\"");
        assertThatThrownBy(() -> term.word("kind", "plain", "fancy"))
                .hasMessage("kind of sgd must be one of [fancy, plain], was \"other\"");
        assertThatThrownBy(() -> term.allowOnly("momentum", "steps"))
                .hasMessage("sgd has no option [kind], it has [momentum, steps]");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "0.5, 0.5", "1e-5, 1e-5", "2.5E-7, 2.5e-7", "1000000, 1000000", "-3, -3", "100.0, 100"})
    void writesNumbersSoThatTheyAreReadBack(double number, String text) {
        assertThat(Term.text(number)).isEqualTo(text);
        assertThat(Term.parse("sgd:rate=" + text).number("rate", 0)).isEqualTo(number);
    }
}
