package org.lesionstream.trainer.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/**
 * One SHA-256 that stands for a data set: which files taught a network and which judged it, byte by byte.
 *
 * <p>Over every case of training, then of validation, in the order of their names: the role, the name, and the SHA-256 of image and mask.
 * Where the files lie does not matter.
 */
public final class DataDigest {

    private DataDigest() {}

    /** The digest as 64 hexadecimal digits. */
    public static String of(DatasetSplit split) {
        MessageDigest whole = sha256();
        add(whole, "train", split.train());
        add(whole, "val", split.validation());
        return HexFormat.of().formatHex(whole.digest());
    }

    private static void add(MessageDigest whole, String role, List<CaseFiles> cases) {
        List<CaseFiles> sorted =
                cases.stream().sorted(Comparator.comparing(CaseFiles::name)).toList();
        for (CaseFiles paths : sorted) {
            text(whole, role);
            text(whole, paths.name());
            whole.update(file(paths.image()));
            whole.update(file(paths.mask()));
        }
    }

    /** Text with its length before it, so that no two lists of texts give the same bytes. */
    private static void text(MessageDigest whole, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        whole.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        whole.update(bytes);
    }

    private static byte[] file(Path file) {
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
        return digest.digest();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
