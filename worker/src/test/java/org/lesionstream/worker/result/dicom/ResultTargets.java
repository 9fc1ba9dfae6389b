package org.lesionstream.worker.result.dicom;

import java.util.List;
import org.lesionstream.hostile.Target;
import org.lesionstream.hostile.Targets;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.ImageRefusedException;
import org.lesionstream.schemas.image.LabelMask;

/** Pictures whose patient and study are copied into results, as attack surface. */
public final class ResultTargets implements Targets {

    private static final DecodeLimits LIMITS = new DecodeLimits(1 << 20, 1 << 18, 16);

    @Override
    public List<Target> targets() {
        return List.of(new Target(
                "dicom-results",
                List.of(
                        SourceBuilder.ct(1, 4, 5, new double[] {1, 2, 3}, Cases.AXIAL)
                                .file(),
                        SourceBuilder.enhanced(4, 5, 3).file("1.2.840.10008.1.2")),
                ResultTargets::use,
                ImageRefusedException.class));
    }

    /** What was read can be written about, and that be read. */
    private static void use(byte[] bytes) {
        SourceInstance source = SourceInstance.read(bytes, LIMITS);
        byte[] labels = new byte[source.rows() * source.columns()];
        labels[0] = 1;
        LabelMask mask = new LabelMask(source.rows(), source.columns(), labels);
        int last = source.frames() - 1;
        SegmentedImage image = Cases.image(1, source, last, mask, Cases.spacing(source, last));
        DicomResult result = DicomResults.of(Cases.of(List.of(image), 1), Cases.CREATED);
        if (WrittenSegmentation.of(result).frames().size() != 1) {
            throw new IllegalStateException("one mask must be one frame");
        }
    }
}
