package org.lesionstream.local.demo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code dciodvfy} of the Debian package dicom3tools, which holds objects against the information object definitions of the standard. */
final class DicomValidator {
    private static final Path PROGRAM = Path.of("/usr/bin/dciodvfy");

    private DicomValidator() {}

    static boolean isInstalled() {
        return Files.isExecutable(PROGRAM);
    }

    /** What it holds against a file; empty if nothing. Warnings are not counted. */
    static List<String> errors(Path file) throws IOException {
        Process run = new ProcessBuilder(PROGRAM.toString(), "-new", file.toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader lines = run.inputReader(ISO_8859_1)) {
            return lines.lines().filter(line -> line.startsWith("Error")).toList();
        }
    }
}
