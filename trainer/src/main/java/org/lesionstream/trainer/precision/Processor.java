package org.lesionstream.trainer.precision;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What the processor can do, as Linux describes it; a system that does not describe it can do nothing special. */
final class Processor {
    private static final Path DESCRIPTION = Path.of("/proc/cpuinfo");
    private static final List<String> BFLOAT16 = List.of("amx_bf16", "avx512_bf16", "bf16"); // the last on ARM

    private Processor() {}

    /** Whether it has instructions for products of bfloat16. */
    static boolean hasBfloat16() {
        return hasBfloat16(DESCRIPTION);
    }

    static boolean hasBfloat16(Path description) {
        try (Stream<String> lines = Files.lines(description)) {
            return lines.filter(line -> line.matches("(flags|Features)\\s*:.*"))
                    .limit(1)
                    .flatMap(line -> Arrays.stream(line.split("\\s+")))
                    .anyMatch(BFLOAT16::contains);
        } catch (IOException notDescribed) {
            return false;
        }
    }
}
