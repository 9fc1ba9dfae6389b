package org.lesionstream.trainer.export;

import java.io.IOException;

/**
 * A TorchScript module that another program wrote, carried unchanged inside of a module that is written here.
 *
 * <p>The module around it has it as its attribute {@code model}; a graph calls it by a node with the operator {@link #CALL}, which takes one tensor and gives
 * one tensor of 32-bit floats.
 */
public interface EmbeddedModule {

    /** Operator of the node that calls the embedded module: a method of the module around it. */
    String CALL = "self::answer";

    /** Its class, such as {@code __torch__.Net}. */
    String type();

    /** Which part of its answer counts, as TorchScript puts it behind a value: nothing, {@code [0]} or {@code ["out"]}. */
    String part();

    /** The steps of a pickle that leave the module on the stack, without the header and the end of the program. */
    byte[] program();

    /** Stores everything of its archive but {@code data.pkl}: format version, constants, source and numbers. */
    void copyTo(StoredArchive archive) throws IOException;
}
