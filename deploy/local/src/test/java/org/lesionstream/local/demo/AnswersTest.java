package org.lesionstream.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lesionstream.local.traffic.JobLane;
import org.lesionstream.schemas.message.FailureCode;

class AnswersTest {

    private static final Picture PICTURE = new Picture("p", Path.of("/p.png"), Path.of("/m.png"));

    private final PlannedJob good = new PlannedJob("j-1", "c-1", 1, 1, JobLane.URGENT, JobKind.FILE, PICTURE);
    private final PlannedJob truncated =
            new PlannedJob("j-2", "c-2", 1, 1, JobLane.BACKFILL, JobKind.TRUNCATED, PICTURE);
    private final PlannedJob invalid =
            new PlannedJob("j-3", "c-3", 1, 1, JobLane.URGENT, JobKind.INVALID_JSON, PICTURE);
    private final Answers answers = new Answers(Examples.submission(List.of(good, truncated, invalid)));

    @Test
    void areAsExpectedWhenGoodJobsGetMasksAndBadOnesTheirCodes() {
        answers.take(Examples.result(good, 2), 3_000);
        answers.take(Examples.deadLetter(truncated, FailureCode.IMAGE_DAMAGED), 2_000);
        answers.take(Examples.deadLetter(invalid, FailureCode.INVALID_JSON), 2_000);
        answers.take(Examples.caseResult(good, 2));
        assertThat(answers.tally().complete()).isFalse();
        answers.take(Examples.caseResultWithoutMask(truncated));

        assertThat(answers.tally().complete()).isTrue();
        assertThat(answers.surprises()).isEmpty();
        assertThat(answers.imagesPerSecond()).isEqualTo(0.5);
    }

    @Test
    void nameAGoodPictureThatWasRefused() {
        answers.take(Examples.deadLetter(good, FailureCode.SOURCE_NOT_ALLOWED), 2_000);

        assertThat(answers.surprises()).singleElement().asString().contains("j-1", "SOURCE_NOT_ALLOWED");
    }

    @Test
    void nameABadPictureThatGotAMaskOrAnotherCode() {
        answers.take(Examples.result(truncated, 0), 2_000);
        answers.take(Examples.deadLetter(invalid, FailureCode.SCHEMA_VIOLATION), 2_000);

        assertThat(answers.surprises())
                .hasSize(2)
                .anyMatch(surprise -> surprise.contains("truncated PNG got a mask"))
                .anyMatch(surprise -> surprise.contains("SCHEMA_VIOLATION instead of INVALID_JSON"));
    }

    @Test
    void nameACaseThatDoesNotAddUp() {
        answers.take(Examples.result(good, 2), 2_000);
        answers.take(Examples.caseResult(good, 3));

        assertThat(answers.surprises()).singleElement().asString().contains("c-1", "3 lesions");
    }
}
