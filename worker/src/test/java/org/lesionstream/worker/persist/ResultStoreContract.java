package org.lesionstream.worker.persist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;
import static org.lesionstream.worker.testing.SampleJob.CHECKPOINT;
import static org.lesionstream.worker.testing.SampleJob.aJob;
import static org.lesionstream.worker.testing.SampleJob.digest;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.message.CaseImage;
import org.lesionstream.schemas.message.CaseResult;
import org.lesionstream.schemas.message.CaseTimeout;
import org.lesionstream.schemas.message.ClassTotals;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.ImageJob;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.schemas.message.MessageType;
import org.lesionstream.schemas.message.SlicePosition;
import org.lesionstream.worker.delivery.Answer;
import org.lesionstream.worker.delivery.JobOutcome;
import org.lesionstream.worker.delivery.JobRegistration;
import org.lesionstream.worker.delivery.OutgoingMessage;
import org.lesionstream.worker.failure.SegmentationException;
import org.lesionstream.worker.testing.SampleJob;

/** What every result store promises. */
abstract class ResultStoreContract {
    private final MessageCodec codec = new MessageCodec();

    /** The store under test, empty at the begin of each test. */
    abstract ResultStore store();

    /** Asks for the replay of a dead letter; whether that was possible. */
    abstract boolean requestReplay(String jobId);

    @Test
    void answersRegistrationsInTheOrderAsked() {
        register(aJob("b"));
        store().save(List.of(aJob("b").segmented(1)));

        List<JobRegistration> registrations = store().register(List.of(
                request(aJob("c"), Optional.of(digest("of c"))),
                request(aJob("b"), Optional.of(digest("of b"))),
                request(aJob("a"), Optional.of(digest("of a")))));

        assertThat(registrations)
                .containsExactly(
                        new JobRegistration(false, Optional.of(digest("of c")), 0),
                        new JobRegistration(true, Optional.empty(), 0),
                        new JobRegistration(false, Optional.of(digest("of a")), 0));
    }

    @Test
    void pinsTheFirstKnownCheckpointOfACaseAlsoWithinOneCall() {
        List<JobRegistration> registrations = store().register(List.of(
                request(aJob("1").inCase("c", 1, 3), Optional.empty()),
                request(aJob("2").inCase("c", 2, 3), Optional.of(digest("first"))),
                request(aJob("3").inCase("c", 3, 3), Optional.of(digest("second")))));

        assertThat(registrations).extracting(JobRegistration::checkpoint).containsOnly(Optional.of(digest("first")));
    }

    @Test
    void keepsThePinnedCheckpointWhenTheAliasMoves() {
        register(aJob("1").inCase("c", 1, 2));

        assertThat(store().register(List.of(
                        request(aJob("2").inCase("c", 2, 2), Optional.of(digest("moved"))),
                        request(aJob("1").inCase("c", 1, 2), Optional.of(digest("moved"))))))
                .extracting(JobRegistration::checkpoint)
                .containsOnly(Optional.of(CHECKPOINT));
    }

    @Test
    void pinsLaterWhatWasUnknownAtFirst() {
        SampleJob job = aJob("1");

        assertThat(store().register(List.of(request(job, Optional.empty())))
                        .get(0)
                        .checkpoint())
                .isEmpty();
        assertThat(store().register(List.of(request(job, Optional.of(digest("now")))))
                        .get(0)
                        .checkpoint())
                .contains(digest("now"));
    }

    @Test
    void keepsTheSameCaseUnderTwoReferencesApart() {
        List<JobRegistration> registrations = store().register(List.of(
                request(aJob("1").inCase("c", 1, 1).by("lesion@7"), Optional.of(digest("seven"))),
                request(aJob("2").inCase("c", 1, 1).by("lesion@8"), Optional.of(digest("eight")))));

        assertThat(registrations)
                .extracting(JobRegistration::checkpoint)
                .containsExactly(Optional.of(digest("seven")), Optional.of(digest("eight")));
        assertThat(caseResults(store().save(List.of(
                        aJob("1").inCase("c", 1, 1).by("lesion@7").segmented(1),
                        aJob("2").inCase("c", 1, 1).by("lesion@8").segmented(2)))))
                .extracting(result -> result.reference().toString(), CaseResult::lesionCount)
                .containsExactly(tuple("lesion@7", 1), tuple("lesion@8", 2));
    }

