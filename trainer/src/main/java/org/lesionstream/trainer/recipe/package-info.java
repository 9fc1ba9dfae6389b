/**
 * Recipes: every number of a training run, each with the source it was taken from.
 *
 * <p>In: a recipe file, one per paper, and what a user overrides. Out: a {@link org.lesionstream.trainer.recipe.Recipe} whose settings are plain text; what a text means is
 * decided where it is used. May depend on the JDK and Jackson only.
 */
package org.lesionstream.trainer.recipe;
