/** Hand-made doubles, builders and fixtures of the worker's tests. */
package org.lesionstream.worker.testing;
