package org.lesionstream.local.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page for people that needs nothing else: the style is inside, there is no script, and it follows the reader's choice of light or dark. */
public final class Page {

    private Page() {}

    /** Writes the page, in place of any older one. */
    public static void write(Path target, String title, String body) throws IOException {
        Files.writeString(
                target, template().replace("{{title}}", Html.text(title)).replace("{{body}}", body), UTF_8);
    }

    private static String template() throws IOException {
        try (InputStream page = Page.class.getResourceAsStream("page.html")) {
            if (page == null) {
                throw new IllegalStateException("the template page.html is not beside " + Page.class);
            }
            return new String(page.readAllBytes(), UTF_8);
        }
    }
}
