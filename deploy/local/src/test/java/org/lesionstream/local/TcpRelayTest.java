package org.lesionstream.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpRelayTest {

    private static final int LIMIT_MILLIS = 10_000;

    private final TcpRelay relay = TcpRelay.listen();
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        server.setSoTimeout(LIMIT_MILLIS);
        relay.passOnTo(server.getLocalPort());
    }

    @AfterEach
    void close() throws IOException {
        relay.close();
        server.close();
    }

    @Test
    void passesBytesBothWays() throws IOException {
        try (Socket client = client();
                Socket accepted = server.accept()) {
            client.getOutputStream().write(7);
            assertThat(accepted.getInputStream().read()).isEqualTo(7);
            accepted.getOutputStream().write(8);
            assertThat(client.getInputStream().read()).isEqualTo(8);
        }
    }

    @Test
    void breaksConnectionsAndRefusesNewOnesUntilItIsHealed() throws IOException {
        try (Socket client = client();
                Socket accepted = server.accept()) {
            relay.cut();
            assertThat(ended(client)).isTrue();
            assertThat(ended(accepted)).isTrue();
        }
        try (Socket turnedAway = client()) {
            assertThat(ended(turnedAway)).isTrue();
        }
        relay.heal();
        passesBytesBothWays();
    }

    @Test
    void holdsBytesBackWhileItIsSlow() throws IOException {
        try (Socket client = client();
                Socket accepted = server.accept()) {
            Duration delay = Duration.ofMillis(200);
            relay.slow(delay);
            long start = System.nanoTime();
            client.getOutputStream().write(7);
            assertThat(accepted.getInputStream().read()).isEqualTo(7);
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(delay.toNanos());
        }
    }

    private Socket client() throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), relay.port());
        client.setSoTimeout(LIMIT_MILLIS);
        return client;
    }

    private static boolean ended(Socket socket) throws IOException {
        try {
            socket.setSoTimeout(LIMIT_MILLIS);
            return socket.getInputStream().read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }
}
