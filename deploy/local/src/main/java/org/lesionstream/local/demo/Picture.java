package org.lesionstream.local.demo;

import java.nio.file.Path;

/**
 * A picture with its true mask, both as files.
 *
 * @param name file name without its ending, which picture and mask share
 */
record Picture(String name, Path image, Path mask) {}
