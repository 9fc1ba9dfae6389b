package org.lesionstream.worker.decode.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MultipartBodyTest {

    @Test
    void findsTheFirstPart() {
        String body =
                "\r\n--b\r\nContent-Type: application/dicom\r\nMIME-Version: 1.0\r\n\r\none\r\n--b\r\nX: y\r\n\r\ntwo\r\n--b--";

        assertThat(first(body, "multipart/related; type=\"application/dicom\"; boundary=\"b\""))
                .isEqualTo("one");
        assertThat(first(body, "Multipart/Related; Boundary=b; type=x")).isEqualTo("one");
    }

    @Test
    void takesABodyWithoutPartsAsItIs() {
        assertThat(first("one", "application/dicom")).isEqualTo("one");
        assertThat(first("one", "")).isEqualTo("one");
    }

    @Test
    void findsAPartOfNoBytes() {
        assertThat(first("--b\r\n\r\n\r\n--b--", "multipart/related; boundary=b"))
                .isEmpty();
        assertThat(first("--b\r\nX: y\r\n\r\n--b--", "multipart/related; boundary=b"))
                .isEmpty();
    }

    @Test
    void saysNothingOfWhatIsNotWhatItSays() {
        for (String body : new String[] {"", "--b", "--b\r\n\r\none", "--c\r\n\r\none\r\n--c--"}) {
            assertThat(MultipartBody.firstPart(body.getBytes(ISO_8859_1), "multipart/related; boundary=b"))
                    .isEmpty();
        }
        assertThat(MultipartBody.firstPart(new byte[0], "multipart/related")).isEmpty();
    }

    private static String first(String body, String contentType) {
        return new String(
                MultipartBody.firstPart(body.getBytes(ISO_8859_1), contentType).orElseThrow(), ISO_8859_1);
    }
}
