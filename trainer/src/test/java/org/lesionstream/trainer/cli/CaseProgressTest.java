package org.lesionstream.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lesionstream.trainer.data.CaseFiles;

class CaseProgressTest {
    private final StringWriter err = new StringWriter();
    private final Map<String, List<CaseFiles>> splits = new LinkedHashMap<>();

    @Test
    void drawsABarOnATerminalAndTakesItAway() {
        assertThat(each(true)).containsExactly(Map.entry("val", List.of("a", "b")), Map.entry("test", List.of("c")));
        assertThat(err.toString())
                .containsSubsequence("picture 1 of 3", "[########--", "picture 2 of 3", "picture 3 of 3")
                .endsWith("\r\u001b[K");
    }

    @Test
    void isSilentElsewhere() {
        assertThat(each(false)).containsEntry("test", List.of("c"));
        assertThat(err.toString()).isEmpty();
    }

    private Map<String, List<String>> each(boolean terminal) {
        splits.put("val", List.of(files("a"), files("b")));
        splits.put("test", List.of(files("c")));
        return new CaseProgress(new PrintWriter(err, true), terminal).each(splits, CaseFiles::name);
    }

    private static CaseFiles files(String name) {
        return new CaseFiles(name, Path.of(name), Path.of(name));
    }
}
