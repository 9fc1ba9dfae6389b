/** Placeholder page. */
package org.lesionstream.schemas;
