package org.lesionstream.schemas.message;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.lesionstream.hostile.Target;
import org.lesionstream.hostile.Targets;
import org.lesionstream.schemas.testing.Contracts;

/** What comes from topics, as attack surface: jobs from anybody, the rest from whoever may write where a worker does. */
public final class MessageTargets implements Targets {

    private final MessageCodec codec = new MessageCodec();

    @Override
    public List<Target> targets() {
        return List.of(
                target("job", codec::readJob, MessageType.IMAGE_JOB, "complete", "channels", "inline", "minimal"),
                target("case-timeout", codec::readCaseTimeout, MessageType.CASE_TIMEOUT, "first", "by-digest"),
                target(
                        "dead-letter",
                        codec::readDeadLetter,
                        MessageType.DEAD_LETTER,
                        "damaged-image",
                        "inline-pixels-left-out",
                        "unreadable"),
                target("result", codec::readResult, MessageType.SEGMENTATION_RESULT, "all-measures", "unknown-spacing"),
                target("case-result", codec::readCaseResult, MessageType.CASE_RESULT, "volume", "incomplete"),
                target("expansion", codec::readJobExpansion, MessageType.JOB_EXPANSION, "series", "volume"));
    }

    /** What was read can be printed, and read again as the same. */
    private Target target(String name, Function<byte[], Object> read, MessageType type, String... samples) {
        List<byte[]> sound = Stream.of(samples)
                .map(sample -> Contracts.published(type.document(), sample))
                .toList();
        return new Target(
                "message-" + name,
                sound,
                json -> {
                    Object message = read.apply(json);
                    if (!read.apply(codec.write(message)).equals(message)) {
                        throw new IllegalStateException("a " + type + " comes back as another one");
                    }
                },
                InvalidMessageException.class);
    }
}
