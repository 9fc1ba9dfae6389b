package org.lesionstream.worker.decode.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The body of an answer of type {@code multipart/related} (RFC 2387), of which the first part is what was asked for. */
final class MultipartBody {
    private static final Pattern BOUNDARY =
            Pattern.compile("boundary=(?:\"([^\"]{1,70})\"|([^;\\s]{1,70}))", Pattern.CASE_INSENSITIVE);
    private static final byte[] HEADERS_END = "\r\n\r\n".getBytes(ISO_8859_1);

    private MultipartBody() {}

    /**
     * The content of the first part, or the body itself where it has no parts.
     *
     * @param contentType the header of that name
     * @return empty if the body is not what the header says
     */
    static Optional<byte[]> firstPart(byte[] body, String contentType) {
        if (!contentType.toLowerCase(Locale.ROOT).startsWith("multipart/")) {
            return Optional.of(body);
        }
        Matcher named = BOUNDARY.matcher(contentType);
        if (!named.find()) {
            return Optional.empty();
        }
        String name = named.group(1) == null ? named.group(2) : named.group(1);
        int opening = indexOf(body, ("--" + name).getBytes(ISO_8859_1), 0);
        int headersEnd = opening < 0 ? -1 : indexOf(body, HEADERS_END, opening);
        // from the empty line's first break on, since a part of no bytes ends with its second
        int closing = headersEnd < 0 ? -1 : indexOf(body, ("\r\n--" + name).getBytes(ISO_8859_1), headersEnd + 2);
        return closing < 0
                ? Optional.empty()
                : Optional.of(Arrays.copyOfRange(body, Math.min(headersEnd + HEADERS_END.length, closing), closing));
    }

    private static int indexOf(byte[] bytes, byte[] wanted, int from) {
        for (int i = from; i <= bytes.length - wanted.length; i++) {
            if (bytes[i] == wanted[0] && Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }
}