    @Test
    void answersAnOutcomeWithItsMessageUnderALastingIdentity() {
        SampleJob job = aJob("1").inCase("c", 1, 2);
        register(job);

        JobOutcome.Segmented outcome = job.segmented(2);
        Answer answer = store().save(List.of(outcome)).get(0);

        assertThat(answer.envelope()).isEqualTo(outcome.envelope());
        OutgoingMessage message = answer.messages().get(0);
        assertThat(answer.messages()).hasSize(1);
        assertThat(message.type()).isEqualTo(MessageType.SEGMENTATION_RESULT);
        assertThat(message.id()).isEqualTo("1#0");
        assertThat(message.key()).isEqualTo("c");
        assertThat(codec.readResult(message.value())).isEqualTo(outcome.result());
    }

    @Test
    void answersInTheOrderOfTheOutcomes() {
        SampleJob first = aJob("z").at(1);
        SampleJob second = aJob("a").at(2);
        register(first, second);

        assertThat(store().save(List.of(first.segmented(0), second.segmented(0))))
                .extracting(Answer::envelope)
                .containsExactly(first.envelope(), second.envelope());
    }

    @Test
    void keepsTheFirstOutcomeOfAJobForEver() {
        SampleJob job = aJob("1");
        register(job);
        List<Answer> first = store().save(List.of(job.segmented(1)));

        List<Answer> later = store().save(List.of(job.segmented(9)));
        List<Answer> letter = store().save(List.of(job.deadLettered(FailureCode.INFERENCE_FAILED)));

        assertThat(texts(later)).isEqualTo(texts(first));
        assertThat(texts(letter)).isEqualTo(texts(first));
    }

    @Test
    void keepsTheFirstOfTwoOutcomesInOneList() {
        SampleJob job = aJob("1");
        register(job);

        List<Answer> answers = store().save(List.of(
                job.at(1).deadLettered(FailureCode.IMAGE_DAMAGED), job.at(2).segmented(1)));

        assertThat(answers).hasSize(2);
        assertThat(texts(answers.subList(1, 2))).isEqualTo(texts(answers.subList(0, 1)));
        assertThat(answers.get(1).messages().get(0).type()).isEqualTo(MessageType.DEAD_LETTER);
        assertThat(answers.get(1).envelope().position().offset()).isEqualTo(2);
    }

    @Test
    void repeatsTheStoredAnswerOfAJobThatWasDoneBefore() {
        SampleJob job = aJob("1");
        register(job);
        List<Answer> first = store().save(List.of(job.at(1).segmented(1)));

        List<Answer> repeated = store().save(List.of(job.at(2).repeated()));

        assertThat(repeated.get(0).envelope().position().offset()).isEqualTo(2);
        assertThat(texts(repeated)).isEqualTo(texts(first)).hasSize(2);
    }

