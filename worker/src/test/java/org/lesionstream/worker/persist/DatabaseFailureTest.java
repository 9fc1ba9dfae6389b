package org.lesionstream.worker.persist;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.failure.SegmentationException;

class DatabaseFailureTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "08006", "40P01", "53100", "53300", "55P03", "57014", "57P01", "58030", "25006", "42P01", "42501",
                "XX000"
            })
    void whatPassesIsUnavailability(String state) {
        assertThat(of(new SQLException("text", state)).code()).isEqualTo(FailureCode.DATABASE_UNAVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "23514", "22P05", "21000", "54000"})
    void whatIsWrongWithTheValuesIsAFaultOfTheProgram(String state) {
        assertThat(of(new SQLException("text", state)).code()).isEqualTo(FailureCode.INTERNAL_ERROR);
    }

    @Test
    void aFailureOfDriverOrPoolIsUnavailability() {
        assertThat(of(new SQLException("no word of the server")).code()).isEqualTo(FailureCode.DATABASE_UNAVAILABLE);
        assertThat(of(new SQLTransientConnectionException("pool is empty", "XX000"))
                        .code())
                .isEqualTo(FailureCode.DATABASE_UNAVAILABLE);
    }

    @Test
    void neverRepeatsWhatTheDriverSays() {
        SegmentationException failure =
                of(new SQLException("Failing row contains (j-1, DOE^JANE)", "23514", new SQLException("DOE^JANE")));

        assertThat(failure).hasMessage("INTERNAL_ERROR at persist").hasStackTraceContaining("SQLSTATE 23514");
        for (Throwable each = failure; each != null; each = each.getCause()) {
            assertThat(each.getMessage()).doesNotContain("JANE");
        }
    }

    private static SegmentationException of(SQLException failure) {
        return DatabaseFailure.of(failure, "persist");
    }
}
