package org.lesionstream.worker.decode;

import java.lang.ref.SoftReference;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Function;
import org.lesionstream.schemas.nifti.NiftiVolume;

/**
 * The volumes whose slices were asked for last: the jobs of a volume's slices come one after the other, each with the whole file, which would be
 * inflated and looked through once for each of them.
 *
 * <p>A volume is found again by its file, byte by byte, so no two can be mistaken for each other. Keeps at most {@value #MOST}, and none that the
 * memory is needed for. Thread-safe; two threads may read the same volume at the same time.
 */
final class RecentVolumes {
    static final int MOST = 4;

    @SuppressWarnings("ArrayRecordComponent") // compared by content, and only there
    private record Entry(byte[] file, NiftiVolume volume) {}

    private final Deque<SoftReference<Entry>> recent = new ArrayDeque<>();

    /** @param reader asked for a file that is not among the recent ones */
    NiftiVolume of(byte[] file, Function<byte[], NiftiVolume> reader) {
        Optional<NiftiVolume> known = find(file);
        if (known.isPresent()) {
            return known.get();
        }
        NiftiVolume volume = reader.apply(file);
        if (volume.header().shape().frames() > 1) {
            keep(new Entry(file, volume));
        }
        return volume;
    }

    private synchronized Optional<NiftiVolume> find(byte[] file) {
        for (SoftReference<Entry> reference : recent) {
            Entry entry = reference.get();
            if (entry != null && Arrays.equals(entry.file(), file)) {
                recent.remove(reference);
                recent.addFirst(reference);
                return Optional.of(entry.volume());
            }
        }
        return Optional.empty();
    }

    private synchronized void keep(Entry entry) {
        recent.removeIf(reference -> reference.get() == null);
        recent.addFirst(new SoftReference<>(entry));
        if (recent.size() > MOST) {
            recent.removeLast();
        }
    }
}
