package org.lesionstream.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.image.LabelMask;

class InstancePlaneTest {

    @Test
    void regionsOfEveryLabelAreObjects() {
        LabelMask mask = new LabelMask(3, 4, new byte[] {
            1, 0, 0, 1,
            0, 1, 0, 1,
            2, 2, 0, 0
        });

        assertThat(InstancePlane.ofRegions(mask).ids()).containsExactly(1, 0, 0, 2, 0, 1, 0, 2, 3, 3, 0, 0);
    }

    @Test
    void separatingClearsBothSidesOfATouch() {
        InstancePlane touching = new InstancePlane(3, 5, new int[] {
            1, 1, 0, 0, 0,
            1, 1, 2, 2, 2,
            0, 0, 2, 2, 2
        });

        InstancePlane apart = touching.separated();

        assertThat(apart.ids()).containsExactly(1, 0, 0, 0, 0, 1, 0, 0, 2, 2, 0, 0, 0, 2, 2);
        assertThat(apart.separated().ids()).isEqualTo(apart.ids());
    }

    @Test
    void refusesWhatIsNoPlane() {
        assertThatThrownBy(() -> new InstancePlane(0, 1, new int[0]))
                .hasMessage("height and width must be positive, were 0 and 1");
        assertThatThrownBy(() -> new InstancePlane(2, 2, new int[3])).hasMessage("ids must be 2 x 2, were 3");
        assertThatThrownBy(() -> new InstancePlane(1, 1, new int[] {-1}))
                .hasMessage("ids must not be negative, one was -1");
    }
}
