package org.lesionstream.local;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Passes bytes between clients and one server of this machine, and disturbs that when told to: a network that can be cut or made slow.
 *
 * <ul>
 *   <li>Cut: open connections are closed at once, in the middle of whatever was under way, and new ones right after they were accepted.
 *   <li>Slow: every piece of up to {@value #PIECE} bytes waits before it is passed on, in both directions.
 *   <li>Thread-safe. Bytes are never changed, lost in between or passed twice.
 * </ul>
 */
public final class TcpRelay implements AutoCloseable {

    private static final int PIECE = 16 * 1024;

    private final ServerSocket door;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int target; // guarded by lock, as is all below
    private boolean cut;
    private Duration delay = Duration.ZERO;

    private TcpRelay(ServerSocket door) {
        this.door = door;
    }

    /** Listens on a free port. Clients are turned away until {@link #passOnTo}. */
    public static TcpRelay listen() {
        try {
            TcpRelay relay = new TcpRelay(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            relay.cut = true;
            daemon(relay::accept, "relay " + relay.port());
            return relay;
        } catch (IOException failure) {
            throw new UncheckedIOException("No free port for a relay", failure);
        }
    }

    /** Where clients come. */
    public int port() {
        return door.getLocalPort();
    }

    /** Lets clients through to the server at that port. */
    public void passOnTo(int port) {
        lock.lock();
        try {
            target = port;
        } finally {
            lock.unlock();
        }
        heal();
    }

    /** Closes every connection, and every new one until {@link #heal}. */
    public void cut() {
        disturb(true, Duration.ZERO);
        open.forEach(TcpRelay::close);
    }

    /** Holds every piece of bytes back for so long until {@link #heal}. */
    public void slow(Duration perPiece) {
        disturb(false, perPiece);
    }

    /** Ends every disturbance; what is held back goes on at once. */
    public void heal() {
        disturb(false, Duration.ZERO);
    }

    @Override
    public void close() {
        close(door);
        cut();
    }

    private void disturb(boolean cutting, Duration perPiece) {
        lock.lock();
        try {
            cut = cutting;
            delay = perPiece;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        try {
            while (!door.isClosed()) {
                connect(door.accept());
            }
        } catch (IOException closed) {
            cut(); // nobody comes in any more
        }
    }

    private void connect(Socket client) {
        open.add(client);
        int port = wayIn();
        if (port == 0) {
            end(client);
            return;
        }
        try {
            Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
            open.add(server);
            if (wayIn() == 0) { // cut before it was known to be open
                end(client);
                end(server);
                return;
            }
            daemon(() -> pass(client, server), "relay in " + port);
            daemon(() -> pass(server, client), "relay out " + port);
        } catch (IOException away) {
            end(client); // the server is not there, and the client sees what it would see without a relay
        }
    }

    /** The server's port, or 0 while nobody gets through. */
    private int wayIn() {
        lock.lock();
        try {
            return cut ? 0 : target;
        } finally {
            lock.unlock();
        }
    }

    private void pass(Socket from, Socket to) {
        byte[] piece = new byte[PIECE];
        try {
            to.setTcpNoDelay(true);
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                holdBack();
                out.write(piece, 0, read);
            }
        } catch (IOException ended) {
            // Either side has gone or the relay was cut; below both learn of it.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            end(from);
            end(to);
        }
    }

    private void holdBack() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = delay.toNanos();
            while (left > 0 && !delay.isZero()) {
                left = changed.await(left, TimeUnit.NANOSECONDS) ? left : 0;
            }
        } finally {
            lock.unlock();
        }
    }

    private void end(Socket socket) {
        close(socket);
        open.remove(socket);
    }

    private static void close(Closeable socket) {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            // Closing is all that was wanted of it.
        }
    }

    private static void daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
