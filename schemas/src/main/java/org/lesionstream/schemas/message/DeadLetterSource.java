package org.lesionstream.schemas.message;

import org.lesionstream.schemas.checkpoint.Digest;

/**
 * The message that a dead letter is about, named without its content.
 *
 * @param topic where it was read
 * @param partition of the topic
 * @param offset in the partition
 * @param length bytes of its value
 * @param sha256 digest of its value
 */
public record DeadLetterSource(String topic, int partition, long offset, long length, Digest sha256) {
    public DeadLetterSource {
        if (topic.isBlank()) {
            throw new IllegalArgumentException("topic must not be blank");
        }
        if (partition < 0 || offset < 0 || length < 0) {
            throw new IllegalArgumentException("partition, offset and length must not be negative, were " + partition
                    + ", " + offset + " and " + length);
        }
    }
}
