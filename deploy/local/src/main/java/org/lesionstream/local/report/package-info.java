/**
 * What people read: lines on a terminal and pages that need nothing else.
 *
 * <p>In: words and numbers. Out: text, HTML. Depends on the JDK alone.
 */
package org.lesionstream.local.report;
