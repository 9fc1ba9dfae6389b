/**
 * Where pictures come from: files below allowed folders, web servers on an allow-list, and archives that speak DICOMweb (PS3.18).
 *
 * <p>In: a location. Out: its bytes, counted while they come, or the locations of the images that it stands for. Everything that goes wrong has a
 * code: what may not be read, what is not there, and what did not answer, which alone is worth another attempt.
 */
package org.lesionstream.worker.decode.source;
