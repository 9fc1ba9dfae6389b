package org.lesionstream.trainer.weights;

/**
 * Where the elements of tensors lie: a named run of them outside of the pickle, which several tensors may share.
 *
 * @param type of the elements
 * @param key name of the run in its file
 * @param count number of the elements, as the pickle says
 */
record StorageReference(StoredType type, String key, long count) {
    StorageReference {
        if (count < 0 || count > Long.MAX_VALUE / Double.BYTES) {
            throw new IllegalArgumentException("storage " + Printable.of(key) + " has " + count + " elements");
        }
    }

    /** Length of the run. */
    long lengthInBytes() {
        return count * type.bytes();
    }
}
