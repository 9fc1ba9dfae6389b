package org.lesionstream.worker.decode.source;

import java.net.URI;
import java.util.Set;
import org.lesionstream.schemas.image.DecodeLimits;

/** Pictures on web servers of the allow-list. */
public final class HttpSource implements SourceReader {

    private final HttpDoor door;

    /** @param limits of one picture */
    public HttpSource(HttpSettings settings, DecodeLimits limits) {
        this.door = new HttpDoor(settings, limits.maxBytes());
    }

    @Override
    public Set<String> schemes() {
        return Set.of("http", "https");
    }

    @Override
    public byte[] read(URI location, String where) {
        return door.get(location, "*/*", where).body();
    }
}
