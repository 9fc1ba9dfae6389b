package org.lesionstream.worker.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lesionstream.worker.testing.Failures.assertFails;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.ImageJob;
import org.lesionstream.schemas.message.ImageSource;
import org.lesionstream.schemas.message.JobExpansion;
import org.lesionstream.worker.decode.ManyImages;
import org.lesionstream.worker.delivery.Delivery;
import org.lesionstream.worker.delivery.ImagePart;
import org.lesionstream.worker.delivery.JobOutcome;
import org.lesionstream.worker.testing.SampleJob;

class ExpansionTest {

    @Test
    void makesTheImagesOfTheSourceTheCase() {
        Delivery delivery = SampleJob.aJob("volume").inCase("c", 1, 1).delivery();

        JobOutcome.Expanded outcome = (JobOutcome.Expanded) Expansion.of(delivery, images(12));

        assertThat(outcome.expansion())
                .isEqualTo(
                        new JobExpansion("volume", "c", delivery.job().checkpoint(), SampleJob.digest("source"), 12));
        assertThat(outcome.parts()).isEqualTo(images(12).parts());
    }

    @Test
    void refusesAnImageOfALargerCase() {
        Delivery delivery = SampleJob.aJob("volume").inCase("c", 1, 2).delivery();

        assertFails(FailureCode.MANY_IMAGES, "/case/images", () -> Expansion.of(delivery, images(2)));
    }

    @Test
    void refusesBytesThatWouldTravelOnceForEachImage() {
        Delivery delivery = SampleJob.aJob("volume").delivery();
        ImageJob job = delivery.job();
        ImageJob inline = new ImageJob(
                job.jobId(),
                job.imagingCase(),
                ImageSource.inline(new byte[] {1}),
                job.checkpoint(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of());

        assertFails(
                FailureCode.MANY_IMAGES,
                "/image",
                () -> Expansion.of(new Delivery(delivery.envelope(), inline, delivery.registration()), images(2)));
    }

    @Test
    void refusesAnIdThatLeavesNoRoomForThoseOfTheChildren() {
        String longest = "a".repeat(126);

        assertThat(Expansion.of(SampleJob.aJob(longest).inCase("c", 1, 1).delivery(), images(9)))
                .isInstanceOf(JobOutcome.Expanded.class);
        assertFails(
                FailureCode.MANY_IMAGES,
                "/jobId",
                () -> Expansion.of(SampleJob.aJob(longest).inCase("c", 1, 1).delivery(), images(10)));
    }

    private static ManyImages images(int count) {
        return new ManyImages(
                IntStream.rangeClosed(1, count)
                        .mapToObj(frame -> new ImagePart(Optional.empty(), OptionalInt.of(frame), Optional.empty()))
                        .toList(),
                SampleJob.digest("source"));
    }
}
