/** Placeholder page. */
package org.lesionstream.worker;
