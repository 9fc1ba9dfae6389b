package org.lesionstream.worker.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.lesionstream.worker.broker.GroupKind;
import org.lesionstream.worker.publish.GroupPlan;
import org.lesionstream.worker.publish.ShareGroupPlan;
import org.lesionstream.worker.publish.TopicPlan;
import org.lesionstream.worker.publish.TopicState;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Creates the topics that are absent, and says what all of them are like. Existing topics are never changed. */
@Command(
        name = "topics",
        mixinStandardHelpOptions = true,
        description =
                "Creates the topics that are absent, tells the broker how soon the work of a silent worker goes to others, and"
                        + " describes all topics. Existing topics are left as they are.")
public final class TopicsCommand implements Callable<Integer> {
    private static final int TIMEOUT_MILLIS = 15_000;

    @Mixin
    private KafkaOptions kafka;

    @Option(
            names = "--partitions",
            defaultValue = "${env:LESIONSTREAM_TOPICS_PARTITIONS:-12}",
            description = "Partitions of a new topic: the most workers that share a lane. Default: ${DEFAULT-VALUE}")
    private int partitions;

    @Option(
            names = "--replication",
            defaultValue = "${env:LESIONSTREAM_TOPICS_REPLICATION:-1}",
            description = "Replicas of a new topic. Default: ${DEFAULT-VALUE}")
    private short replication;

    @Option(
            names = "--retention",
            converter = DurationText.class,
            paramLabel = "TIME",
            defaultValue = "${env:LESIONSTREAM_TOPICS_RETENTION:-7d}",
            description = "How long a new topic keeps messages. Default: ${DEFAULT-VALUE}")
    private Duration retention;

    @Option(
            names = "--max-message-bytes",
            paramLabel = "BYTES",
            defaultValue = "${env:LESIONSTREAM_TOPICS_MAX_MESSAGE_BYTES:-8388608}",
            description = "Longest message of a new topic. Default: ${DEFAULT-VALUE}")
    private int maxMessageBytes;

    @Option(
            names = "--group",
            paramLabel = "GROUP",
            defaultValue = "${env:LESIONSTREAM_KAFKA_GROUP:-lesionstream-worker}",
            description = "Group of the workers. Default: ${DEFAULT-VALUE}")
    private String group;

    @Option(
            names = "--group-kind",
            converter = GroupKindText.class,
            paramLabel = "KIND",
            defaultValue = "${env:LESIONSTREAM_KAFKA_GROUP_KIND:-consumer-group}",
            description = "How the workers share a topic, consumer-group or share-group. Default: ${DEFAULT-VALUE}")
    private GroupKind groupKind;

    @Option(
            names = "--session-timeout",
            converter = DurationText.class,
            paramLabel = "TIME",
            defaultValue = "10s",
            description =
                    "How long the group waits for a worker that says nothing before others get its work. Default: ${DEFAULT-VALUE}")
    private Duration sessionTimeout;

    @Option(names = "--describe", description = "Create nothing; fail if a topic is absent.")
    private boolean describeOnly;

    @Option(names = "--json", description = "Print one JSON document instead of a table.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws JsonProcessingException {
        TopicPlan plan = new TopicPlan(kafka.topics(), partitions, replication, retention, maxMessageBytes);
        Map<String, Object> properties = kafka.broker().properties();
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        try (Admin admin = Admin.create(properties)) {
            Set<String> created = describeOnly ? Set.of() : plan.createAbsent(admin);
            boolean grouped = describeOnly || applyGroup(admin);
            List<TopicState> states = plan.describe(admin);
            print(states, created);
            return grouped && states.size() == plan.names().all().size() ? ExitCode.OK : ExitCode.SOFTWARE;
        } catch (KafkaException e) {
            spec.commandLine().getErr().println("topics: " + e.getMessage());
            return ExitCode.SOFTWARE;
        }
    }

    /** Says what the broker refuses; false if workers could not do without it. */
    private boolean applyGroup(Admin admin) {
        Optional<String> unusable =
                groupKind == GroupKind.SHARE_GROUP ? new ShareGroupPlan(group).apply(admin) : Optional.empty();
        Optional<String> refusal =
                unusable.isPresent() ? unusable : new GroupPlan(groupKind, group, sessionTimeout).apply(admin);
        refusal.ifPresent(why -> spec.commandLine().getErr().println("topics: " + why));
        return unusable.isEmpty();
    }

    private void print(List<TopicState> states, Set<String> created) throws JsonProcessingException {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            List<Map<String, Object>> rows = new ArrayList<>();
            states.forEach(state -> rows.add(row(state, created.contains(state.name()))));
            out.println(new ObjectMapper().writeValueAsString(Map.of("topics", rows)));
            return;
        }
        out.printf("%-32s %10s %8s %14s %12s%n", "TOPIC", "PARTITIONS", "REPLICAS", "RETENTION", "MAX BYTES");
        for (TopicState state : states) {
            out.printf(
                    "%-32s %10d %8d %14s %12d%s%n",
                    state.name(),
                    state.partitions(),
                    state.replication(),
                    state.retention().isNegative()
                            ? "for ever"
                            : state.retention().toHours() + "h",
                    state.maxMessageBytes(),
                    created.contains(state.name()) ? "  created" : "");
        }
    }

    private static Map<String, Object> row(TopicState state, boolean created) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", state.name());
        row.put("partitions", state.partitions());
        row.put("replication", state.replication());
        row.put("retentionMillis", state.retention().toMillis());
        row.put("maxMessageBytes", state.maxMessageBytes());
        row.put("created", created);
        return row;
    }
}
