package org.lesionstream.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.lesionstream.worker.delivery.CommitTicket;

class CompletionQueueTest {
    private static final CommitTicket TICKET = new CommitTicket(Optional.empty(), Set.of());

    private final CompletionQueue queue = new CompletionQueue();

    @Test
    void answersWhenTheIntakeTurnsToIt() {
        CompletableFuture<CommitTicket> ticket = queue.add(List.of());
        assertThat(ticket).isNotDone();
        queue.answer(finished -> TICKET);
        assertThat(ticket).isCompletedWithValue(TICKET);
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void dropsWhatTheAskerGaveUp() {
        queue.add(List.of()).cancel(false);
        CompletableFuture<CommitTicket> wanted = queue.add(List.of());
        List<Integer> answered = new ArrayList<>();
        queue.answer(finished -> {
            answered.add(1);
            return TICKET;
        });
        assertThat(answered).hasSize(1);
        assertThat(wanted).isCompletedWithValue(TICKET);
    }

    @Test
    void failsWhatWaitsAndWhatComesAfterTheEnd() {
        CompletableFuture<CommitTicket> before = queue.add(List.of());
        queue.close();
        assertThat(before).isCompletedExceptionally();
        assertThat(queue.add(List.of())).isCompletedExceptionally();
    }

    @Test
    void failsAtOnceWhatIsTooMuch() {
        List<CompletableFuture<CommitTicket>> tickets = new ArrayList<>();
        for (int i = 0; i < 257; i++) {
            tickets.add(queue.add(List.of()));
        }
        assertThat(tickets.get(255)).isNotDone();
        assertThat(tickets.get(256)).isCompletedExceptionally();
    }
}
