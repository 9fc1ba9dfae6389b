package org.lesionstream.worker.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.lesionstream.worker.testing.Failures.assertFails;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.SlicePosition;
import org.lesionstream.worker.decode.dicom.DicomFiles;

class SourceLayoutTest {

    private final DecoderCatalog decoders = DecoderCatalog.standard(new DecodeLimits(1 << 20, 200, 4));

    @Test
    void countsFramesAndPages() {
        assertThat(layout(DicomFiles.slices(2))).isEqualTo(SourceLayout.of(1));
        assertThat(layout(DicomFiles.slices(1, 2, 3))).isEqualTo(SourceLayout.of(3));
        assertThat(layout(Pictures.grey(3, 2, 1))).isEqualTo(SourceLayout.of(1));
        assertThat(layout(Pictures.pages(3, 2, 4))).isEqualTo(SourceLayout.of(4));
    }

    @Test
    void tellsWhereTheFramesOfAStackLieInTheirOrderInTheFile() {
        assertThat(layout(DicomFiles.stack(5, -2.5, 0, 2.5)).slices()).containsExactly(at(5), at(-2.5), at(0), at(2.5));
    }

    @Test
    void knowsNoPlacesOfFramesThatAreNoEvenStack() {
        assertThat(layout(DicomFiles.stack(1, 2, 9))).isEqualTo(SourceLayout.of(3));
        assertThat(layout(DicomFiles.stack(1, 2, 1, 2))).isEqualTo(SourceLayout.of(4)); // two volumes
        assertThat(layout(DicomFiles.stack(3))).isEqualTo(SourceLayout.of(1));
    }

    @Test
    void refusesWhatIsDamagedOrInNoKnownFormat() {
        byte[] pages = Pictures.pages(3, 2, 4);
        assertFails(FailureCode.IMAGE_DAMAGED, "/image", () -> layout(Arrays.copyOf(pages, 100)));
        assertFails(FailureCode.UNSUPPORTED_FORMAT, "/image", () -> layout(new byte[200]));
        assertFails(FailureCode.NO_PIXELS, "/image", () -> layout(DicomFiles.report()));
    }

    @Test
    void isOfOneSliceAFrameOrOfNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> SourceLayout.of(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new SourceLayout(2, List.of(at(1))));
    }

    private SourceLayout layout(byte[] bytes) {
        return decoders.layout(bytes, "/image");
    }

    private static SlicePosition at(double position) {
        return new SlicePosition(position, 2.5);
    }
}
