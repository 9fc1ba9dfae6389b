package org.lesionstream.trainer.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PickleTest {

    @Test
    void theEmptyTupleIsFourBytes() {
        assertThat(hex(Pickle.emptyTuple())).isEqualTo("8002292e");
    }

    @Test
    void wholeNumbersTakeTheShortestForm() {
        assertThat(hex(new Pickle().whole(255).finish())).isEqualTo("80024bff2e");
        assertThat(hex(new Pickle().whole(256).finish())).isEqualTo("80024d00012e");
        assertThat(hex(new Pickle().whole(65536).finish())).isEqualTo("80024a000001002e");
        assertThat(hex(new Pickle().whole(-1).finish())).isEqualTo("80024affffffff2e");
        assertThat(hex(new Pickle().whole(1L << 32).finish())).isEqualTo("80028a0800000000010000002e");
    }

    @Test
    void anObjectIsItsClassItsArgumentsAndItsState() {
        byte[] pickle = new Pickle()
                .global("m", "C")
                .tuple()
                .newObject()
                .dictionary()
                .mark()
                .word("a")
                .no()
                .setItems()
                .build()
                .finish();

        assertThat(hex(pickle))
                .isEqualTo(
                        "8002" + "636d0a430a" + "29" + "81" + "7d" + "28" + "580100000061" + "89" + "75" + "62" + "2e");
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
