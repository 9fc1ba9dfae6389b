package org.lesionstream.worker.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.nifti.NiftiVolume;

class RecentVolumesTest {

    private final List<byte[]> read = new ArrayList<>();
    private final RecentVolumes recent = new RecentVolumes();

    @Test
    void readsAVolumeOnceForAllOfItsSlices() {
        NiftiVolume first = ask(1);

        assertThat(ask(1)).isSameAs(first);
        assertThat(ask(2)).isNotSameAs(first);
        assertThat(ask(1)).isSameAs(first);
        assertThat(read).hasSize(2);
    }

    @Test
    void forgetsTheVolumeThatNobodyAskedForLongest() {
        for (int seed = 0; seed <= RecentVolumes.MOST; seed++) {
            ask(seed);
            ask(1);
        }
        int before = read.size();

        ask(1);
        assertThat(read).hasSize(before);
        ask(0);
        assertThat(read).hasSize(before + 1);
    }

    private NiftiVolume ask(int seed) {
        return recent.of(NiftiFiles.volume(seed + 2), file -> {
            read.add(file);
            return NiftiVolume.read(file, DecodeLimits.DEFAULT);
        });
    }
}
