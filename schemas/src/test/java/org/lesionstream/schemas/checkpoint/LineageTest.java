package org.lesionstream.schemas.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LineageTest {

    private static final Digest DATA = Digest.of(new byte[] {1});
    private static final CheckpointIdentity LESION = new CheckpointIdentity("lesion", 1, DATA);
    private static final CheckpointIdentity POLYP = new CheckpointIdentity("polyp", 1, DATA);

    @Test
    void everyOriginHasAsManyParentsAsItNeeds() {
        assertThat(Lineage.trained(DATA, Optional.empty()).parents()).isEmpty();
        assertThat(Lineage.imported().parents()).isEmpty();
        assertThat(Lineage.adopted().parents()).isEmpty();
        assertThat(Lineage.tuned(LESION, DATA, Optional.empty()).parents()).containsExactly(LESION);
        assertThat(Lineage.exported(LESION, Optional.of(DATA), Optional.empty()).parents())
                .containsExactly(LESION);
        assertThat(Lineage.ensembled(List.of(LESION, POLYP), Optional.empty()).parents())
                .containsExactly(LESION, POLYP);
    }

    @Test
    void refusesOtherNumbersOfParents() {
        assertThatThrownBy(() -> lineage(Lineage.Origin.TRAINED, LESION)).hasMessageContaining("were 1 for TRAINED");
        assertThatThrownBy(() -> lineage(Lineage.Origin.TUNED)).hasMessageContaining("were 0 for TUNED");
        assertThatThrownBy(() -> lineage(Lineage.Origin.EXPORTED, LESION, POLYP))
                .hasMessageContaining("were 2 for EXPORTED");
        assertThatThrownBy(() -> lineage(Lineage.Origin.ENSEMBLED, LESION)).hasMessageContaining("were 1");
        assertThatThrownBy(() -> lineage(Lineage.Origin.ENSEMBLED, LESION, LESION))
                .hasMessageContaining("different");
        assertThatThrownBy(
                        () -> Lineage.parse("{\"origin\":\"tuned\",\"parents\":[]}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ContractViolationException.class);
    }

    @Test
    void notesAreReadInTheOrderTheyWereMade() {
        CheckpointNote first = new CheckpointNote(1, Instant.EPOCH, "ada", "two\nlines, \u00e9");
        CheckpointNote second = new CheckpointNote(2, Instant.EPOCH.plusSeconds(1), "grace", "one");
        byte[] lines = second.appendTo(first.appendTo(new byte[0]));
        assertThat(new String(lines, StandardCharsets.UTF_8).lines()).hasSize(2);
        assertThat(CheckpointNote.parse(lines)).containsExactly(first, second);
        assertThat(CheckpointNote.parse(new byte[0])).isEmpty();
        byte[] cut = new String(lines, StandardCharsets.UTF_8)
                .substring(0, lines.length - 9)
                .getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> CheckpointNote.parse(cut)).isInstanceOf(ContractViolationException.class);
        assertThatThrownBy(() -> new CheckpointNote(1, Instant.EPOCH, "ada", " "))
                .hasMessageContaining("blank");
        assertThatThrownBy(() -> new CheckpointNote(0, Instant.EPOCH, "ada", "x"))
                .hasMessageContaining("was 0");
    }

    private static Lineage lineage(Lineage.Origin origin, CheckpointIdentity... parents) {
        return new Lineage(origin, List.of(parents), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
