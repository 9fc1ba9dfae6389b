package org.lesionstream.schemas.checkpoint;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a job asks for a checkpoint: by alias ({@code lesion@production}), by version ({@code lesion@7}) or by digest ({@code
 * lesion@sha256:…}).
 *
 * <p>{@code toString} gives the text that {@link #parse} accepts. An alias begins with a letter, so it is never mistaken for a
 * version. What an alias means changes with time; version and digest mean the same for ever.
 */
public sealed interface CheckpointReference {

    /** Name of the checkpoint, before the {@code @}. */
    String name();

    /** The text form. */
    @JsonValue
    @Override
    String toString();

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException if the text is none of the three forms; the message does not repeat the text, which may
     *     come from outside
     */
    @JsonCreator
    static CheckpointReference parse(String text) {
        Matcher parts = Syntax.REFERENCE.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "a checkpoint reference must be name@alias, name@version or name@sha256:digest, had "
                            + text.length()
                            + " characters");
        }
        String name = parts.group("name");
        if (parts.group("version") != null) {
            return new ByVersion(name, Integer.parseInt(parts.group("version")));
        }
        if (parts.group("digest") != null) {
            return new ByDigest(name, new Digest(parts.group("digest")));
        }
        return new ByAlias(name, parts.group("alias"));
    }

    /** Whatever version the alias names at the moment of looking. */
    record ByAlias(String name, String alias) implements CheckpointReference {
        public ByAlias {
            checkName(name);
            checkAlias(alias);
        }

        @Override
        public String toString() {
            return name + "@" + alias;
        }
    }

    /** One version. */
    record ByVersion(String name, int version) implements CheckpointReference {
        public ByVersion {
            checkName(name);
            if (version < 1) {
                throw new IllegalArgumentException("version must be at least 1, was " + version);
            }
        }

        @Override
        public String toString() {
            return name + "@" + version;
        }
    }

    /** One version, named by the digest of its manifest. */
    record ByDigest(String name, Digest digest) implements CheckpointReference {
        public ByDigest {
            checkName(name);
        }

        @Override
        public String toString() {
            return name + "@sha256:" + digest;
        }
    }

    /**
     * Refuses what cannot be the name of a checkpoint: lower-case letters, digits, dot, underscore and hyphen, at most 63, a letter
     * or digit first. Such a name is safe as the name of a folder.
     */
    static void checkName(String name) {
        if (!Syntax.NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name must match " + Syntax.NAME + ", had " + name.length() + " characters");
        }
    }

    /** Refuses what cannot be an alias: as a name, but with a letter first. */
    static void checkAlias(String alias) {
        if (!Syntax.ALIAS.matcher(alias).matches()) {
            throw new IllegalArgumentException(
                    "alias must match " + Syntax.ALIAS + ", had " + alias.length() + " characters");
        }
    }

    /** The patterns, kept out of the interface that everybody reads. */
    final class Syntax {
        private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
        private static final Pattern ALIAS = Pattern.compile("[a-z][a-z0-9._-]{0,62}");
        private static final Pattern REFERENCE = Pattern.compile("(?<name>" + NAME
                + ")@(?:(?<version>[1-9][0-9]{0,8})|sha256:" + "(?<digest>[0-9a-f]{64})|(?<alias>" + ALIAS + "))");

        private Syntax() {}
    }
}
