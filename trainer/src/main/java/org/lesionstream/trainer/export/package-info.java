/**
 * From a trained block to the files that a worker loads.
 */
package org.lesionstream.trainer.export;
