package org.lesionstream.trainer.adopt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ForeignPickleTest {

    static final byte[] MODULE = bytes("\u0080\2c__torch__.a\nNet\nq\0)\u0081}(X\10\0\0\0training\u0089ub.");

    @Test
    void findsTheClassAndTheStepsThatMakeTheModule() {
        ForeignPickle pickle = ForeignPickle.of(MODULE);

        assertThat(pickle.type()).isEqualTo("__torch__.a.Net");
        assertThat(pickle.program()).isEqualTo(Arrays.copyOfRange(MODULE, 2, MODULE.length - 1));
    }

    @Test
    void refusesWhatIsNoModule() {
        assertRefused("\u0080\2}.", "holds a plain value instead of a module");
        assertRefused("\u0080\2ccollections\nOrderedDict\n)R.", "holds an object of another kind");
        assertRefused("\u0080\2c__torch__\nNet\ttraining: bool\n).", "holds an object of another kind");
        assertRefused("hello", "no pickle of protocol 2");
        assertRefused("", "ends in the middle of a step");
    }

    @Test
    void refusesANameThatIsTooLong() {
        assertRefused("\u0080\2c__torch__" + ".a".repeat(20_000) + "\nNet\n)\u0081.", "more than 1000 characters");
    }

    @Test
    void refusesStepsThatTheEnginesReaderDoesNotHave() {
        assertRefused(
                "\u0080\2c__torch__\nNet\n)\u0081(ios\nsystem\no.", "a step that TorchScript files do not have: 0x69");
        assertRefused("\u0080\2c__torch__\nNet\n)\u0081\u0080\2.", "0x80");
    }

    @Test
    void refusesWhatGoesOnAfterItsEndOrEndsBeforeIt() {
        assertRefused("\u0080\2c__torch__\nNet\n)\u0081.N.", "goes on after its end, by 2 bytes");
        assertRefused("\u0080\2c__torch__\nNet\n)\u0081X\377\377\377\177long", "in the middle of a step");
        assertRefused("\u0080\2c__torch__\nNet\n)\u0081X\377\377\377\377long", "in the middle of a step");
    }

    private static void assertRefused(String pickle, String reason) {
        assertThatThrownBy(() -> ForeignPickle.of(bytes(pickle)))
                .isInstanceOf(AdoptionException.class)
                .hasMessageContaining(reason);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
