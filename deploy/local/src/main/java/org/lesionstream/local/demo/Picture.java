package org.lesionstream.local.demo;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A picture with its true mask, both as files.
 *
 * @param name file name without its ending, which picture and mask share
 * @param slice where it lies in a volume, for pictures that are slices of one
 */
record Picture(String name, Path image, Path mask, Optional<Slice> slice) {

    /**
     * A place in a volume.
     *
     * @param group name of the volume
     * @param number counts the slices from one end; neighbours differ by one
     */
    record Slice(String group, int number) {}
}
