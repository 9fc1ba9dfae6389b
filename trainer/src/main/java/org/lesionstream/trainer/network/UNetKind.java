package org.lesionstream.trainer.network;

/** The names that a U-Net goes by. */
enum UNetKind {
    VALID("unet-valid", 64),
    SAME("unet-same", 64),
    VGG("unet-vgg", 32),
    UCTRANS("unet-uctrans", 64),
    UCTRANSNET("uctransnet", 64),
    UCTRANSNET_U2("uctransnet-u2", 64),
    PVT("unet-pvt", 64);

    private final String text;
    private final int base;

    UNetKind(String text, int base) {
        this.text = text;
        this.base = base;
    }

    String text() {
        return text;
    }

    /** Channels of the finest level, unless told otherwise. */
    int base() {
        return base;
    }

    /** What parts are called. */
    UNetNames names() {
        return switch (this) {
            case VALID -> UNetNames.VALID;
            case SAME, PVT -> UNetNames.SAME;
            case VGG -> UNetNames.VGG;
            case UCTRANS, UCTRANSNET, UCTRANSNET_U2 -> UNetNames.UCTRANSNET;
        };
    }

    /** Whether skips are the channel transformer. */
    boolean transformer() {
        return this == UCTRANSNET || this == UCTRANSNET_U2;
    }

    /** Whether blocks are those of UCTransNet, and decoders narrow on the way out of a level rather than into it. */
    boolean numbered() {
        return this == UCTRANS || transformer();
    }
}
