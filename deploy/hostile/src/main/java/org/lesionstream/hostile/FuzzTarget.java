package org.lesionstream.hostile;

import java.util.Objects;

/** What Jazzer knows of us: it finds both methods by their names. One target a process. */
public final class FuzzTarget {

    private static Target target;

    private FuzzTarget() {}

    /** Called once, before any input, with the class of a list and a name in it. Loads what the reader needs: classes are instrumented then, at the price of more memory than an input may take. */
    public static void fuzzerInitialize(String[] arguments) throws Exception {
        target = Targets.named(arguments[0], arguments[1]);
        for (byte[] sound : target.sound()) {
            target.reader().read(sound.clone());
        }
    }

    /** Called for each input; what it throws is a finding. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        Objects.requireNonNull(target, "initialized").read(bytes);
    }
}
