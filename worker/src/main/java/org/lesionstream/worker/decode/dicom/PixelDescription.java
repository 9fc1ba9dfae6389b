package org.lesionstream.worker.decode.dicom;

import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.worker.decode.dicom.codec.FrameLayout;
import org.lesionstream.worker.decode.dicom.codec.Refusal;

/**
 * The attributes that say how pixel data is to be read (PS3.3, C.7.6.3), checked.
 *
 * @param frames how many pictures
 * @param planar whether native frames hold all of one sample before the next; coded frames have an order of their own
 * @param bitsAllocated 1, 8, 16, 32 or 64
 * @param bitsStored at most bitsAllocated
 * @param shift bits below the stored ones, nearly always 0
 * @param format of a stored value
 */
record PixelDescription(
        int rows,
        int columns,
        int frames,
        Photometric photometric,
        boolean planar,
        int bitsAllocated,
        int bitsStored,
        int shift,
        SampleFormat format) {

    static PixelDescription of(DataSet dataSet, DecodeLimits limits) {
        int rows = required(dataSet, Tag.ROWS);
        int columns = required(dataSet, Tag.COLUMNS);
        limits.checkPixels(columns, rows);
        int frames = dataSet.number(Tag.NUMBER_OF_FRAMES).orElse(1);
        if (frames < 1) {
            throw Refusal.damaged(frames + " frames");
        }
        Photometric photometric = Photometric.of(dataSet.text(Tag.PHOTOMETRIC_INTERPRETATION)
                .orElseThrow(() -> missing(Tag.PHOTOMETRIC_INTERPRETATION)));
        int samples = required(dataSet, Tag.SAMPLES_PER_PIXEL);
        if (samples != photometric.samples()) {
            throw Refusal.damaged(samples + " samples per pixel of " + photometric);
        }
        int allocated = required(dataSet, Tag.BITS_ALLOCATED);
        boolean planar = dataSet.integer(Tag.PLANAR_CONFIGURATION).orElse(0) == 1;
        if (dataSet.value(Tag.FLOAT_PIXEL_DATA).isPresent()
                || dataSet.value(Tag.DOUBLE_FLOAT_PIXEL_DATA).isPresent()) {
            boolean single = dataSet.value(Tag.FLOAT_PIXEL_DATA).isPresent();
            SampleFormat format = single ? SampleFormat.FLOAT32 : SampleFormat.FLOAT64;
            if (allocated != 8 * format.bytes()) {
                throw Refusal.damaged("floating point of " + allocated + " bits");
            }
            return new PixelDescription(rows, columns, frames, photometric, planar, allocated, allocated, 0, format);
        }
        if (allocated != 1 && allocated != 8 && allocated != 16 && allocated != 32) {
            throw Refusal.unsupported(allocated + " bits allocated");
        }
        int stored = dataSet.integer(Tag.BITS_STORED).orElse(allocated);
        int shift = dataSet.integer(Tag.HIGH_BIT).orElse(stored - 1) - stored + 1;
        if (stored < 1 || stored > allocated || shift < 0 || shift + stored > allocated) {
            throw Refusal.damaged(stored + " bits stored from bit " + shift + " on of " + allocated);
        }
        boolean signed = dataSet.integer(Tag.PIXEL_REPRESENTATION).orElse(0) == 1;
        SampleFormat format = SampleFormat.integer(Math.max(1, allocated / 8), signed && allocated > 1);
        return new PixelDescription(rows, columns, frames, photometric, planar, allocated, stored, shift, format);
    }

    FrameLayout layout() {
        return new FrameLayout(rows, columns, photometric.samples(), format.bytes());
    }

    private static int required(DataSet dataSet, int tag) {
        return dataSet.integer(tag).orElseThrow(() -> missing(tag));
    }

    private static RuntimeException missing(int tag) {
        return Refusal.damaged(Tag.text(tag) + " is missing");
    }
}
