package org.lesionstream.worker.decode.source;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntToLongFunction;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.failure.SegmentationException;

/**
 * The one way out to web servers.
 *
 * <ul>
 *   <li>Only servers of the allow-list are asked, and no redirect is followed, wherever it leads.
 *   <li>A name that means an address of this link, of a group, or of a cloud's metadata is refused, also on the allow-list.
 *   <li>Bytes are counted as they come, and a request has one time limit from its begin to its last byte.
 *   <li>Connections are kept and shared by all threads.
 * </ul>
 */
public final class HttpDoor {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int OK = 200;

    /** Where clouds tell machines their secrets, beside the link-local 169.254.169.254. */
    private static final Set<String> METADATA = Set.of("fd00:ec2:0:0:0:0:0:254", "100.100.100.200", "168.63.129.16");

    private final HttpSettings settings;
    private final long maxBytes;
    private final HttpClient client = HttpClient.newBuilder()
            .version(
                    HttpClient.Version
                            .HTTP_1_1) // an archive with HTTP/2 upgrades on plain text is hard to find, one that fails
            // at them is not
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .build();

    /** @param maxBytes of one answer */
    public HttpDoor(HttpSettings settings, long maxBytes) {
        this.settings = settings;
        this.maxBytes = maxBytes;
    }

    /**
     * An answer.
     *
     * @param status of HTTP
     * @param contentType as the server says it; empty if it says nothing
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on at once; nobody compares answers
    public record Answer(int status, byte[] body, String contentType) {}

    /**
     * Fetches what lies at a location.
     *
     * @param accept value of the header of that name
     * @throws SegmentationException as {@link SourceReader} says
     */
    Answer get(URI location, String accept, String where) {
        Answer answer =
                send(request(location, accept, where).GET().build(), status -> status == OK ? maxBytes : 0, where);
        if (answer.status() != OK) {
            throw new SegmentationException(SourceFailure.ofStatus(answer.status()), where);
        }
        return answer;
    }

    /**
     * Sends something to a location.
     *
     * @param contentType value of the header of that name
     * @param accept value of the header of that name
     * @return what the server says to it, whatever that is
     * @throws SegmentationException as {@link SourceReader} says, if it says nothing
     */
    public Answer post(URI location, String contentType, byte[] content, String accept, String where) {
        HttpRequest request = request(location, accept, where)
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofByteArray(content))
                .build();
        return send(request, status -> maxBytes, where);
    }

    private HttpRequest.Builder request(URI location, String accept, String where) {
        if (!settings.allows(location)) {
            throw new SegmentationException(FailureCode.SOURCE_NOT_ALLOWED, where);
        }
        checkAddresses(location.getHost(), where);
        HttpRequest.Builder request = HttpRequest.newBuilder(location).header("Accept", accept);
        settings.authorization().ifPresent(secret -> request.header("Authorization", secret));
        return request;
    }

    /** @param wanted most bytes of an answer with a status; none: its body is dropped */
    private Answer send(HttpRequest request, IntToLongFunction wanted, String where) {
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request, head -> new BoundedBody(wanted.applyAsLong(head.statusCode()), where));
        try {
            HttpResponse<byte[]> response = answer.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(
                    response.statusCode(),
                    response.body(),
                    response.headers().firstValue("Content-Type").orElse(""));
        } catch (ExecutionException e) {
            throw SourceFailure.of(e, FailureCode.SOURCE_UNREADABLE, where);
        } catch (TimeoutException e) {
            throw new SegmentationException(FailureCode.SOURCE_UNREADABLE, where, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SegmentationException(FailureCode.SOURCE_UNREADABLE, where, e);
        } finally {
            answer.cancel(true); // closes the connection of an answer that nobody waits for any more
        }
    }

    private static void checkAddresses(String host, String where) {
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (forbidden(address)) {
                    throw new SegmentationException(FailureCode.SOURCE_NOT_ALLOWED, where);
                }
            }
        } catch (UnknownHostException e) {
            throw new SegmentationException(FailureCode.SOURCE_UNREADABLE, where, e);
        }
    }

    static boolean forbidden(InetAddress address) {
        String text = address.getHostAddress();
        String plain =
                address instanceof Inet6Address && text.contains("%") ? text.substring(0, text.indexOf('%')) : text;
        return address.isLinkLocalAddress()
                || address.isMulticastAddress()
                || address.isAnyLocalAddress()
                || METADATA.contains(plain);
    }
}
