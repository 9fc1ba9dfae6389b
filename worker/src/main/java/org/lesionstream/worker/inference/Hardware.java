package org.lesionstream.worker.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the precision of a network depends on.
 *
 * @param device that networks run on
 * @param bfloat16 the processor's instructions for bf16 matrices or dot products; empty if it has none, and then emulates bf16
 *     many times slower than it computes fp32
 */
record Hardware(DeviceKind device, Optional<String> bfloat16) {

    private static final Path PROCESSOR = Path.of("/proc/cpuinfo");

    /** As Linux names them: matrices and vectors on x86, vectors on ARM; the fastest first. */
    private static final List<String> BFLOAT16 = List.of("amx_bf16", "avx512_bf16", "bf16");

    /** This machine's, with the device that is asked for. A system that does not describe its processor has no bf16. */
    static Hardware of(DeviceKind device) {
        return of(device, PROCESSOR);
    }

    static Hardware of(DeviceKind device, Path processor) {
        if (!Files.isReadable(processor)) {
            return new Hardware(device, Optional.empty());
        }
        try (Stream<String> lines = Files.lines(processor)) {
            Set<String> features = lines.filter(line -> line.matches("(flags|Features)\\s*:.*")).findFirst().stream()
                    .flatMap(line -> Arrays.stream(line.split("\\s+")))
                    .collect(Collectors.toSet());
            return new Hardware(
                    device, BFLOAT16.stream().filter(features::contains).findFirst());
        } catch (IOException unreadable) {
            return new Hardware(device, Optional.empty());
        }
    }
}
