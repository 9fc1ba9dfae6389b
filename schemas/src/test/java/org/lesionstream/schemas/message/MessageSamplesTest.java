package org.lesionstream.schemas.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.lesionstream.schemas.testing.Contracts;

/** What was published once must be readable for ever: samples are added, never changed. */
class MessageSamplesTest {

    private final MessageCodec codec = new MessageCodec();

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("samples")
    void everySampleIsValidAndPrintsBackUnchanged(MessageType type, Path sample) {
        byte[] json = Contracts.bytes(sample);
        Object message = read(type, json);
        byte[] printed = codec.write(message);
        assertThat(Contracts.tree(printed)).isEqualTo(Contracts.tree(json));
        assertThat(read(type, printed)).isEqualTo(message);
        assertThat(MessageType.of(message)).isEqualTo(type);
    }

    @ParameterizedTest
    @EnumSource(MessageType.class)
    void everyTypeHasSeveralSamplesAndASchema(MessageType type) {
        assertThat(Contracts.samples(type.document())).hasSizeGreaterThan(2);
        assertThat(MessageType.class.getClassLoader().getResource(type.schemaResource()))
                .isNotNull();
        assertThat(MessageType.ofCeType(type.ceType())).contains(type);
    }

    @Test
    void theTypesBearTheNamesOfTheContract() {
        assertThat(Stream.of(MessageType.values()).map(MessageType::ceType))
                .containsExactly(
                        "org.lesionstream.image-job.v1",
                        "org.lesionstream.image-job.v2",
                        "org.lesionstream.segmentation-result.v1",
                        "org.lesionstream.case-result.v1",
                        "org.lesionstream.dead-letter.v1",
                        "org.lesionstream.case-timeout.v1",
                        "org.lesionstream.job-expansion.v1");
        assertThat(MessageType.ofCeType("org.lesionstream.image-job.v3")).isEmpty();
    }

    private Object read(MessageType type, byte[] json) {
        return switch (type) {
            case IMAGE_JOB, IMAGE_JOB_V2 -> codec.readJob(type, json);
            case SEGMENTATION_RESULT -> codec.readResult(json);
            case CASE_RESULT -> codec.readCaseResult(json);
            case DEAD_LETTER -> codec.readDeadLetter(json);
            case CASE_TIMEOUT -> codec.readCaseTimeout(json);
            case JOB_EXPANSION -> codec.readJobExpansion(json);
        };
    }

    static Stream<Arguments> samples() {
        return Stream.of(MessageType.values())
                .flatMap(type -> Contracts.samples(type.document()).stream().map(file -> Arguments.of(type, file)));
    }
}
