package org.lesionstream.local.scale;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lesionstream.local.scale.model.FleetFacts;
import org.lesionstream.local.scale.model.ScaleSettings;
import org.lesionstream.local.scale.model.ServiceTimes;
import org.lesionstream.local.scale.model.TriggerSettings;

class CandidatesTest {

    @Test
    void deriveTheLagOfAWorkerFromItsRateAndTheDeadline() {
        ScaleSettings slow = new Candidates(ServiceTimes.measured(), 60, 5000).chosen();
        ScaleSettings fast = new Candidates(ServiceTimes.measured().faster(10), 60, 5000).chosen();
        ScaleSettings patient = new Candidates(ServiceTimes.measured(), 600, 5000).chosen();

        assertThat(lag(slow).lagThreshold()).isEqualTo(13);
        assertThat(lag(fast).lagThreshold()).isEqualTo(134);
        assertThat(lag(patient).lagThreshold()).isEqualTo(134);
    }

    @Test
    void letTheBackfillPoolReachItsSizeWithWhatIsInFlight() {
        ScaleSettings fast = new Candidates(ServiceTimes.measured().faster(100), 60, 5000).chosen();
        TriggerSettings.Lag lag =
                (TriggerSettings.Lag) fast.backfill().trigger().orElseThrow();

        assertThat(lag.lagThreshold() * fast.backfill().maxReplicaCount()).isLessThanOrEqualTo(5000 / 2);
        assertThat(lag.activationLagThreshold()).isLessThan(lag.lagThreshold());
    }

    @Test
    void haveNamesOfTheirOwnAndFitTheTopics() {
        var all = new Candidates(ServiceTimes.measured(), 60, 5000).all();

        assertThat(all).extracting(ScaleSettings::name).doesNotHaveDuplicates().startsWith("chosen");
        assertThat(all).allSatisfy(settings -> assertThat(settings.mostReplicas())
                .isLessThanOrEqualTo(FleetFacts.usual().partitions() / 4));
    }

    private static TriggerSettings.Lag lag(ScaleSettings settings) {
        return (TriggerSettings.Lag) settings.urgent().trigger().orElseThrow();
    }
}
