package org.lesionstream.hostile;

import java.util.Arrays;
import java.util.Random;

/** Files that were damaged on purpose, each by a seed that is told where one of them does harm. */
public final class Mutations {

    private static final byte[] EXTREMES = {0, 1, 0x7f, (byte) 0x80, (byte) 0xfe, (byte) 0xff};

    private Mutations() {}

    /**
     * Lets a target read its sound input, which it must not refuse, and damaged copies of it.
     *
     * @param count copies of each input
     * @throws AssertionError if the target breaks its promise, naming the seed
     */
    public static void survive(Target target, int count) {
        long seed = 0;
        for (byte[] sound : target.sound()) {
            accept(target, sound);
            for (long last = seed + count; seed < last; seed++) {
                try {
                    target.read(damaged(sound, new Random(seed)));
                } catch (AssertionError broken) {
                    throw new AssertionError("seed " + seed + ": " + broken.getMessage(), broken);
                }
            }
        }
    }

    private static void accept(Target target, byte[] sound) {
        try {
            target.reader().read(sound.clone());
        } catch (Exception refused) {
            throw new AssertionError(target + " refuses sound input", refused);
        }
    }

    private static byte[] damaged(byte[] sound, Random random) {
        byte[] bytes = sound.clone();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes && bytes.length > 0; i++) {
            bytes = changed(bytes, random);
        }
        return bytes;
    }

    private static byte[] changed(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length);
        int end = Math.min(bytes.length, at + 1 + random.nextInt(8));
        switch (random.nextInt(7)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[at] = (byte) random.nextInt(256);
            case 2 -> Arrays.fill(bytes, at, end, EXTREMES[random.nextInt(EXTREMES.length)]);
            case 3 -> System.arraycopy(bytes, random.nextInt(bytes.length - (end - at) + 1), bytes, at, end - at);
            case 4 -> {
                return Arrays.copyOf(bytes, at);
            }
            case 5 -> {
                return joined(bytes, at, bytes, end); // without some
            }
            default -> {
                return joined(bytes, end, bytes, at); // some twice
            }
        }
        return bytes;
    }

    private static byte[] joined(byte[] head, int headEnd, byte[] tail, int tailBegin) {
        byte[] joined = Arrays.copyOf(head, headEnd + tail.length - tailBegin);
        System.arraycopy(tail, tailBegin, joined, headEnd, tail.length - tailBegin);
        return joined;
    }
}
