/**
 * Where the results of closed cases go beside the tables, in the format of their pictures: DICOM Segmentation and report, a NIfTI label volume, or PNG.
 *
 * <p>{@link org.lesionstream.worker.sink.CaseResults} makes the files, a {@link org.lesionstream.worker.sink.ResultSink} takes them: a folder, a bucket
 * or an archive. {@link org.lesionstream.worker.sink.SinkDrain} does so for one case after the other, and keeps what did not succeed for later.
 */
package org.lesionstream.worker.sink;
