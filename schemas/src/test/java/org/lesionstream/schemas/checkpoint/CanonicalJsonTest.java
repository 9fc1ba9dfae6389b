package org.lesionstream.schemas.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesionstream.schemas.testing.Contracts;

class CanonicalJsonTest {

    /** Expected values are those of RFC 8785, appendix B, and of ECMAScript's {@code Number::toString}. */
    @ParameterizedTest
    @CsvSource({
        "0000000000000000, 0",
        "8000000000000000, 0",
        "0000000000000001, 5e-324",
        "8000000000000001, -5e-324",
        "7fefffffffffffff, 1.7976931348623157e+308",
        "ffefffffffffffff, -1.7976931348623157e+308",
        "4340000000000000, 9007199254740992",
        "c340000000000000, -9007199254740992",
        "4430000000000000, 295147905179352830000",
        "44b52d02c7e14af5, 9.999999999999997e+22",
        "44b52d02c7e14af6, 1e+23",
        "44b52d02c7e14af7, 1.0000000000000001e+23",
        "444b1ae4d6e2ef4e, 999999999999999700000",
        "444b1ae4d6e2ef4f, 999999999999999900000",
        "444b1ae4d6e2ef50, 1e+21",
        "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
        "3eb0c6f7a0b5ed8d, 0.000001",
        "41b3de4355555553, 333333333.3333332",
        "41b3de4355555554, 333333333.33333325",
        "41b3de4355555555, 333333333.3333333",
        "becbf647612f3696, -0.0000033333333333333333",
        "43143ff3c1cb0959, 1424953923781206.2",
        "3d30000000000000, 5.684341886080802e-14"
    })
    void writesNumbersAsTheStandardWants(String bits, String expected) {
        double value = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));
        assertThat(CanonicalJson.number(value)).isEqualTo(expected);
    }

    @Test
    void everyNumberReadsBackAsItself() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                assertThat(Double.parseDouble(CanonicalJson.number(value)))
                        .as("seed %d", seed)
                        .isEqualTo(value);
            }
        }
    }

    @Test
    void sortsKeysAndLeavesOutBlanks() {
        assertThat(canonical(
                        "{ \"b\" : [ 1.0 , true , null , {} , [] ] , \"a\" : \"x\" , \"B\":{\"z\":1,\"y\":2.50} }"))
                .isEqualTo("{\"B\":{\"y\":2.5,\"z\":1},\"a\":\"x\",\"b\":[1,true,null,{},[]]}");
    }

    @Test
    void escapesOnlyWhatMustBe() {
        assertThat(canonical("\"\\u20ac \\/ \\u000f \\n \\t \\b \\f \\r \\\" \\\\ \\u00e9\""))
                .isEqualTo("\"\u20ac / \\u000f \\n \\t \\b \\f \\r \\\" \\\\ \u00e9\"");
    }

    private static String canonical(String json) {
        byte[] canonical = CanonicalJson.print(Contracts.tree(json.getBytes(StandardCharsets.UTF_8)));
        return new String(canonical, StandardCharsets.UTF_8);
    }
}
