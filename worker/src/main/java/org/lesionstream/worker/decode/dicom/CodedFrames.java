package org.lesionstream.worker.decode.dicom;

import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.ImageRefusedException;
import org.lesionstream.worker.decode.dicom.codec.FrameLayout;
import org.lesionstream.worker.decode.dicom.codec.PixelCodec;
import org.lesionstream.worker.decode.dicom.codec.Refusal;

/**
 * Encapsulated frames (PS3.5, annex A.4), each in one or more fragments.
 *
 * <p>Which fragments make a frame is told, in this order, by their number (one frame, or one fragment for each), by the extended or the basic
 * offset table, and by which fragments begin with the start of an image.
 */
final class CodedFrames implements FrameSource {

    private final byte[] bytes;
    private final List<List<Span>> frames;
    private final PixelCodec codec;
    private final FrameLayout layout;
    private final DecodeLimits limits;

    CodedFrames(PixelDescription description, DataSet dataSet, PixelCodec codec, DecodeLimits limits) {
        this.bytes = dataSet.source().array();
        this.codec = codec;
        this.layout = description.layout();
        this.limits = limits;
        List<Span> all = dataSet.fragments().orElseThrow();
        if (all.size() - 1 < description.frames()) {
            throw Refusal.damaged(description.frames() + " frames in " + (all.size() - 1) + " fragments");
        }
        this.frames = frames(description.frames(), all.get(0), all.subList(1, all.size()), dataSet);
    }

    @Override
    public byte[] frame(int index) {
        ByteArrayOutputStream coded = new ByteArrayOutputStream(
                frames.get(index).stream().mapToInt(Span::length).sum());
        for (Span fragment : frames.get(index)) {
            coded.write(bytes, fragment.offset(), fragment.length());
        }
        byte[] samples = decoded(coded.toByteArray());
        if (samples.length != layout.frameBytes()) {
            throw Refusal.damaged("a codec gave " + samples.length + " bytes of " + layout.frameBytes());
        }
        return samples;
    }

    /** Codecs of libraries throw anything over damaged frames; their texts may quote the file. */
    private byte[] decoded(byte[] coded) {
        try {
            return codec.decode(coded, layout, limits);
        } catch (ImageRefusedException | UncheckedIOException failure) { // the latter is not about the frame
            throw failure;
        } catch (RuntimeException failure) {
            throw Refusal.damaged("a codec failed with " + failure.getClass().getSimpleName());
        }
    }

    private List<List<Span>> frames(int count, Span basicTable, List<Span> fragments, DataSet dataSet) {
        if (count == 1) {
            return List.of(fragments);
        }
        if (count == fragments.size()) {
            return fragments.stream().map(List::of).toList();
        }
        List<Integer> begins = begins(count, basicTable, fragments, dataSet);
        List<List<Span>> frames = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int end = i + 1 < count ? begins.get(i + 1) : fragments.size();
            if (begins.get(i) >= end) {
                throw Refusal.damaged("frames are not in the order of their offsets");
            }
            frames.add(fragments.subList(begins.get(i), end));
        }
        return frames;
    }

    /** The first fragment of each frame. */
    private List<Integer> begins(int count, Span basicTable, List<Span> fragments, DataSet dataSet) {
        Source source = dataSet.source();
        Span extended = dataSet.value(Tag.EXTENDED_OFFSET_TABLE).orElse(new Span(0, 0));
        List<Integer> begins = new ArrayList<>();
        if (extended.length() == 8L * count || basicTable.length() == 4L * count) {
            Map<Long, Integer> byOffset = new HashMap<>();
            for (int i = 0; i < fragments.size(); i++) {
                byOffset.put((long) fragments.get(i).offset() - fragments.get(0).offset(), i);
            }
            for (int i = 0; i < count; i++) {
                long offset = extended.length() == 8L * count
                        ? source.int64(extended.offset() + 8 * i)
                        : source.uint32(basicTable.offset() + 4 * i);
                Integer fragment = byOffset.get(offset);
                if (fragment == null) {
                    throw Refusal.damaged("an offset table points between fragments");
                }
                begins.add(fragment);
            }
        } else {
            for (int i = 0; i < fragments.size(); i++) {
                if (startsImage(fragments.get(i))) {
                    begins.add(i);
                }
            }
        }
        if (begins.size() != count || begins.get(0) != 0) {
            throw Refusal.damaged(fragments.size() + " fragments do not tell where " + count + " frames begin");
        }
        return begins;
    }

    /** Whether a fragment begins with the first marker of a JPEG, JPEG-LS or JPEG 2000 stream. */
    private boolean startsImage(Span fragment) {
        if (fragment.length() < 2 || (bytes[fragment.offset()] & 0xff) != 0xff) {
            return false;
        }
        int marker = bytes[fragment.offset() + 1] & 0xff;
        return marker == 0xd8 || marker == 0x4f;
    }
}
