package org.lesionstream.worker.decode;

import java.util.List;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.image.PixelGrid;

/** Several grey pictures of one anatomy as the channels of one grid, as modalities or sequences of a study come. */
final class ChannelStack {

    private ChannelStack() {}

    /** Whether the two can be channels of one grid: equal size, sample type and meaning of a sample. */
    static boolean fits(PixelGrid first, PixelGrid other) {
        return first.height() == other.height()
                && first.width() == other.width()
                && first.type() == other.type()
                && first.rescale().equals(other.rescale());
    }

    /** @param channels grey grids that fit each other, at least one; the first one's spacing holds for all */
    static PixelGrid of(List<PixelGrid> channels) {
        PixelGrid first = channels.get(0);
        int sampleBytes = first.type().bytesPerSample();
        int pixels = first.height() * first.width();
        byte[] samples = new byte[Math.multiplyExact(pixels * sampleBytes, channels.size())];
        for (int channel = 0; channel < channels.size(); channel++) {
            byte[] grey = channels.get(channel).samples();
            for (int pixel = 0; pixel < pixels; pixel++) {
                int from = pixel * sampleBytes;
                int to = (pixel * channels.size() + channel) * sampleBytes;
                for (int i = 0; i < sampleBytes; i++) {
                    samples[to + i] = grey[from + i];
                }
            }
        }
        return new PixelGrid(
                first.height(),
                first.width(),
                channels.size(),
                first.type(),
                first.rescale(),
                samples,
                first.spacing());
    }

    /** SHA-256 over the digests, 32 bytes each, in the order of the channels. */
    static Digest digest(List<Digest> channels) {
        byte[] all = new byte[32 * channels.size()];
        for (int i = 0; i < channels.size(); i++) {
            System.arraycopy(channels.get(i).bytes(), 0, all, 32 * i, 32);
        }
        return Digest.of(all);
    }
}