    @Test
    void closesACaseWithItsLastImageAndSumsItUp() {
        SampleJob first = aJob("1").inCase("c", 1, 3);
        SampleJob second = aJob("2").inCase("c", 2, 3);
        SampleJob third = aJob("3").inCase("c", 3, 3);
        register(first, second, third);

        assertThat(caseResults(store().save(List.of(third.segmented(2), first.segmented(0)))))
                .isEmpty();
        List<Answer> closing = store().save(List.of(second.segmented(3)));

        assertThat(closing.get(0).messages())
                .extracting(OutgoingMessage::id)
                .containsExactly("2#0", "c/lesion@production#1");
        assertThat(caseResults(closing))
                .containsExactly(new CaseResult(
                        "c",
                        first.job().checkpoint(),
                        Optional.of(first.segmented(0).result().checkpoint()),
                        1,
                        3,
                        List.of(),
                        true,
                        List.of(new ClassTotals(
                                1,
                                "lesion",
                                5,
                                20,
                                Optional.of(5.0),
                                20.0 / (3 * SampleJob.WIDTH * SampleJob.HEIGHT),
                                second.segmented(3).result().totals().get(0).extent())),
                        5,
                        "2",
                        List.of(),
                        false,
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void givesNoSquareMillimetresUnlessAllImagesHaveThem() {
        SampleJob first = aJob("1").inCase("c", 1, 2);
        SampleJob second = aJob("2").inCase("c", 2, 2).withoutSpacing();
        register(first, second);

        CaseResult result = caseResults(store().save(List.of(first.segmented(1), second.segmented(1))))
                .get(0);

        assertThat(result.totals())
                .extracting(ClassTotals::areaSquareMillimetres)
                .containsExactly(Optional.empty());
        assertThat(result.totals()).extracting(ClassTotals::areaPixels).containsExactly(8L);
    }

    @Test
    void repeatsTheCaseResultForTheClosingJobAlone() {
        SampleJob first = aJob("1").inCase("c", 1, 2);
        SampleJob last = aJob("2").inCase("c", 2, 2);
        register(first, last);
        List<Answer> answers = store().save(List.of(first.segmented(1), last.segmented(1)));

        List<Answer> again = store().save(List.of(first.repeated(), last.repeated()));

        assertThat(texts(again)).isEqualTo(texts(answers));
        assertThat(again).extracting(answer -> answer.messages().size()).containsExactly(1, 2);
    }

    @Test
    void countsAnImageOnceThoughTwoJobsAskForIt() {
        SampleJob first = aJob("1").inCase("c", 1, 2);
        SampleJob twin = aJob("twin").inCase("c", 1, 2);
        SampleJob last = aJob("2").inCase("c", 2, 2);
        register(first, twin, last);

        assertThat(caseResults(store().save(List.of(first.segmented(1), twin.segmented(7)))))
                .isEmpty();
        CaseResult result =
                caseResults(store().save(List.of(last.segmented(1)))).get(0);

        assertThat(result.lesionCount()).isEqualTo(2);
        assertThat(result.missing()).isEmpty();
        assertThat(caseResults(store().save(List.of(aJob("3").inCase("c", 2, 2).segmented(5)))))
                .as("a further mask of a known image changes nothing")
                .isEmpty();
    }

    @Test
    void countsADeadLetterAndListsItsImageAsMissing() {
        SampleJob good = aJob("1").inCase("c", 1, 2);
        SampleJob bad = aJob("2").inCase("c", 2, 2);
        register(good, bad);

        List<Answer> answers = store().save(List.of(good.segmented(1), bad.deadLettered(FailureCode.IMAGE_DAMAGED)));

        OutgoingMessage letter = answers.get(1).messages().get(0);
        assertThat(letter.type()).isEqualTo(MessageType.DEAD_LETTER);
        assertThat(letter.id()).isEqualTo("2#0");
        assertThat(letter.key()).isEqualTo("c");
        CaseResult result = caseResults(answers).get(0);
        assertThat(result.missing()).containsExactly(2);
        assertThat(result.complete()).isFalse();
        assertThat(result.closingJobId()).isEqualTo("2");
    }

    @Test
    void makesAnotherRevisionWhenALateMaskMendsADeadLetter() {
        SampleJob good = aJob("1").inCase("c", 1, 2);
        SampleJob bad = aJob("2").inCase("c", 2, 2);
        SampleJob mended = aJob("2-again").inCase("c", 2, 2);
        register(good, bad, mended);
        List<Answer> first = store().save(List.of(good.segmented(1), bad.deadLettered(FailureCode.SOURCE_NOT_FOUND)));

        List<Answer> late = store().save(List.of(mended.segmented(4)));

        assertThat(late.get(0).messages()).extracting(OutgoingMessage::id).contains("c/lesion@production#2");
        CaseResult result = caseResults(late).get(0);
        assertThat(result.revision()).isEqualTo(2);
        assertThat(result.missing()).isEmpty();
        assertThat(result.lesionCount()).isEqualTo(5);
        assertThat(texts(store().save(List.of(good.repeated(), bad.repeated()))))
                .as("the job that closed revision 1 repeats revision 1")
                .isEqualTo(texts(first));
    }

    @Test
    void closesACaseWhoseTimeIsUpWithWhatItHas() {
        SampleJob good = aJob("1").inCase("c", 1, 3);
        SampleJob bad = aJob("2").inCase("c", 2, 3);
        register(good, bad);
        store().save(List.of(good.segmented(2), bad.deadLettered(FailureCode.IMAGE_DAMAGED)));
        CaseTimeout timeout = new CaseTimeout("c", good.job().checkpoint(), 1);

        List<Answer> answers = store().save(List.of(timedOut(timeout, 7)));

        assertThat(answers.get(0).envelope().position().offset()).isEqualTo(7);
        CaseResult result = caseResults(answers).get(0);
        assertThat(result.closedByTime()).isTrue();
        assertThat(result.complete()).isFalse();
        assertThat(result.missing()).containsExactly(2, 3);
        assertThat(result.deadLetters()).containsExactly(2);
        assertThat(result.lesionCount()).isEqualTo(2);
        assertThat(result.closingJobId()).isEqualTo(timeout.id());
        assertThat(texts(store().save(List.of(timedOut(timeout, 8)))))
                .as("the same control record again is answered the same")
                .isEqualTo(texts(answers))
                .hasSize(1);
    }

    @Test
    void makesAnotherRevisionOfACaseThatWasClosedByTimeWhenItsLastImageComes() {
        SampleJob first = aJob("1").inCase("c", 1, 2);
        SampleJob late = aJob("2").inCase("c", 2, 2);
        register(first, late);
        store().save(List.of(first.segmented(1)));
        CaseTimeout timeout = new CaseTimeout("c", first.job().checkpoint(), 1);
        store().save(List.of(timedOut(timeout, 7)));

        List<Answer> answers = store().save(List.of(late.segmented(4)));

        assertThat(caseResults(answers))
                .extracting(CaseResult::revision, CaseResult::complete, CaseResult::closedByTime)
                .containsExactly(tuple(2, true, false));
        assertThat(caseResults(store().save(List.of(timedOut(timeout, 9)))))
                .as("the control record repeats its own revision")
                .extracting(CaseResult::revision)
                .containsExactly(1);
    }

    @Test
    void leavesACaseAloneThatWasCompletedBeforeItsTimeWasUp() {
        SampleJob only = aJob("1").inCase("c", 1, 1);
        register(only);
        CaseTimeout timeout = new CaseTimeout("c", only.job().checkpoint(), 1);
        CaseTimeout stranger = new CaseTimeout("nobody", only.job().checkpoint(), 1);

        List<Answer> answers = store().save(List.of(timedOut(timeout, 7), only.segmented(1), timedOut(stranger, 8)));

        assertThat(caseResults(answers))
                .extracting(CaseResult::closingJobId, CaseResult::closedByTime)
                .containsExactly(tuple("1", false));
        assertThat(answers).extracting(answer -> answer.messages().size()).containsExactly(0, 2, 0);
    }

    private static JobOutcome.TimedOut timedOut(CaseTimeout timeout, long offset) {
        return new JobOutcome.TimedOut(aJob("control").at(offset).envelope(), timeout);
    }

    @Test
    void waitsAgainWhenACaseTurnsOutToHaveMoreImages() {
        SampleJob only = aJob("1").inCase("c", 1, 1);
        register(only);
        store().save(List.of(only.segmented(1)));
        SampleJob second = aJob("2").inCase("c", 2, 3);
        SampleJob third = aJob("3").inCase("c", 3, 3);
        register(second, third);

        assertThat(caseResults(store().save(List.of(second.segmented(1))))).isEmpty();
        assertThat(caseResults(store().save(List.of(third.segmented(1)))))
                .extracting(CaseResult::revision, CaseResult::images)
                .containsExactly(tuple(2, 3));
    }

    @Test
    void closesSeveralCasesInOneList() {
        SampleJob a = aJob("a");
        SampleJob b = aJob("b");
        register(a, b);

        assertThat(caseResults(store().save(List.of(b.segmented(1), a.segmented(2)))))
                .extracting(CaseResult::caseId)
                .containsExactly("case-of-b", "case-of-a");
    }

    @Test
    void closesACaseOfWhichNoImageHasAMaskWithoutNamingACheckpoint() {
        SampleJob bad = aJob("1");
        register(bad);

        CaseResult result = caseResults(store().save(List.of(bad.deadLettered(FailureCode.CHECKPOINT_UNKNOWN))))
                .get(0);

        assertThat(result.checkpoint()).isEmpty();
        assertThat(result.missing()).containsExactly(1);
        assertThat(result.complete()).isFalse();
        assertThat(result.totals()).isEmpty();
    }

    @Test
    void keepsAMessageThatCouldNotBeReadUnderItsPosition() {
        JobOutcome.DeadLettered unreadable = aJob("unknown").at(42).unreadable();

        List<Answer> first = store().save(List.of(unreadable));
        List<Answer> again = store().save(List.of(unreadable));

        OutgoingMessage message = first.get(0).messages().get(0);
        assertThat(message.id()).isEqualTo("unreadable:image-jobs:0:42#0");
        assertThat(message.key()).isEqualTo("unreadable:image-jobs:0:42");
        assertThat(texts(again)).isEqualTo(texts(first));
    }

    @Test
    void keepsAnOutcomeAlsoWhereItsCaseIsUnknown() {
        List<Answer> answers = store().save(List.of(
                aJob("1").inCase("dropped", 1, 2).segmented(1),
                aJob("2").inCase("dropped", 2, 2).segmented(1)));

        assertThat(caseResults(answers)).extracting(CaseResult::caseId).containsExactly("dropped");
    }

    @Test
    void registersADeadLetterWhoseReplayWasAskedForAsNotDone() {
        SampleJob job = aJob("1");
        register(job);
        store().save(List.of(job.deadLettered(FailureCode.SOURCE_NOT_FOUND)));
        assertThat(registration(job)).isEqualTo(new JobRegistration(true, Optional.empty(), 0));

        assertThat(requestReplay("1")).isTrue();

        assertThat(registration(job)).isEqualTo(new JobRegistration(false, Optional.of(CHECKPOINT), 1));
        assertThat(requestReplay("1")).as("it is under way").isFalse();
    }

    @Test
    void putsTheOutcomeOfAReplayInThePlaceOfTheDeadLetter() {
        SampleJob good = aJob("1").inCase("c", 1, 2);
        SampleJob bad = aJob("2").inCase("c", 2, 2);
        register(good, bad);
        store().save(List.of(good.segmented(1), bad.deadLettered(FailureCode.SOURCE_NOT_FOUND)));
        requestReplay("2");

        List<Answer> mended = store().save(List.of(bad.replayed(1).segmented(4)));

        assertThat(mended.get(0).messages())
                .extracting(OutgoingMessage::id)
                .containsExactly("2#1", "c/lesion@production#2");
        assertThat(caseResults(mended))
                .extracting(CaseResult::complete, CaseResult::lesionCount, CaseResult::missing)
                .containsExactly(tuple(true, 5, List.of()));
        assertThat(registration(bad)).isEqualTo(new JobRegistration(true, Optional.empty(), 1));
        assertThat(texts(store().save(List.of(bad.repeated()))))
                .as("an old message that is delivered again gets the new answer")
                .isEqualTo(texts(mended));
    }

    @Test
    void publishesTheImagesOfASourceAsJobsOfTheirOwnWheneverItIsAsked() {
        SampleJob volume = aJob("volume").inCase("c", 1, 1);
        register(volume);

        List<Answer> answers = store().save(List.of(volume.expanded(3)));

        List<OutgoingMessage> messages = answers.get(0).messages();
        assertThat(messages)
                .extracting(OutgoingMessage::type, OutgoingMessage::id, OutgoingMessage::key)
                .containsExactly(
                        tuple(MessageType.JOB_EXPANSION, "volume#0", "c"),
                        tuple(MessageType.IMAGE_JOB, "volume.1", "c"),
                        tuple(MessageType.IMAGE_JOB, "volume.2", "c"),
                        tuple(MessageType.IMAGE_JOB, "volume.3", "c"));
        assertThat(codec.readJobExpansion(messages.get(0).value()))
                .isEqualTo(volume.expanded(3).expansion());
        ImageJob second = codec.readJob(messages.get(2).value());
        assertThat(second.imagingCase()).isEqualTo(new CaseImage("c", 2, 3));
        assertThat(second.image().uri()).isEqualTo(volume.job().image().uri());
        assertThat(second.image().frame()).hasValue(2);
        assertThat(second.slice()).contains(new SlicePosition(4, 2));
        assertThat(second.checkpoint()).isEqualTo(volume.job().checkpoint());
        assertThat(texts(store().save(List.of(volume.repeated())))).isEqualTo(texts(answers));
        assertThat(registration(volume).done()).isTrue();
    }

    @Test
    void closesACaseThatWasOneSourceWithTheLastOfItsImages() {
        SampleJob volume = aJob("volume").inCase("c", 1, 1);
        SampleJob first = aJob("volume.1").inCase("c", 1, 2);
        SampleJob second = aJob("volume.2").inCase("c", 2, 2);
        register(volume);
        assertThat(caseResults(store().save(List.of(volume.expanded(2))))).isEmpty();
        register(first, second);

        assertThat(caseResults(store().save(List.of(first.segmented(1))))).isEmpty();
        assertThat(caseResults(store().save(List.of(second.segmented(2)))))
                .extracting(CaseResult::revision, CaseResult::images, CaseResult::lesionCount, CaseResult::complete)
                .containsExactly(tuple(1, 2, 3, true));
    }

    @Test
    void opensTheCaseAgainWhenTheReplayOfADeadLetterTurnsOutToHoldManyImages() {
        SampleJob volume = aJob("volume").inCase("c", 1, 1);
        register(volume);
        assertThat(caseResults(store().save(List.of(volume.deadLettered(FailureCode.SOURCE_NOT_FOUND)))))
                .extracting(CaseResult::revision, CaseResult::images, CaseResult::missing)
                .containsExactly(tuple(1, 1, List.of(1)));
        requestReplay("volume");

        List<Answer> mended = store().save(List.of(volume.replayed(1).expanded(2)));

        assertThat(mended.get(0).messages())
                .extracting(OutgoingMessage::id)
                .startsWith("volume#1", "volume.1", "volume.2");
        SampleJob first = aJob("volume.1").inCase("c", 1, 2);
        SampleJob second = aJob("volume.2").inCase("c", 2, 2);
        register(first, second);
        assertThat(caseResults(store().save(List.of(second.segmented(1)))))
                .as("its first image is open again")
                .isEmpty();
        assertThat(caseResults(store().save(List.of(first.segmented(1)))))
                .extracting(CaseResult::revision, CaseResult::images, CaseResult::missing)
                .containsExactly(tuple(2, 2, List.of()));
    }

    @Test
    void neverReplacesAMask() {
        SampleJob job = aJob("1");
        register(job);
        List<Answer> first = store().save(List.of(job.segmented(1)));

        assertThat(requestReplay("1")).isFalse();

        assertThat(texts(store().save(List.of(job.replayed(1).segmented(9))))).isEqualTo(texts(first));
    }

    @Test
    void leavesTheDeadLetterToAnOutcomeFromBeforeItsReplay() {
        SampleJob job = aJob("1");
        register(job);
        List<Answer> letter = store().save(List.of(job.deadLettered(FailureCode.SOURCE_UNREADABLE)));
        requestReplay("1");

        assertThat(texts(store().save(List.of(job.segmented(1))))).isEqualTo(texts(letter));
        assertThat(registration(job).done()).as("the replay is still due").isFalse();
    }

    @Test
    void takesTheReplayAndNotTheLeftoverOfOneList() {
        SampleJob job = aJob("1");
        register(job);
        store().save(List.of(job.deadLettered(FailureCode.SOURCE_UNREADABLE)));
        requestReplay("1");

        List<Answer> answers = store().save(List.of(
                job.at(1).deadLettered(FailureCode.SOURCE_UNREADABLE),
                job.at(2).replayed(1).segmented(2)));

        assertThat(answers).extracting(answer -> answer.messages().get(0).id()).containsExactly("1#1", "1#1");
        assertThat(answers.get(0).messages().get(0).type()).isEqualTo(MessageType.SEGMENTATION_RESULT);
    }

    @Test
    void keepsTheCaseAsItIsWhenAReplayFailsAgain() {
        SampleJob good = aJob("1").inCase("c", 1, 2);
        SampleJob bad = aJob("2").inCase("c", 2, 2);
        register(good, bad);
        store().save(List.of(good.segmented(1)));
        List<Answer> first = store().save(List.of(bad.deadLettered(FailureCode.SOURCE_NOT_FOUND)));
        requestReplay("2");

        List<Answer> again = store().save(List.of(bad.replayed(1).deadLettered(FailureCode.IMAGE_DAMAGED)));

        assertThat(again.get(0).messages().get(0).id()).isEqualTo("2#1");
        assertThat(codec.readDeadLetter(again.get(0).messages().get(0).value()).code())
                .isEqualTo(FailureCode.IMAGE_DAMAGED);
        assertThat(caseResults(again))
                .as("the result that the first letter closed, in case it was not published then")
                .isEqualTo(caseResults(first))
                .extracting(CaseResult::revision)
                .containsExactly(1);
        assertThat(requestReplay("2")).isTrue();
        assertThat(registration(bad).replay()).isEqualTo(2);
        assertThat(caseResults(store().save(List.of(bad.replayed(2).segmented(1)))))
                .extracting(CaseResult::revision, CaseResult::missing)
                .containsExactly(tuple(2, List.of()));
    }

    @Test
    void countsAReplayOfAnImageThatAnotherJobHasMendedForNothing() {
        SampleJob bad = aJob("1").inCase("c", 1, 1);
        SampleJob other = aJob("other").inCase("c", 1, 1);
        register(bad, other);
        store().save(List.of(bad.deadLettered(FailureCode.SOURCE_NOT_FOUND)));
        store().save(List.of(other.segmented(3)));
        requestReplay("1");

        List<Answer> late = store().save(List.of(bad.replayed(1).segmented(7)));

        assertThat(late.get(0).messages().get(0).id()).isEqualTo("1#1");
        assertThat(caseResults(late)).extracting(CaseResult::revision).containsExactly(1);
        assertThat(caseResults(store().save(List.of(other.repeated()))))
                .extracting(CaseResult::revision, CaseResult::lesionCount)
                .containsExactly(tuple(2, 3));
    }

    @Test
    void takesNoJobOfAnotherCaseForTheReplay() {
        SampleJob job = aJob("1").inCase("c", 1, 1);
        register(job);
        List<Answer> letter = store().save(List.of(job.deadLettered(FailureCode.SOURCE_NOT_FOUND)));
        requestReplay("1");
        SampleJob stranger = aJob("1").inCase("another", 1, 1);

        assertThat(registration(stranger).done()).isTrue();
        assertThat(store().save(List.of(stranger.replayed(1).segmented(1)))
                        .get(0)
                        .messages()
                        .get(0)
                        .id())
                .isEqualTo(letter.get(0).messages().get(0).id());
        assertThat(registration(job).done()).isFalse();
    }

    @Test
    void doesNotReplaceTheLetterOfAMessageThatCouldNotBeRead() {
        JobOutcome.DeadLettered unreadable = aJob("unknown").at(42).unreadable();
        List<Answer> first = store().save(List.of(unreadable));

        assertThat(requestReplay(unreadable.jobId())).isTrue();

        assertThat(texts(store().save(List.of(unreadable)))).isEqualTo(texts(first));
    }

    private JobRegistration registration(SampleJob job) {
        return store().register(List.of(request(job, Optional.of(CHECKPOINT)))).get(0);
    }

    @Test
    void cannotRepeatWhatItDoesNotHave() {
        assertThatThrownBy(() -> store().save(List.of(aJob("stranger").repeated())))
                .isInstanceOfSatisfying(SegmentationException.class, failure -> assertThat(failure.code())
                        .isEqualTo(FailureCode.INTERNAL_ERROR));
    }

    @Test
    void hasNothingToSayToNothing() {
        assertThat(store().register(List.of())).isEmpty();
        assertThat(store().save(List.of())).isEmpty();
    }

    final void register(SampleJob... jobs) {
        store().register(Stream.of(jobs)
                .map(job -> request(job, Optional.of(CHECKPOINT)))
                .toList());
    }

    static RegistrationRequest request(SampleJob job, Optional<Digest> digest) {
        return new RegistrationRequest(job.job(), digest);
    }

    final List<CaseResult> caseResults(List<Answer> answers) {
        return answers.stream()
                .flatMap(answer -> answer.messages().stream())
                .filter(message -> message.type() == MessageType.CASE_RESULT)
                .map(message -> codec.readCaseResult(message.value()))
                .toList();
    }

    /** All that a reader of the topics would see, in order. */
    static List<String> texts(List<Answer> answers) {
        return answers.stream()
                .flatMap(answer -> answer.messages().stream())
                .map(message -> message.type() + " " + message.id() + " " + message.key() + " "
                        + new String(message.value(), UTF_8))
                .toList();
    }
}
