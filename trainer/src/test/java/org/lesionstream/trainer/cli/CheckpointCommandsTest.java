package org.lesionstream.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.schemas.checkpoint.AliasChange;
import org.lesionstream.schemas.checkpoint.CheckpointIdentity;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.checkpoint.Lineage;
import org.lesionstream.trainer.registry.CheckpointStore;
import org.lesionstream.trainer.registry.Promotion;
import org.lesionstream.trainer.testing.ADraft;

class CheckpointCommandsTest {

    @TempDir
    private Path store;

    private String out = "";
    private String err = "";

    @BeforeEach
    void publishTwoVersions() throws IOException {
        CheckpointStore checkpoints = new CheckpointStore(store);
        checkpoints.publish("lesion", new ADraft("lesion", "a"));
        checkpoints.publish("lesion", new ADraft("lesion", "b"));
    }

    @Test
    void promotesAndShowsIt() throws IOException {
        assertThat(run("promote", "--checkpoint", "lesion@2", "--who", "ada", "--why", "better"))
                .isZero();
        assertThat(out).startsWith("lesion@production is lesion@2 sha256:");

        assertThat(run("list")).isZero();
        assertThat(out.lines()).hasSize(2);
        assertThat(out.lines().skip(1))
                .first()
                .asString()
                .contains("lesion@2", "production", "unet-same:base=16", "fp32");

        assertThat(run("list", "--json")).isZero();
        JsonNode versions = new ObjectMapper().readTree(out);
        assertThat(versions.at("/0/aliases")).isEmpty();
        assertThat(versions.at("/1/aliases/0").asText()).isEqualTo("production");
        assertThat(versions.at("/1/digest").asText()).matches("[0-9a-f]{64}");
    }

    @Test
    void showsWhoMovedWhatAndWhy() throws IOException {
        run("promote", "--checkpoint", "lesion@1", "--who", "ada", "--why", "first");
        run("promote", "--checkpoint", "lesion@2", "--alias", "canary", "--who", "ada", "--why", "trial");
        run("promote", "--checkpoint", "lesion@canary", "--who", "grace", "--why", "trial went well");

        assertThat(run("history", "--name", "lesion")).isZero();
        assertThat(out.lines())
                .satisfiesExactly(
                        line -> assertThat(words(line))
                                .containsExactly("when", "alias", "version", "digest", "who", "why"),
                        line -> assertThat(words(line).subList(1, 6))
                                .containsExactly("production", "1", digest(1), "ada", "first"),
                        line -> assertThat(words(line).subList(1, 7))
                                .containsExactly("canary", "2", digest(2), "in force", "ada", "trial"),
                        line -> assertThat(words(line).subList(1, 7))
                                .containsExactly("production", "2", digest(2), "in force", "grace", "trial went well"));

        assertThat(run("history", "--name", "lesion", "--alias", "canary")).isZero();
        assertThat(out.lines()).hasSize(2).last().asString().contains("trial");

        assertThat(run("history", "--name", "lesion", "--json")).isZero();
        JsonNode last = new ObjectMapper().readTree(out).at("/changes/2");
        assertThat(last.get("who").asText()).isEqualTo("grace");
        assertThat(last.get("digest").asText()).startsWith(digest(2));
        assertThat(last.get("inForce").asBoolean()).isTrue();
    }

    @Test
    void saysWhatEachAliasNamedAtATime() throws IOException {
        Promotion promotion = new Promotion(store);
        promotion.promote("lesion", change("production", 1, "2026-11-01T09:00:00Z"));
        promotion.promote("lesion", change("canary", 2, "2026-11-18T09:00:00Z"));
        promotion.promote("lesion", change("production", 2, "2026-11-19T23:59:59.999Z"));

        assertThat(namedAt("2026-10-31")).isEmpty();
        assertThat(namedAt("2026-11-18T08:59:59Z")).containsExactly("production=1");
        assertThat(namedAt("2026-11-18T10:00:00+01:00"))
                .as("a movement counts from its own moment on")
                .containsExactly("production=1", "canary=2");
        assertThat(namedAt("2026-11-18")).as("the end of the day").containsExactly("production=1", "canary=2");
        assertThat(namedAt("2026-11-19")).containsExactly("canary=2", "production=2");

        assertThat(run("history", "--name", "lesion", "--at", "2026-11-18")).isZero();
        assertThat(out.lines()).hasSize(3);
        assertThat(run("history", "--name", "lesion", "--at", "2026-10-31")).isZero();
        assertThat(out).isEmpty();
        for (String malformed : List.of("yesterday", "2026-11-18T09:00", "2026-02-30")) {
            assertThat(run("history", "--name", "lesion", "--at", malformed)).isEqualTo(2);
            assertThat(err).contains("2026-11-20T12:00:00Z", "was '" + malformed + "'");
        }
    }

