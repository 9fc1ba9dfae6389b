package org.lesionstream.trainer.augment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesionstream.trainer.data.Sample;
import org.lesionstream.trainer.data.SampleTransform;
import org.lesionstream.trainer.recipe.RecipeFile;
import org.lesionstream.trainer.recipe.Setting;
import org.lesionstream.trainer.term.Term;
import org.lesionstream.trainer.testing.DiscPictures;

class AugmentationTextTest {

    private final Sample disc = DiscPictures.sample(24, 24, 1);

    static List<String> terms() {
        return Augmentation.help().stream()
                .map(line -> line.substring(0, line.indexOf(": ")))
                .toList();
    }

    static List<String> recipes() {
        return RecipeFile.NAMES.stream()
                .map(name -> RecipeFile.named(name).text(Setting.AUGMENTATION))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("terms")
    void everyTermOfTheTablePrintsAsItIsReadAndIsItsDefault(String text) {
        Term term = Term.parse(text);
        String canonical = Augmentation.canonical(term.name());
        assertThat(Term.parse(canonical).options()).containsAllEntriesOf(term.options());
        assertThat(Augmentation.canonical(text)).isEqualTo(canonical);
        assertThat(Augmentation.canonical(canonical)).isEqualTo(canonical);
        assertThat(Augmentation.parse(canonical)).isEqualTo(Augmentation.parse(term.name()));
    }

    @ParameterizedTest
    @MethodSource("recipes")
    @ValueSource(
            strings = {
                "none",
                "flips:share=0.3; hue | brightness:share=0.5 | contrast; elastic",
                "affine:angle=5,nearest=true,border=zero"
            })
    void canonicalTextMeansTheSame(String text) {
        String canonical = Augmentation.canonical(text);
        assertThat(Augmentation.canonical(canonical)).isEqualTo(canonical);
        SampleTransform once = Augmentation.parse(text);
        SampleTransform again = Augmentation.parse(canonical);
        for (int seed = 0; seed < 10; seed++) {
            assertThat(again.apply(disc, new SplittableRandom(seed)))
                    .isEqualTo(once.apply(disc, new SplittableRandom(seed)));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "' none ' # none",
                "flips;gamma:range=0.50 # flips:share=1; gamma:range=0.5,share=1",
                "hue:degrees=9|blur # hue:degrees=9,saturation=0.2,share=1 | blur:share=1,sigma=1"
            })
    void printsWithEveryOption(String text, String canonical) {
        assertThat(Augmentation.canonical(text)).isEqualTo(canonical);
    }

    @Test
    void eachOfThreeChoicesIsDrawnAboutAsOften() {
        SampleTransform choice = Augmentation.parse("brightness:share=0 | contrast:share=0 | flips");
        int same = 0;
        for (int seed = 0; seed < 900; seed++) {
            same += choice.apply(disc, new SplittableRandom(seed)).equals(disc) ? 1 : 0;
        }
        // Two thirds draw a choice that is never applied, and a flip leaves one sample in eight.
        assertThat(same / 900.0).isBetween(0.65, 0.77);
    }
}
