package org.lesionstream.worker.intake;

import java.util.List;
import org.lesionstream.worker.delivery.Completions;
import org.lesionstream.worker.delivery.Lane;

/**
 * Where jobs come from and finished ones are told.
 *
 * <ul>
 *   <li>Every message that {@link #poll} returns must be completed once, whoever owns it by then.
 *   <li>Threads: {@link #complete}, {@link #published} and {@link #inFlight} may be called from any thread, everything else from
 *       the intake thread alone.
 *   <li>At most {@link IntakeLimits#mostInFlight} messages of a lane are held by this worker.
 * </ul>
 */
public interface JobIntake extends Completions, AutoCloseable {
    /**
     * One turn: takes what the lanes have room for and goes on with what was completed.
     *
     * @param nowNanos monotonic time
     * @return what was polled; empty after a short wait when there is nothing
     */
    List<PolledMessage> poll(long nowNanos);

    /** From now on takes no more messages; the polls go on so that what is in flight can be answered. */
    void drain();

    /** Messages of a lane that were polled and not completed. */
    int inFlight(Lane lane);

    /** Leaves the group; what was not answered goes to others. */
    @Override
    void close();
}
