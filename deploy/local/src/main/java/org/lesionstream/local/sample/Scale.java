package org.lesionstream.local.sample;

import java.util.List;

/**
 * The checkpoint that the bench makes for itself, and phantoms to go with it.
 *
 * @param network as the trainer names it
 * @param tile rows and columns of one network input
 * @param sides of the phantom pictures in pixels, each as often as it is wanted, small ones most as in real archives
 */
public record Scale(String network, int tile, List<Integer> sides) {

    /** U-Net with 32 to 512 channels on 256 x 256 tiles. */
    public static final Scale FULL = new Scale(
            "unet-same:base=32",
            256,
            List.of(
                    256, 256, 256, 256, 256, 256, 256, 256, 384, 384, 384, 384, 512, 512, 512, 512, 768, 768, 1024,
                    1024));

    /** U-Net with 8 to 128 channels on 64 x 64 tiles, for runs with very many jobs. */
    public static final Scale SMALL =
            new Scale("unet-same:base=8", 64, List.of(64, 64, 64, 64, 64, 64, 96, 96, 96, 128, 128, 128));

    public Scale {
        sides = List.copyOf(sides);
    }

    /** The same pictures for another network. */
    public Scale with(String otherNetwork) {
        return new Scale(otherNetwork, tile, sides);
    }
}
