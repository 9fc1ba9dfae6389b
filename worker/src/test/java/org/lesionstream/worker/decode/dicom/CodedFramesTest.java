package org.lesionstream.worker.decode.dicom;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.ImageRefusedException;
import org.lesionstream.schemas.image.ImageRefusedException.Reason;
import org.lesionstream.worker.decode.dicom.codec.FrameLayout;
import org.lesionstream.worker.decode.dicom.codec.PixelCodec;

/** What a frame is said to be when its codec fails. */
class CodedFramesTest {

    @Test
    void aFrameOverWhichItsCodecFailsIsDamaged() {
        FrameSource frames = frames(new IllegalStateException("Doe^Jane"));

        assertThatExceptionOfType(ImageRefusedException.class)
                .isThrownBy(() -> frames.frame(0))
                .withMessageNotContaining("Doe")
                .extracting(ImageRefusedException::reason)
                .isEqualTo(Reason.TRUNCATED_OR_DAMAGED);
    }

    @Test
    void aCodecThatCannotWorkSaysNothingAboutTheFrame() {
        UncheckedIOException noProcess = new UncheckedIOException(new IOException("no more processes"));
        FrameSource frames = frames(noProcess);

        assertThatThrownBy(() -> frames.frame(0)).isSameAs(noProcess);
    }

    private static FrameSource frames(RuntimeException failure) {
        byte[] file = Objects.grey("1.2.840.10008.1.2.4.80", 1, 1, 8, 8, false)
                .fragments(new int[0], List.of(new byte[2]))
                .file();
        DataSet dataSet = DicomFile.read(file, DecodeLimits.DEFAULT).dataSet();
        PixelCodec codec = new PixelCodec() {
            @Override
            public boolean decodes(String transferSyntax) {
                return true;
            }

            @Override
            public byte[] decode(byte[] coded, FrameLayout layout, DecodeLimits limits) {
                throw failure;
            }
        };
        return new CodedFrames(
                PixelDescription.of(dataSet, DecodeLimits.DEFAULT), dataSet, codec, DecodeLimits.DEFAULT);
    }
}
