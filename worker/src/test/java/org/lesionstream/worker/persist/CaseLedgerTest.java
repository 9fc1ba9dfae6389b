package org.lesionstream.worker.persist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lesionstream.worker.persist.OutcomeKind.DEAD_LETTER;
import static org.lesionstream.worker.persist.OutcomeKind.SEGMENTED;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lesionstream.worker.persist.CaseLedger.Closing;
import org.lesionstream.worker.persist.CaseLedger.ImageState;
import org.lesionstream.worker.persist.CaseLedger.Spoken;

class CaseLedgerTest {

    @Test
    void isDueWithTheLastImage() {
        CaseLedger ledger = new CaseLedger(3, 1, 0, Map.of());

        ledger.record("a", 1, SEGMENTED);
        assertThat(ledger.closing()).isEmpty();
        ledger.record("b", 2, DEAD_LETTER);
        assertThat(ledger.closing()).contains(new Closing(1, "b", false));
        assertThat(ledger.finished()).isEqualTo(3);
    }

    @Test
    void isNotDueWhileNothingChanges() {
        CaseLedger ledger = new CaseLedger(1, 1, 1, Map.of(1, new Spoken(ImageState.SEGMENTED, "before")));

        ledger.record("again", 1, SEGMENTED);
        ledger.record("too-late", 1, DEAD_LETTER);

        assertThat(ledger.changed()).isFalse();
        assertThat(ledger.closing()).isEmpty();
        assertThat(ledger.speakers()).isEmpty();
    }

    @Test
    void letsAMaskSpeakInPlaceOfADeadLetterWithoutCountingTwice() {
        CaseLedger ledger = new CaseLedger(1, 1, 1, Map.of(1, new Spoken(ImageState.DEAD, "before")));

        ledger.record("mended", 1, SEGMENTED);

        assertThat(ledger.finished()).isEqualTo(1);
        assertThat(ledger.speakers()).isEqualTo(Map.of(1, "mended"));
        assertThat(ledger.closing()).contains(new Closing(2, "mended", false));
    }

    @Test
    void closesByTimeWhatIsNotCompletedInTheSameList() {
        CaseLedger waiting = new CaseLedger(3, 1, 0, Map.of());
        waiting.timeUp("control", 1);
        waiting.record("b", 2, SEGMENTED);
        assertThat(waiting.closing()).contains(new Closing(1, "control", true));

        waiting.record("c", 3, SEGMENTED);
        assertThat(waiting.closing()).contains(new Closing(1, "c", false));
    }

    @Test
    void isNotClosedAgainByAControlRecordThatComesTwiceOrTooLate() {
        CaseLedger closedBefore = new CaseLedger(3, 1, 1, Map.of());
        closedBefore.timeUp("control", 1);

        assertThat(closedBefore.changed()).isFalse();
        assertThat(closedBefore.closing()).isEmpty();
    }

    @Test
    void namesOneSpeakerPerImageAlsoWithinAList() {
        CaseLedger ledger = new CaseLedger(2, 0, 0, Map.of());

        ledger.record("dead", 1, DEAD_LETTER);
        ledger.record("mask", 1, SEGMENTED);
        ledger.record("other-mask", 1, SEGMENTED);

        assertThat(ledger.speakers()).isEqualTo(Map.of(1, "mask"));
        assertThat(ledger.finished()).isEqualTo(1);
    }

    @Test
    void hasAsManyImagesAsTheSourceThatItTurnedOutToBe() {
        CaseLedger ledger = new CaseLedger(1, 0, 0, Map.of());

        ledger.expand("volume", 1, 3);

        assertThat(ledger.images()).isEqualTo(3);
        assertThat(ledger.changed()).isTrue();
        assertThat(ledger.closing()).isEmpty();
    }

    @Test
    void takesBackOnlyTheDeadLetterOfTheJobThatIsExpanded() {
        Map<Integer, Spoken> dead = Map.of(1, new Spoken(ImageState.DEAD, "volume"));
        CaseLedger own = new CaseLedger(1, 1, 1, dead);
        own.expand("volume", 1, 3);
        assertThat(own.finished()).isZero();

        CaseLedger others = new CaseLedger(1, 1, 1, dead);
        others.expand("other", 1, 3);
        assertThat(others.finished()).isEqualTo(1);
    }
}
