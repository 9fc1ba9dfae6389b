package org.lesionstream.worker.sink;

import java.util.List;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.decode.source.S3Objects;
import org.lesionstream.worker.failure.SegmentationException;

/** Objects of an S3 bucket, below a prefix. */
public final class BucketSink implements ResultSink {
    private static final String WHERE = "sink";

    private final S3Objects objects;
    private final String bucket;
    private final String prefix;

    /** @param place the bucket, with a prefix as its key; a bucket alone has an empty one */
    public BucketSink(S3Objects objects, S3Objects.Address place) {
        this.objects = objects;
        this.bucket = place.bucket();
        this.prefix = place.key().isEmpty() || place.key().endsWith("/") ? place.key() : place.key() + "/";
    }

    @Override
    public boolean takes(String mediaType) {
        return true;
    }

    @Override
    public void put(String folder, List<ResultFile> files) {
        for (ResultFile file : files) {
            S3Objects.Address address = new S3Objects.Address(bucket, prefix + folder + "/" + file.name());
            try {
                objects.write(address, file.content(), file.mediaType(), WHERE);
            } catch (SegmentationException e) { // a wrong key, too: it says nothing about the files, and can be mended
                throw new SegmentationException(FailureCode.RESULT_SINK_UNAVAILABLE, WHERE, e);
            }
        }
    }
}
