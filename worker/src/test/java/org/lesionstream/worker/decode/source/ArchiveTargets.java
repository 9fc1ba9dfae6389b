package org.lesionstream.worker.decode.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import org.lesionstream.hostile.Target;
import org.lesionstream.hostile.Targets;
import org.lesionstream.worker.failure.SegmentationException;

/** Answers of an archive as attack surface. */
public final class ArchiveTargets implements Targets {

    private static final String SERIES = """
            [{"00080018": {"vr": "UI", "Value": ["1.2.3"]}, "00100010": {"vr": "PN", "Value": [{"Alphabetic": "MARK^NAME"}]},
              "00200013": {"vr": "IS", "Value": [7]}, "00280008": {"vr": "IS", "Value": ["2"]}, "00280010": {"vr": "US", "Value": [512]},
              "00200032": {"vr": "DS", "Value": [1.5, -2, "3"]}, "00200037": {"vr": "DS", "Value": [1, 0, 0, 0, 1, 0]}},
             {"00080018": {"vr": "UI", "Value": ["1.2.4"]}}]
            """;
    private static final String PARTS =
            "--end\r\nContent-Type: application/dicom\r\n\r\nDICM\r\n--end\r\n\r\n\r\n--end--\r\n";

    @Override
    public List<Target> targets() {
        return List.of(
                new Target(
                        "dicomweb-series",
                        List.of(SERIES.getBytes(ISO_8859_1)),
                        json -> SeriesMetadata.read(json, "a series"),
                        SegmentationException.class),
                new Target(
                        "dicomweb-parts",
                        List.of(PARTS.getBytes(ISO_8859_1)),
                        body -> MultipartBody.firstPart(body, "multipart/related; boundary=end"),
                        SegmentationException.class));
    }
}
