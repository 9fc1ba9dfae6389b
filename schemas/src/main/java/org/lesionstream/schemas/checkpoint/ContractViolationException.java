package org.lesionstream.schemas.checkpoint;

/**
 * A document that is not what its contract says.
 *
 * <p>Names the place of the fault and never the value found there, which may be a person's name. For the same reason it has no
 * cause: parsers quote what they read.
 */
public final class ContractViolationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean json;
    private final String pointer;

    private ContractViolationException(String contract, boolean json, String pointer) {
        super((json ? "violates " : "is not one JSON document, as wanted by ") + contract + " at "
                + (pointer.isEmpty() ? "the document" : pointer));
        this.json = json;
        this.pointer = pointer;
    }

    static ContractViolationException notJson(String contract) {
        return new ContractViolationException(contract, false, "");
    }

    static ContractViolationException at(String contract, String pointer) {
        return new ContractViolationException(contract, true, pointer);
    }

    /** Whether it was JSON at all. */
    public boolean json() {
        return json;
    }

    /** JSON pointer (RFC 6901) of the fault; empty for the whole document. */
    public String pointer() {
        return pointer;
    }
}
