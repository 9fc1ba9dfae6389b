package org.lesionstream.worker.result.dicom;

import static org.lesionstream.worker.result.dicom.ExplicitLittleEndian.ascii;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Makes files of data sets: preamble, file meta information and data set (PS3.10, section 7). */
final class PartTenFile {

    private static final int PREAMBLE = 128;
    private static final String IMPLEMENTATION = ResultUids.fixed("implementation", CommonModules.MANUFACTURER);

    private PartTenFile() {}

    /** @param pixelBytes how many bytes its pixel data has, if any */
    static DicomObject of(ResultContext context, ResultKind kind, Elements dataSet, int pixelBytes) {
        String instanceUid = kind.instanceUid(context.uids());
        Charset words = context.source().text().words();
        byte[] meta = meta(kind.sopClassUid(), instanceUid);
        byte[] content = ExplicitLittleEndian.bytes(dataSet, words, pixelBytes + 16_384);
        byte[] file = new byte[PREAMBLE + 4 + meta.length + content.length];
        System.arraycopy(ascii("DICM"), 0, file, PREAMBLE, 4);
        System.arraycopy(meta, 0, file, PREAMBLE + 4, meta.length);
        System.arraycopy(content, 0, file, file.length - content.length, content.length);
        return new DicomObject(kind.sopClassUid(), instanceUid, file);
    }

    private static byte[] meta(String classUid, String instanceUid) {
        byte[] elements = ExplicitLittleEndian.bytes(
                new Elements()
                        .bytes(Attribute.FILE_META_INFORMATION_VERSION, new byte[] {0, 1})
                        .text(Attribute.MEDIA_STORAGE_SOP_CLASS_UID, classUid)
                        .text(Attribute.MEDIA_STORAGE_SOP_INSTANCE_UID, instanceUid)
                        .text(Attribute.TRANSFER_SYNTAX_UID, ExplicitLittleEndian.UID)
                        .text(Attribute.IMPLEMENTATION_CLASS_UID, IMPLEMENTATION)
                        .text(Attribute.IMPLEMENTATION_VERSION_NAME, "LESIONSTREAM"),
                StandardCharsets.US_ASCII,
                512);
        byte[] length = ExplicitLittleEndian.bytes(
                new Elements().uint32(Attribute.FILE_META_INFORMATION_GROUP_LENGTH, elements.length),
                StandardCharsets.US_ASCII,
                16);
        byte[] meta = Arrays.copyOf(length, length.length + elements.length);
        System.arraycopy(elements, 0, meta, length.length, elements.length);
        return meta;
    }
}
