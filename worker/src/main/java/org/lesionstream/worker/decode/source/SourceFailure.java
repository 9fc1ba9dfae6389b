package org.lesionstream.worker.decode.source;

import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.failure.SegmentationException;

/** What it means when a server does not give what it was asked for. */
final class SourceFailure {
    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    private SourceFailure() {}

    /** The code of a status other than 200: nothing is there, try again, or, as for redirects and wrong credentials, not allowed. */
    static FailureCode ofStatus(int status) {
        if (status == NOT_FOUND || status == GONE) {
            return FailureCode.SOURCE_NOT_FOUND;
        }
        return status == TOO_MANY_REQUESTS || status >= SERVER_ERROR
                ? FailureCode.SOURCE_UNREADABLE
                : FailureCode.SOURCE_NOT_ALLOWED;
    }

    /**
     * The failure that ended a transfer. Clients wrap what ends an answer, in one or two layers: a limit of ours comes out as it was.
     *
     * @param code of anything else
     */
    static SegmentationException of(Throwable ended, FailureCode code, String where) {
        for (Throwable cause = ended; cause != null; cause = cause.getCause()) {
            if (cause instanceof SegmentationException known) {
                return known;
            }
        }
        return new SegmentationException(code, where, ended);
    }
}
