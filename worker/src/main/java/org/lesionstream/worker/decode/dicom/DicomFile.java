package org.lesionstream.worker.decode.dicom;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.ImageRefusedException;
import org.lesionstream.schemas.image.ImageRefusedException.Reason;
import org.lesionstream.worker.decode.dicom.codec.Refusal;

/**
 * A DICOM file, read up to its pixel data.
 *
 * <ul>
 *   <li>Files of PS3.10 with preamble and file meta information, those that lack the preamble, and bare data sets.
 *   <li>Without a transfer syntax the first element tells byte order and kind. It also corrects a file whose data set is implicit where its
 *       meta information says explicit, or the other way round.
 *   <li>A deflated data set is counted before memory is taken for it.
 * </ul>
 */
record DicomFile(TransferSyntax syntax, DataSet dataSet) {

    private static final int PREAMBLE = 128;
    private static final byte[] PREFIX = {'D', 'I', 'C', 'M'};
    private static final int LAST_BARE_GROUP = 0x0008; // a bare data set begins with identification

    /** Whether the first bytes are those of a DICOM file or of a bare data set. */
    static boolean recognises(byte[] bytes) {
        return hasPrefix(bytes) || Start.at(bytes, 0).isPresent();
    }

    /** @throws ImageRefusedException if the bytes are no DICOM, damaged, or larger than allowed */
    static DicomFile read(byte[] bytes, DecodeLimits limits) {
        return read(bytes, limits, Tag::isKept);
    }

    /**
     * Keeps other attributes than those of the picture.
     *
     * @param keeps whether the attribute of that tag is kept
     * @throws ImageRefusedException if the bytes are no DICOM, damaged, or larger than allowed
     */
    static DicomFile read(byte[] bytes, DecodeLimits limits, IntPredicate keeps) {
        if (bytes.length > limits.maxBytes()) {
            throw new ImageRefusedException(Reason.TOO_MANY_BYTES, bytes.length + " of " + limits.maxBytes());
        }
        int begin = hasPrefix(bytes) ? PREAMBLE + PREFIX.length : 0;
        if (begin == 0 && Start.at(bytes, 0).isEmpty()) {
            throw Refusal.unsupported("neither a DICOM file nor a data set");
        }
        Source source = new Source(bytes, ByteOrder.LITTLE_ENDIAN);
        DataSet meta = new DataSet(source);
        int dataSetBegin = new DataSetReader(source).readMeta(begin, meta);
        Optional<TransferSyntax> stated = meta.text(Tag.TRANSFER_SYNTAX_UID).map(TransferSyntax::of);
        if (stated.isPresent() && stated.get().deflated()) {
            byte[] inflated = inflated(bytes, dataSetBegin, limits);
            return read(stated.get(), inflated, 0, keeps);
        }
        TransferSyntax syntax = stated.orElseGet(() -> Start.at(bytes, dataSetBegin)
                .map(Start::syntax)
                .orElseThrow(() -> Refusal.damaged("no transfer syntax, and none to be told from the data set")));
        return read(syntax, bytes, dataSetBegin, keeps);
    }

    private static DicomFile read(TransferSyntax syntax, byte[] bytes, int begin, IntPredicate keeps) {
        Source source = new Source(bytes, syntax.order());
        boolean explicit = syntax.explicit();
        if (bytes.length - begin >= 8) {
            int vr = source.uint8(begin + 4) << 8 | source.uint8(begin + 5);
            explicit = explicit ? Vr.plausible(vr) : Vr.known(vr);
        }
        return new DicomFile(syntax, new DataSetReader(source, keeps).read(begin, explicit));
    }

    private static boolean hasPrefix(byte[] bytes) {
        return bytes.length >= PREAMBLE + PREFIX.length
                && Arrays.equals(bytes, PREAMBLE, PREAMBLE + PREFIX.length, PREFIX, 0, PREFIX.length);
    }

    /** Inflates twice: the first time only to count, so that a bomb costs no memory. */
    private static byte[] inflated(byte[] bytes, int from, DecodeLimits limits) {
        long count = inflate(bytes, from, new byte[1 << 16], true, limits.maxBytes());
        byte[] target = new byte[(int) count];
        inflate(bytes, from, target, false, count);
        return target;
    }

    private static long inflate(byte[] bytes, int from, byte[] target, boolean overwriting, long most) {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(bytes, from, bytes.length - from);
            int filled = 0;
            while (!inflater.finished() && (overwriting || filled < target.length)) {
                int got = inflater.inflate(target, filled, target.length - filled);
                if (got == 0 && !inflater.finished()) {
                    throw Refusal.damaged("the deflated data set ends early");
                }
                filled += overwriting ? 0 : got;
                if (inflater.getBytesWritten() > Math.min(most, Integer.MAX_VALUE - 16)) {
                    throw new ImageRefusedException(Reason.TOO_MANY_BYTES, "more than " + most + " when inflated");
                }
            }
            return inflater.getBytesWritten();
        } catch (DataFormatException e) {
            throw Refusal.damaged("the deflated data set is no deflate stream");
        } finally {
            inflater.end();
        }
    }

    /** What the first element of a data set tells about how it is written. */
    private record Start(boolean explicit, ByteOrder order) {

        static Optional<Start> at(byte[] bytes, int offset) {
            if (bytes.length - offset < 8) {
                return Optional.empty();
            }
            for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
                Source source = new Source(bytes, order);
                int group = source.uint16(offset);
                boolean identification = group > 0 && group <= LAST_BARE_GROUP && group % 2 == 0;
                if (identification && source.uint16(offset + 2) <= 0xff) {
                    int vr = source.uint8(offset + 4) << 8 | source.uint8(offset + 5);
                    if (Vr.known(vr)) {
                        return Optional.of(new Start(true, order));
                    }
                    if (order == ByteOrder.LITTLE_ENDIAN
                            && source.uint32(offset + 4) <= bytes.length - offset - 8
                            && source.uint32(offset + 4) % 2 == 0) {
                        return Optional.of(new Start(false, order));
                    }
                }
            }
            return Optional.empty();
        }

        TransferSyntax syntax() {
            if (!explicit) {
                return TransferSyntax.of(TransferSyntax.IMPLICIT_LITTLE_ENDIAN);
            }
            return TransferSyntax.of(
                    order == ByteOrder.BIG_ENDIAN
                            ? TransferSyntax.EXPLICIT_BIG_ENDIAN
                            : TransferSyntax.EXPLICIT_LITTLE_ENDIAN);
        }
    }
}
