package org.lesionstream.schemas.checkpoint;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * {@code lineage.json} of a version: what it was made from. The program that made it is the producer in its manifest.
 *
 * <ul>
 *   <li>Parents are named by digest as well, so a lineage cannot be changed without changing every digest after it.
 *   <li>What is exported anew inherits data and recipe of its parent: the weights are the same.
 *   <li>Workers do not read it.
 * </ul>
 *
 * @param origin how it came about
 * @param parents what it was made from: none for {@code trained}, {@code imported} and {@code adopted}, one for {@code tuned} and {@code exported},
 *     several for {@code ensembled}
 * @param data digest of the data that taught it, where it is known
 * @param recipe what it was trained by, where it is known
 * @param weights digest of {@code weights.safetensors} beside it, where there are any
 */
public record Lineage(
        Origin origin,
        List<CheckpointIdentity> parents,
        Optional<Digest> data,
        Optional<Recipe> recipe,
        Optional<Digest> weights) {

    private static final JsonContract<Lineage> CONTRACT = new JsonContract<>(Lineage.class, "checkpoint-lineage.v1");

    /** How a version comes about. */
    public enum Origin {
        /** From weights that were drawn. */
        TRAINED,
        /** From the weights of another version, by more training. */
        TUNED,
        /** From the weights of another version as they are, with other files or rules. */
        EXPORTED,
        /** From several versions that answer together. */
        ENSEMBLED,
        /** From weights that were trained elsewhere. */
        IMPORTED,
        /** From a whole module that was made elsewhere. */
        ADOPTED
    }

    /**
     * Which recipe.
     *
     * @param name for people
     * @param digest of everything it says
     */
    public record Recipe(String name, Digest digest) {
        public Recipe {
            if (name.isBlank()) {
                throw new IllegalArgumentException("name must not be blank");
            }
        }
    }

    public Lineage {
        parents = List.copyOf(parents);
        boolean fits =
                switch (origin) {
                    case TRAINED, IMPORTED, ADOPTED -> parents.isEmpty();
                    case TUNED, EXPORTED -> parents.size() == 1;
                    case ENSEMBLED -> parents.size() > 1;
                };
        if (!fits || new HashSet<>(parents).size() < parents.size()) {
            throw new IllegalArgumentException(
                    "parents must be none, one or several different ones, as the origin wants, were " + parents.size()
                            + " for " + origin);
        }
    }

    /** Of a version that was trained from the start. */
    public static Lineage trained(Digest data, Optional<Recipe> recipe) {
        return new Lineage(Origin.TRAINED, List.of(), Optional.of(data), recipe, Optional.empty());
    }

    /** Of a version that was trained from the weights of another one; the data is what taught it last. */
    public static Lineage tuned(CheckpointIdentity parent, Digest data, Optional<Recipe> recipe) {
        return new Lineage(Origin.TUNED, List.of(parent), Optional.of(data), recipe, Optional.empty());
    }

    /**
     * Of a version with the weights of another one.
     *
     * @param data of the parent
     * @param recipe of the parent
     */
    public static Lineage exported(CheckpointIdentity parent, Optional<Digest> data, Optional<Recipe> recipe) {
        return new Lineage(Origin.EXPORTED, List.of(parent), data, recipe, Optional.empty());
    }

    /**
     * Of a version that lets several others answer together.
     *
     * @param data where all of them were taught by the same
     */
    public static Lineage ensembled(List<CheckpointIdentity> members, Optional<Digest> data) {
        return new Lineage(Origin.ENSEMBLED, members, data, Optional.empty(), Optional.empty());
    }

    /** Of a version with weights that were trained elsewhere. */
    public static Lineage imported() {
        return new Lineage(Origin.IMPORTED, List.of(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Of a version around a module that was made elsewhere. */
    public static Lineage adopted() {
        return new Lineage(Origin.ADOPTED, List.of(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The same lineage, vouching for a file of weights. */
    public Lineage withWeights(Digest digest) {
        return new Lineage(origin, parents, data, recipe, Optional.of(digest));
    }

    /**
     * Reads {@code lineage.json}.
     *
     * @throws ContractViolationException if it is none
     */
    public static Lineage parse(byte[] json) {
        return CONTRACT.read(json);
    }

    /** The lineage as indented JSON. */
    public byte[] print() {
        return CONTRACT.writeIndented(this);
    }
}
