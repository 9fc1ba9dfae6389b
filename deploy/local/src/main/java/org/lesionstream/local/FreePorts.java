package org.lesionstream.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Loopback ports that nobody listens on.
 *
 * <p>A port is free when it is asked for; another process may take it before it is used, which the listener then reports.
 * Remembered ports are written beside the data they belong to, so that a server comes back under the address that its clients know.
 */
final class FreePorts {

    private FreePorts() {}

    /** The ports written in the file; where the file is absent, new ports that are different from each other, written there. */
    static List<Integer> remembered(Path file, int count) {
        try {
            if (Files.exists(file)) {
                return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                        .map(Integer::valueOf)
                        .toList();
            }
            List<Integer> ports = find(count);
            Files.write(file, ports.stream().map(String::valueOf).toList(), StandardCharsets.UTF_8);
            return ports;
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot read or write the ports in " + file, failure);
        }
    }

    /** New ports; all are held open together before the first is released, so no two are equal. */
    static List<Integer> find(int count) throws IOException {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : held) {
                socket.close();
            }
        }
    }
}
