package org.lesionstream.local.bench;

import java.util.List;

/**
 * What a thread of the worker is for, told by the 15 characters of its name that the kernel keeps.
 *
 * <p>Threads that libtorch starts are named like the thread that started them: {@code inference-0}, or {@code start-up} for those of the
 * warm-up.
 */
enum ThreadRole {
    INTAKE("intake", List.of("intake-", "share-")),
    DECODE("decode", List.of("decode-")),
    INFERENCE("inference", List.of("inference-", "start-up")),
    LESION("lesion", List.of("lesion-")),
    DELIVERY("delivery", List.of("delivery-")),
    HOUSEKEEPING("catalog, case timeouts", List.of("catalog-", "case-timeout", "timeouts-", "timeout-")),
    KAFKA("kafka clients", List.of("kafka-", "consumer_")),
    COLLECTOR("garbage collector", List.of("GC ", "G1 ", "Shenandoah", "ZGC", "XGC")),
    COMPILER("compiler", List.of("C1 ", "C2 ")),
    HTTP("http, metrics", List.of("executor-thread", "vert.x", "vertx-")),
    OTHER("other threads", List.of(""));

    private final String label;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> prefixes;

    ThreadRole(String label, List<String> prefixes) {
        this.label = label;
        this.prefixes = prefixes;
    }

    String label() {
        return label;
    }

    /**
     * Whether it belongs to the cost of a job beside decode and inference. The compiler comes to rest, and HTTP works for the bench's own
     * questions.
     */
    boolean isOwnCost() {
        return switch (this) {
            case INTAKE, LESION, DELIVERY, HOUSEKEEPING, KAFKA, COLLECTOR, OTHER -> true;
            case DECODE, INFERENCE, COMPILER, HTTP -> false;
        };
    }

    /** The role of a thread of that name; {@link #OTHER} if no prefix fits. */
    static ThreadRole of(String comm) {
        for (ThreadRole role : values()) {
            if (role.prefixes.stream().anyMatch(comm::startsWith)) {
                return role;
            }
        }
        return OTHER;
    }
}
