package org.lesionstream.worker.api;

import jakarta.ws.rs.QueryParam;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.lesionstream.worker.persist.FindingFilter;
import org.lesionstream.worker.publish.TopicNames;

/** The parameters by which cases, jobs and lesions are all asked for. */
public class FindingParameters extends OriginParameters {
    private static final int LONGEST_CLASS_NAME = 200;

    @Parameter(description = "Only where something of this class was found: its name, or its label in digits")
    @QueryParam("class")
    Optional<String> className;

    @Parameter(description = "Only with a lesion of at least so many mm² in one image, of the class if one is given")
    @QueryParam("minArea")
    Optional<String> minArea;

    @Parameter(
            description = "Only cases with a lesion of at least so many mm³ in their latest volume, of the class if one"
                    + " is given")
    @QueryParam("minVolume")
    Optional<String> minVolume;

    FindingFilter filter(TopicNames topics) {
        return new FindingFilter(
                topic(topics),
                Parameters.parsed("class", FindingParameters::className, className),
                checkpoint(),
                begin(),
                end(),
                Parameters.parsed("minArea", FindingParameters::size, minArea),
                Parameters.parsed("minVolume", FindingParameters::size, minVolume));
    }

    private static String className(String text) {
        if (text.isBlank() || text.length() > LONGEST_CLASS_NAME || text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("class must have 1 to " + LONGEST_CLASS_NAME + " characters");
        }
        return text;
    }

    private static double size(String text) {
        double size = Double.parseDouble(text);
        if (!(size >= 0) || Double.isInfinite(size)) {
            throw new IllegalArgumentException("a size must be finite and not negative");
        }
        return size;
    }
}
