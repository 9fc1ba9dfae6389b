package org.lesionstream.trainer.weights;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The form of a PyTorch file from before version 1.6: pickles of a magic number, a protocol number, facts about the machine, the tensors and the keys of the
 * storages; then, key by key, the number of elements and the raw elements.
 */
final class LegacyArchive implements Storages, AutoCloseable {
    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final long PROTOCOL = 1001;

    private final FileChannel channel;
    private final Object root;
    private final Map<String, Long> starts = new HashMap<>(); // first byte of each storage

    /** Opens a file and reads everything but the elements. */
    LegacyArchive(Path file) throws IOException {
        this.channel = FileChannel.open(file);
        try {
            ByteBuffer head = read(0, (int) Math.min(channel.size(), PyTorchFile.LARGEST_PICKLE));
            TorchObjects objects = new TorchObjects();
            requireKnownForm(head, objects);
            this.root = Unpickler.read(head, objects);
            locate(Unpickler.read(head, objects), head.position(), objects.storages());
        } catch (IOException | RuntimeException unusable) {
            channel.close();
            throw unusable;
        }
    }

    private static void requireKnownForm(ByteBuffer head, TorchObjects objects) throws IOException {
        if (!MAGIC.equals(Unpickler.read(head, objects))) {
            throw new IOException("is a pickle, but not one of PyTorch");
        }
        Object protocol = Unpickler.read(head, objects);
        if (!Long.valueOf(PROTOCOL).equals(protocol)) {
            throw new IOException("has another form than that of protocol " + PROTOCOL);
        }
        Map<?, ?> machine = TorchObjects.as(Map.class, Unpickler.read(head, objects), "facts about the machine");
        if (!Boolean.TRUE.equals(machine.get("little_endian"))) {
            throw new IOException("was written by a machine that is not little endian");
        }
    }

    private void locate(Object keys, long begin, Map<String, StorageReference> storages) throws IOException {
        long at = begin;
        for (Object key : TorchObjects.as(List.class, keys, "keys of the storages")) {
            String name = TorchObjects.as(String.class, key, "key of a storage");
            StorageReference storage = storages.get(name);
            if (storage == null) {
                throw new IOException("storage " + Printable.of(name) + " belongs to no tensor");
            }
            long count = read(at, Long.BYTES).getLong();
            if (count != storage.count()) {
                throw new IOException("storage %s must have %d elements, has %d"
                        .formatted(Printable.of(name), storage.count(), count));
            }
            at += Long.BYTES;
            starts.put(name, at);
            at += storage.lengthInBytes();
            if (at > channel.size() || at < 0) {
                throw new IOException("storage " + Printable.of(name) + " is longer than the file");
            }
        }
    }

    /** What the pickle of the tensors holds. */
    Object root() {
        return root;
    }

    @Override
    public ByteBuffer read(StorageReference storage, long from, int length) throws IOException {
        Long start = starts.get(storage.key());
        if (start == null) {
            throw new IOException("storage " + Printable.of(storage.key()) + " is missing");
        }
        return read(start + from, length);
    }

    private ByteBuffer read(long from, int length) throws IOException {
        if (from + length > channel.size()) {
            throw new IOException("ends early");
        }
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, from + bytes.position()) < 0) {
                throw new IOException("ends early");
            }
        }
        return bytes.flip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