    @Test
    void rollsBackToWhatTheAliasNamedBefore() throws IOException {
        new CheckpointStore(store).publish("lesion", new ADraft("lesion", "c"));
        for (int version = 1; version <= 3; version++) {
            run("promote", "--checkpoint", "lesion@" + version, "--who", "ada", "--why", "version " + version);
        }
        assertThat(rollBack("--why", "misses small ones")).isZero();
        assertThat(out)
                .startsWith("lesion@production is lesion@2 sha256:" + digest(2))
                .endsWith(" again\n");
        assertThat(rollBack("--why", "misses large ones", "--who", "grace")).isZero();
        assertThat(out).startsWith("lesion@production is lesion@1 sha256:");
        assertThat(rollBack("--why", "hope")).isEqualTo(1);
        assertThat(err.strip())
                .isEqualTo("trainer: lesion@production is at version 1 and has none before it to go back to");
        assertThat(out).isEmpty();

        assertThat(run("history", "--name", "lesion")).isZero();
        assertThat(out.lines().skip(4))
                .satisfiesExactly(
                        line -> assertThat(line).contains("  2  ", "  rollback  ", "misses small ones"),
                        line -> assertThat(line)
                                .contains("  1  ", "  rollback, in force  ", "grace  misses large ones"));
    }

    @Test
    void rollsBackToAVersionThatIsAskedFor() {
        run("promote", "--checkpoint", "lesion@1", "--alias", "canary", "--why", "one");
        run("promote", "--checkpoint", "lesion@2", "--alias", "canary", "--why", "two");
        assertThat(rollBack("--alias", "canary", "--to", "7", "--why", "x")).isEqualTo(1);
        assertThat(err.strip()).hasLineCount(1).contains("can go back to [1], not to 7");
        assertThat(rollBack("--alias", "canary", "--to", "1", "--why", "x")).isZero();
        assertThat(out).startsWith("lesion@canary is lesion@1 ");
    }

    @Test
    void aMovementNeedsAReason() {
        assertThat(run("promote", "--checkpoint", "lesion@1")).isEqualTo(2);
        assertThat(err).contains("--why");
        assertThat(rollBack()).isEqualTo(2);
        assertThat(err).contains("--why");
        assertThat(run("promote", "--checkpoint", "lesion@1", "--why", " ")).isEqualTo(1);
        assertThat(err.strip()).isEqualTo("trainer: who and why must not be blank");
    }

    @Test
    void notesAreShownByHistoryAndList() throws IOException {
        run("promote", "--checkpoint", "lesion@2", "--who", "ada", "--why", "better");
        assertThat(run("note", "--checkpoint", "lesion@production", "--who", "grace", "--text", "misses\nhairs"))
                .isZero();
        assertThat(out.strip()).isEqualTo("noted lesion@2");

        assertThat(run("history", "--name", "lesion")).isZero();
        assertThat(out.lines()).last().asString().matches("lesion@2  note .*Z by grace: misses; hairs");
        assertThat(run("history", "--name", "lesion", "--json")).isZero();
        assertThat(new ObjectMapper().readTree(out).at("/notes/0/text").asText())
                .isEqualTo("misses\nhairs");
        assertThat(run("list")).isZero();
        assertThat(out).doesNotContain("misses");
        assertThat(run("list", "--long")).isZero();
        assertThat(out.lines()).hasSize(3).last().asString().matches("    note .*Z by grace: misses; hairs");
        assertThat(run("list", "--json")).isZero();
        JsonNode versions = new ObjectMapper().readTree(out);
        assertThat(versions.at("/0/notes")).isEmpty();
        assertThat(versions.at("/1/notes/0/who").asText()).isEqualTo("grace");

        assertThat(run("note", "--checkpoint", "lesion@9", "--text", "x")).isEqualTo(1);
        assertThat(err.strip()).isEqualTo("trainer: the store has no checkpoint lesion@9");
        assertThat(run("note", "--checkpoint", "lesion@1", "--text", " ")).isEqualTo(1);
        assertThat(err.strip()).hasLineCount(1).contains("blank");
    }

