package org.lesionstream.worker.decode;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.lesionstream.schemas.message.ImageSource;

/**
 * Decodes every source once and hands it out again: what is left of a worker when fetching and decoding cost nothing. For
 * measurements only.
 *
 * <p>Jobs keep their own pixels, so the tiles of a measurement with and without decoding are the same. Holds at most {@value
 * #MOST} pictures in memory for good; sources beyond them are decoded each time.
 */
public final class RememberedPixels implements SourcePixels {

    static final int MOST = 64;

    private final SourcePixels pixels;
    private final Map<ImageSource, SourceContent> remembered = new ConcurrentHashMap<>();

    /** @param pixels asked once per source */
    public RememberedPixels(SourcePixels pixels) {
        this.pixels = pixels;
    }

    @Override
    public SourceContent prepare(ImageSource source) {
        SourceContent known = remembered.get(source);
        if (known != null) {
            return known;
        }
        SourceContent decoded = pixels.prepare(source);
        if (remembered.size() < MOST) {
            remembered.put(source, decoded);
        }
        return decoded;
    }
}
