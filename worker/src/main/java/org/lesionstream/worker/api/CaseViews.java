package org.lesionstream.worker.api;

import com.fasterxml.jackson.databind.util.RawValue;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.lesionstream.schemas.lesion.VolumeLesion;
import org.lesionstream.schemas.message.CaseResult;
import org.lesionstream.worker.persist.CaseCursor;
import org.lesionstream.worker.persist.CaseDetails;
import org.lesionstream.worker.persist.CaseOverview;

/** How cases look in JSON. */
final class CaseViews {
    private CaseViews() {}

    /** A page of the list. */
    @Schema(description = "A page of cases, the newest first")
    record Page(
            List<CaseOverview> cases,

            @Schema(description = "Value of the parameter after for the next page; null on the last page")
            Optional<String> next) {

        /**
         * @param found one case more than the page shall hold, if there are more
         */
        static Page of(List<CaseOverview> found, int size) {
            if (found.size() <= size) {
                return new Page(found, Optional.empty());
            }
            List<CaseOverview> page = found.subList(0, size);
            CaseCursor last = page.get(size - 1).cursor();
            return new Page(page, Optional.of(last.toString()));
        }
    }

    /** A case id with all that is known under it. */
    @Schema(description = "A case under every checkpoint reference it was asked for, the newest first")
    record Everything(String caseId, List<Details> references) {}

    /** A case under one reference. */
    @Schema(description = "A case under one checkpoint reference")
    record Details(
            CaseOverview overview,

            @Schema(
                    description = "The latest case result, as published; null while there is none",
                    implementation = CaseResult.class)
            Optional<RawValue> result,

            List<CaseDetails.CaseJob> jobs,

            @Schema(
                    description =
                            "All lesions of the volume in that result, also those beyond the 256 of the message; empty where"
                                    + " the images are no slices")
            List<VolumeLesion> volumeLesions) {

        static Details of(CaseDetails details) {
            return new Details(
                    details.overview(), details.result().map(RawValue::new), details.jobs(), details.volumeLesions());
        }
    }
}
