package org.lesionstream.worker.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CsvTest {
    @Test
    void quotesOnlyWhatHoldsASeparatorAQuoteOrALineBreak() {
        assertThat(Csv.line(List.of("plain", "a,b", "say \"it\"", "two\nlines", "two\rlines", "", "4.5 mm")))
                .isEqualTo("plain,\"a,b\",\"say \"\"it\"\"\",\"two\nlines\",\"two\rlines\",,4.5 mm\r\n");
    }
}