    @Test
    void showsWhatAVersionWasMadeFrom() throws IOException {
        CheckpointStore checkpoints = new CheckpointStore(store);
        Digest data = Digest.of(new byte[] {1});
        Lineage.Recipe recipe = new Lineage.Recipe("quick", Digest.of(new byte[] {2}));
        CheckpointManifest base = checkpoints
                .publish("base", Lineage.trained(data, Optional.of(recipe)), new ADraft("base", "a"))
                .manifest();
        CheckpointManifest tuned = checkpoints
                .publish("lesion", Lineage.tuned(base.identity(), data, Optional.empty()), new ADraft("lesion", "b"))
                .manifest();
        CheckpointIdentity gone = new CheckpointIdentity("polyp", 1, data);
        checkpoints.publish(
                "lesion",
                Lineage.ensembled(List.of(gone, tuned.identity()), Optional.empty()),
                new ADraft("lesion", "c"));
        run("note", "--checkpoint", "lesion@4", "--who", "ada", "--text", "the good one");

        assertThat(run("history", "--checkpoint", "lesion@4")).isZero();
        String shortData = data.hex().substring(0, 12);
        assertThat(out.lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .isEqualTo(
                                        "lesion@4 sha256:" + digest(4) + "  ensembled, 2026-11-20T12:00:00Z by test"),
                        line -> assertThat(line).startsWith("|  note ").endsWith(" by ada: the good one"),
                        line -> assertThat(line).isEqualTo("+- polyp@1 sha256:" + shortData + "  not in this store"),
                        line -> assertThat(line)
                                .isEqualTo("+- lesion@3 sha256:" + digest(3) + "  tuned, data " + shortData
                                        + ", 2026-11-20T12:00:00Z by test"),
                        line -> assertThat(line)
                                .startsWith("   +- base@1 sha256:")
                                .contains("  trained, data " + shortData + ", recipe quick "));

        assertThat(run("history", "--checkpoint", "lesion@4", "--json")).isZero();
        JsonNode tree = new ObjectMapper().readTree(out);
        assertThat(tree.at("/parents/0/inStore").asBoolean()).isFalse();
        assertThat(tree.at("/parents/1/parents/0/lineage/recipe/name").asText()).isEqualTo("quick");
        assertThat(tree.at("/producer").asText()).isEqualTo("test");

        assertThat(run("history", "--checkpoint", "lesion@1")).isZero();
        assertThat(out).contains("  of unknown origin, ");
        assertThat(run("list", "--long")).isZero();
        assertThat(out).contains("    ensembled from polyp@1, lesion@3\n", "    tuned from base@1, data " + shortData);
    }

    @Test
    void historyIsOfANameOrOfAVersion() {
        assertThat(run("history")).isEqualTo(2);
        assertThat(run("history", "--name", "lesion", "--checkpoint", "lesion@1"))
                .isEqualTo(2);
        assertThat(run("history", "--checkpoint", "lesion@1", "--at", "2026-11-20"))
                .isEqualTo(2);
        assertThat(err).contains("go with --name");
        assertThat(run("history", "--checkpoint", "lesion@8")).isEqualTo(1);
        assertThat(err.strip()).isEqualTo("trainer: the store has no checkpoint lesion@8");
    }

    @Test
    void refusesAnUnknownVersionInOneLine() {
        assertThat(run("promote", "--checkpoint", "lesion@3", "--why", "hope")).isEqualTo(1);
        assertThat(err.strip()).isEqualTo("trainer: the store has no checkpoint lesion@3");
    }

    @Test
    void refusesAMalformedReferenceAsWrongUse() {
        assertThat(run("promote", "--checkpoint", "lesion", "--why", "hope")).isEqualTo(2);
        assertThat(err).contains("name@version");
        assertThat(run("history", "--name", "polyp")).isEqualTo(2);
        assertThat(err).contains("polyp");
    }

    private List<String> namedAt(String time) throws IOException {
        assertThat(run("history", "--name", "lesion", "--at", time, "--json"))
                .as(err)
                .isZero();
        List<String> named = new ArrayList<>();
        new ObjectMapper()
                .readTree(out)
                .get("changes")
                .forEach(change -> named.add(change.get("alias").asText() + "="
                        + change.get("version").asInt()));
        return named;
    }

    private int rollBack(String... options) {
        List<String> all = new ArrayList<>(List.of("--name", "lesion"));
        all.addAll(List.of(options));
        return run("rollback", all.toArray(String[]::new));
    }

    private String digest(int version) throws IOException {
        return new CheckpointStore(store)
                .find(new CheckpointReference.ByVersion("lesion", version))
                .digest()
                .hex()
                .substring(0, 12);
    }

    private static AliasChange change(String alias, int version, String when) {
        return new AliasChange(alias, version, Instant.parse(when), "ada", "test");
    }

    private static List<String> words(String line) {
        return List.of(line.split(" {2,}", -1));
    }

    private int run(String command, String... options) {
        List<String> arguments = new ArrayList<>(List.of(command, "--store", store.toString()));
        arguments.addAll(List.of(options));
        StringWriter printed = new StringWriter();
        StringWriter complained = new StringWriter();
        int status = TrainerCli.commandLine()
                .setOut(new PrintWriter(printed))
                .setErr(new PrintWriter(complained))
                .execute(arguments.toArray(String[]::new));
        out = printed.toString();
        err = complained.toString();
        return status;
    }
}
