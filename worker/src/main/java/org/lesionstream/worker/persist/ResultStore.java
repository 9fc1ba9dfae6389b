package org.lesionstream.worker.persist;

import java.util.List;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.delivery.Answer;
import org.lesionstream.worker.delivery.JobOutcome;
import org.lesionstream.worker.delivery.JobRegistration;
import org.lesionstream.worker.failure.SegmentationException;

/**
 * Registers jobs and keeps exactly one outcome of each.
 *
 * <ul>
 *   <li>The first outcome of a job wins, whoever saves it. Every other one of the same job, in the same call, later or in
 *       another worker, changes nothing and is answered with the stored message.
 *   <li>A dead letter whose replay was asked for is not done: its job is registered under the number of the replay, and the first
 *       outcome with that number takes the dead letter's place. A mask never gives way.
 *   <li>Both calls may be repeated after any failure: all or nothing of a call is kept, and what is kept is found again.
 *   <li>A case ends in one result per revision, made by the outcome that completes it. Several workers may do the images of
 *       one case at the same time.
 *   <li>Thread-safe.
 *   <li>Both throw {@link SegmentationException} with {@link FailureCode#DATABASE_UNAVAILABLE} if the same call may
 *       succeed later, else with {@link FailureCode#INTERNAL_ERROR}.
 * </ul>
 */
public interface ResultStore {

    /**
     * Makes the cases of the jobs known and pins the checkpoint of each: the first registered job whose reference means
     * something decides for all images of its case, so that a moved alias never splits a case or a redelivered job.
     *
     * @return one registration per request, in the order of the requests
     */
    List<JobRegistration> register(List<RegistrationRequest> requests);

    /**
     * Saves outcomes of jobs and of messages that could not be read, all in one transaction. An outcome is never refused for
     * want of its case: one that was dropped since the registration comes back.
     *
     * @return one answer per outcome, in the order of the outcomes: the stored message of the job and, for the job that
     *     closed the latest revision of its case, the case result
     */
    List<Answer> save(List<JobOutcome> outcomes);
}
