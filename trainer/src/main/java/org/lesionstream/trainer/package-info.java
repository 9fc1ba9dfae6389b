/** Placeholder page. */
package org.lesionstream.trainer;
