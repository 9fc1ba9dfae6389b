/**
 * Choices as text: how recipes and options write a loss, an augmentation, an optimizer or a schedule.
 *
 * <p>In: {@code name:key=value,key=value}. Out: a name with its checked numbers. What they mean is the affair of the package that reads them. May depend
 * on the JDK only.
 */
package org.lesionstream.trainer.term;
