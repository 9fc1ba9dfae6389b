package org.lesionstream.worker.api;

import jakarta.ws.rs.QueryParam;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.FailureType;
import org.lesionstream.worker.persist.DeadLetterFilter;
import org.lesionstream.worker.publish.TopicNames;

/** The parameters by which dead letters are asked for and replayed. */
public class DeadLetterParameters extends OriginParameters {
    @Parameter(description = "Only with this code, such as SOURCE_NOT_FOUND; may be repeated")
    @QueryParam("code")
    List<String> codes;

    @Parameter(description = "Only with codes of this type: input, transient, internal or expired")
    @QueryParam("type")
    Optional<String> type;

    @Parameter(description = "Only of this case")
    @QueryParam("case")
    Optional<String> caseId;

    DeadLetterFilter filter(List<String> ids, TopicNames topics) {
        Set<FailureCode> wanted = new HashSet<>();
        codes.forEach(text -> Parameters.parsed("code", FailureCode::valueOf, Optional.of(text))
                .ifPresent(wanted::add));
        return new DeadLetterFilter(
                ids,
                wanted,
                type.map(word -> Parameters.word("type", FailureType.class, word)),
                begin(),
                end(),
                checkpoint(),
                caseId.map(id -> Parameters.id("case", id)),
                topic(topics));
    }
}
