package org.lesionstream.worker.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lesionstream.worker.testing.Failures.assertFails;

import java.net.URI;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.ImageSource;
import org.lesionstream.worker.decode.source.SourceReader;

class ImageFetcherTest {

    private static final byte[] CONTENT = {1, 2, 3, 4, 5};

    private final SourceReader reader = new SourceReader() {
        @Override
        public Set<String> schemes() {
            return Set.of("tape");
        }

        @Override
        public byte[] read(URI location, String where) {
            return (location + " " + where).getBytes(UTF_8);
        }
    };
    private final ImageFetcher fetcher = new ImageFetcher(List.of(reader), CONTENT.length);

    @Test
    void asksTheReaderOfTheScheme() {
        assertThat(fetcher.fetch(ImageSource.at(URI.create("TAPE://shelf/7")), "/image"))
                .asString()
                .isEqualTo("TAPE://shelf/7 /image/uri");
    }

    @Test
    void refusesSchemesThatNobodyReads() {
        for (String uri : List.of("http://127.0.0.1/image.png", "ftp://host/image.png", "jar:file:/a.jar!/b.png")) {
            assertFails(
                    FailureCode.SOURCE_NOT_ALLOWED,
                    "/image/uri",
                    () -> fetcher.fetch(ImageSource.at(URI.create(uri)), "/image"));
        }
    }

    @Test
    void takesInlineBytesWithinTheLimit() {
        assertThat(fetcher.fetch(ImageSource.inline(CONTENT), "/image")).isEqualTo(CONTENT);
        assertFails(
                FailureCode.TOO_MANY_BYTES,
                "/image/inline",
                () -> fetcher.fetch(ImageSource.inline(new byte[CONTENT.length + 1]), "/image"));
    }

    @Test
    void saysWhatIsWrongWithItsSettings() {
        assertThatThrownBy(() -> new ImageFetcher(List.of(), 0)).hasMessage("maxBytes must be positive, was 0");
        assertThatThrownBy(() -> new ImageFetcher(List.of(reader, reader), 1))
                .hasMessage("two sources read the scheme tape");
    }
}
