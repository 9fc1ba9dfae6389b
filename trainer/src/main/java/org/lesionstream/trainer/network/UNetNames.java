package org.lesionstream.trainer.network;

import java.util.Locale;

/**
 * What the parts of a U-Net are called in the published code that it equals.
 *
 * <p>Patterns may use the level l, counted from 1, the finest ({@code %1$d}), l - 1 ({@code %2$d}) and the number of the step up, counted from the deepest
 * ({@code %3$d}).
 *
 * @param first the block of level 1
 * @param down the blocks below
 * @param doubling what doubles the size on the way up to a level
 * @param up the block there
 * @param head the last convolution
 */
record UNetNames(String first, String down, String doubling, String up, String head) {
    static final UNetNames VALID = new UNetNames("enc1", "enc%1$d", "up%1$d", "dec%1$d", "out");
    static final UNetNames SAME =
            new UNetNames("inc", "down%2$d.maxpool_conv.1", "up%3$d.up", "up%3$d.conv", "outc.conv");
    static final UNetNames VGG = new UNetNames("conv0_0", "conv%2$d_0", "up%2$d_%3$d", "conv%2$d_%3$d", "final");
    static final UNetNames UCTRANSNET = new UNetNames("inc", "down%2$d", "up%1$d.up", "up%1$d", "outc");

    String encoder(int level) {
        return level == 1 ? first : print(down, level, 0);
    }

    String doubling(int level, int levels) {
        return print(doubling, level, levels - level);
    }

    String up(int level, int levels) {
        return print(up, level, levels - level);
    }

    private static String print(String pattern, int level, int step) {
        return String.format(Locale.ROOT, pattern, level, level - 1, step);
    }
}
