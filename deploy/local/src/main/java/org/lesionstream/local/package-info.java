/** Placeholder page. */
package org.lesionstream.local;
