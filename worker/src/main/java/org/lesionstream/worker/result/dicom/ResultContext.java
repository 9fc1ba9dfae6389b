package org.lesionstream.worker.result.dicom;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** What both objects of a result rest on, worked out once. */
record ResultContext(
        CaseSegmentation work,
        Stack stack,
        SegmentFrames frames,
        ResultUids uids,
        List<ReportedLesion> lesions,
        LocalDateTime created) {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss", Locale.ROOT);

    static ResultContext of(CaseSegmentation work, LocalDateTime created) {
        ResultUids uids = new ResultUids(
                work.workId(),
                work.images().stream().map(SegmentedImage::reference).toList(),
                work.checkpoint().digest());
        Stack stack = Stack.of(work.images());
        SegmentFrames frames = SegmentFrames.of(work, stack);
        return new ResultContext(work, stack, frames, uids, ReportedLesion.of(work, frames, uids), created);
    }

    /** The source whose patient and study are copied. */
    SourceInstance source() {
        return work.images().get(0).instance();
    }

    String date() {
        return DATE.format(created);
    }

    String time() {
        return TIME.format(created);
    }

    /** Without anything of the sources. */
    @Override
    public String toString() {
        return "ResultContext[" + work.workId() + "]";
    }
}
