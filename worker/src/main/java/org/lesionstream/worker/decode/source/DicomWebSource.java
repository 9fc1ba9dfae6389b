package org.lesionstream.worker.decode.source;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.delivery.ImagePart;
import org.lesionstream.worker.failure.SegmentationException;

/**
 * Images in archives that speak DICOMweb, by WADO-RS (PS3.18, section 10.4): {@code dicomweb+https://host/…/studies/S/series/E} is a whole series,
 * {@code …/instances/I} one of its objects and {@code …/instances/I/frames/N} a frame of that.
 *
 * <p>Objects are asked for as they are stored, so that no archive has to recode them; one that no decoder here reads is asked for once more, as
 * explicit little endian.
 */
public final class DicomWebSource implements SourceReader {
    private static final String PREFIX = "dicomweb+";
    private static final String UID = "[0-9.]{1,64}";
    private static final Pattern PATH = Pattern.compile("(?<series>.*/studies/" + UID + "/series/" + UID + ")"
            + "(?<instance>/instances/" + UID + ")?(/frames/(?<frame>[1-9][0-9]{0,8}))?/?");

    private static final String OBJECT = "multipart/related; type=\"application/dicom\"; transfer-syntax=";
    private static final String AS_STORED = OBJECT + "*";
    private static final String EXPLICIT_LITTLE_ENDIAN = OBJECT + "1.2.840.10008.1.2.1";

    private final HttpDoor door;
    private final DecodeLimits limits;

    /** @param limits of one object, and of the list of the objects of a series */
    public DicomWebSource(HttpSettings settings, DecodeLimits limits) {
        this.door = new HttpDoor(settings, limits.maxBytes());
        this.limits = limits;
    }

    @Override
    public Set<String> schemes() {
        return Set.of("dicomweb+http", "dicomweb+https");
    }

    @Override
    public byte[] read(URI location, String where) {
        return object(location, AS_STORED, where);
    }

    @Override
    public Optional<byte[]> readUncompressed(URI location, String where) {
        return Optional.of(object(location, EXPLICIT_LITTLE_ENDIAN, where));
    }

    @Override
    public Optional<List<ImagePart>> images(URI location, String where) {
        Matcher path = path(location, where);
        if (path.group("instance") == null) {
            return Optional.of(series(location, where));
        }
        if (path.group("frame") == null) {
            return Optional.empty();
        }
        URI instance = at(location, path.group("series") + path.group("instance"), location.getScheme());
        OptionalInt frame = OptionalInt.of(Integer.parseInt(path.group("frame")));
        return Optional.of(List.of(new ImagePart(Optional.of(instance), frame, Optional.empty())));
    }

    private List<ImagePart> series(URI location, String where) {
        String series = path(location, where).group("series");
        HttpDoor.Answer answer = door.get(web(location, series + "/metadata"), "application/dicom+json", where);
        SeriesImages images = new SeriesImages(limits);
        for (SeriesMetadata.Entry entry : SeriesMetadata.read(answer.body(), where)) {
            images.add(new SeriesImages.Instance(
                    at(location, series + "/instances/" + entry.instanceUid(), location.getScheme()),
                    entry.frames(),
                    entry.plane()));
        }
        return images.parts(where);
    }

    private byte[] object(URI location, String accept, String where) {
        Matcher path = path(location, where);
        if (path.group("instance") == null || path.group("frame") != null) {
            throw new SegmentationException(FailureCode.MANY_IMAGES, where);
        }
        HttpDoor.Answer answer = door.get(web(location, path.group("series") + path.group("instance")), accept, where);
        return MultipartBody.firstPart(answer.body(), answer.contentType())
                .orElseThrow(() -> new SegmentationException(FailureCode.IMAGE_DAMAGED, where));
    }

    private static Matcher path(URI location, String where) {
        Matcher path = PATH.matcher(location.getRawPath() == null ? "" : location.getRawPath());
        if (!path.matches() || (path.group("frame") != null && path.group("instance") == null)) {
            throw new SegmentationException(FailureCode.SOURCE_NOT_FOUND, where);
        }
        return path;
    }

    private static URI web(URI location, String path) {
        return at(location, path, location.getScheme().substring(PREFIX.length()));
    }

    private static URI at(URI location, String path, String scheme) {
        return URI.create(scheme + "://" + location.getRawAuthority() + path);
    }
}
