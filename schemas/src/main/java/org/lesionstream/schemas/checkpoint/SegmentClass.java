package org.lesionstream.schemas.checkpoint;

import java.util.Optional;

/**
 * One class that a checkpoint finds; the background is none.
 *
 * @param label value in the mask, 1 to 255
 * @param name for people, unique in the checkpoint
 * @param code what it means to other systems
 */
public record SegmentClass(int label, String name, Optional<DicomCode> code) {
    public SegmentClass {
        if (label < 1 || label > 255) {
            throw new IllegalArgumentException("label must be from 1 to 255, was " + label);
        }
        if (name.isBlank()) {
            throw new IllegalArgumentException("name must not be blank");
        }
    }
}
