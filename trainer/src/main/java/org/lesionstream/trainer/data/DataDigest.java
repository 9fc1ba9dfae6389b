package org.lesionstream.trainer.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.List;
import org.lesionstream.schemas.checkpoint.Digest;

/**
 * One SHA-256 that stands for a data set: which files taught a network and which judged it, byte by byte.
 *
 * <p>Over every case of training, then of validation, in the order of their names: the role, the name, and the SHA-256 of image and mask.
 * Where the files lie does not matter.
 */
public final class DataDigest {

    private DataDigest() {}

    /**
     * The digest as 64 hexadecimal digits.
     *
     * @param scan of all cases of the split
     */
    public static String of(DatasetSplit split, DatasetScan scan) {
        MessageDigest whole = Digest.begun();
        add(whole, "train", split.train(), scan);
        add(whole, "val", split.validation(), scan);
        return Digest.ended(whole).hex();
    }

    private static void add(MessageDigest whole, String role, List<CaseFiles> cases, DatasetScan scan) {
        List<CaseFiles> sorted =
                cases.stream().sorted(Comparator.comparing(CaseFiles::name)).toList();
        for (CaseFiles files : sorted) {
            text(whole, role);
            text(whole, files.name());
            CaseContent content = scan.content(files);
            whole.update(content.imageBytes().duplicate());
            whole.update(content.maskBytes().duplicate());
        }
    }

    /** Text with its length before it, so that no two lists of texts give the same bytes. */
    private static void text(MessageDigest whole, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        whole.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        whole.update(bytes);
    }
}
