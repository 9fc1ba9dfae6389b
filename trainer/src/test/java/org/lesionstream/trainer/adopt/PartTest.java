package org.lesionstream.trainer.adopt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Tensor                              |     | ''",
                "Tuple[Tensor, Tensor]               |     | [0]",
                "Tuple[Tensor, Tensor]               | 1   | [1]",
                "Tuple[Tensor, Dict[str, Tensor]]    | 0   | [0]",
                "List[Tensor]                        | 3   | [3]",
                "Dict[str, Tensor]                   | out | [\"out\"]",
            })
    void isPutBehindTheAnswer(String type, String take, String code) {
        assertThat(Part.of(type, Optional.ofNullable(take)).code()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Tensor                               | 0",
                "Tuple[Tensor, Tensor]                | 2",
                "Tuple[List[Tensor], Tensor]          | 1",
                "Tuple[Tuple[Tensor, Tensor], Tensor] |",
                "List[Tensor]                         | out",
                "Dict[str, Tensor]                    |",
                "Dict[str, Tensor]                    | x\"]",
            })
    void mustBeOneTensorThatIsThere(String type, String take) {
        assertThatThrownBy(() -> Part.of(type, Optional.ofNullable(take))).isInstanceOf(AdoptionException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Optional[Tensor]", "__torch__.Answer", "List[List[Tensor]]", "int", "Dict[int, Tensor]"})
    void answersOfOtherTypesAreRefusedByName(String type) {
        assertThatThrownBy(() -> Part.of(type, Optional.empty()))
                .isInstanceOf(AdoptionException.class)
                .hasMessageContaining("the module answers with " + type + ";");
    }

    @Test
    void saysWhichOneItIs() {
        assertThat(Part.of("List[Tensor]", Optional.empty()).text()).contains("0");
        assertThat(Part.of("Tensor", Optional.empty()).text()).isEmpty();
    }
}
