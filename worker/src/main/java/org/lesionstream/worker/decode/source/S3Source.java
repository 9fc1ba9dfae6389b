package org.lesionstream.worker.decode.source;

import java.net.URI;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.delivery.ImagePart;
import org.lesionstream.worker.failure.SegmentationException;

/** Objects of S3 buckets: {@code s3://bucket/key}. A location that ends in a slash is a series: the DICOM images whose keys begin with it. */
public final class S3Source implements SourceReader {

    private final S3Objects objects;
    private final DecodeLimits limits;

    public S3Source(S3Objects objects, DecodeLimits limits) {
        this.objects = objects;
        this.limits = limits;
    }

    @Override
    public Set<String> schemes() {
        return Set.of("s3");
    }

    @Override
    public byte[] read(URI location, String where) {
        return objects.read(address(location, where), where);
    }

    @Override
    public Optional<List<ImagePart>> images(URI location, String where) {
        S3Objects.Address prefix = address(location, where);
        if (!prefix.key().endsWith("/")) {
            return Optional.empty();
        }
        SeriesImages series = new SeriesImages(limits);
        Iterator<String> keys = objects.keys(prefix, where);
        while (keys.hasNext()) {
            String key = keys.next();
            if (!key.endsWith("/")) { // which some tools make for a folder
                series.add(prefix.at(key), objects.read(new S3Objects.Address(prefix.bucket(), key), where));
            }
        }
        return Optional.of(series.parts(where));
    }

    private static S3Objects.Address address(URI location, String where) {
        return S3Objects.Address.of(location)
                .filter(address -> !address.key().isEmpty())
                .orElseThrow(() -> new SegmentationException(FailureCode.SOURCE_NOT_ALLOWED, where));
    }
}
