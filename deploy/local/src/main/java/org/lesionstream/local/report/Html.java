package org.lesionstream.local.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;

/** The few pieces of HTML that reports are made of. */
public final class Html {

    private Html() {}

    public static String table(String heading, String hint, List<String> columns, List<String> rows) {
        String head = columns.stream()
                .map(column -> column.startsWith("#")
                        ? "<th class=\"number\">" + column.substring(1) + "</th>"
                        : "<th>" + column + "</th>")
                .collect(Collectors.joining());
        return "<h2>" + heading + "</h2>\n<p class=\"hint\">" + hint + "</p>\n<div class=\"card\"><table><thead><tr>"
                + head + "</tr></thead><tbody>\n" + String.join("\n", rows) + "\n</tbody></table></div>\n";
    }

    /** A cell that begins with {@code #} holds a number. */
    public static String row(String... cells) {
        StringBuilder row = new StringBuilder("<tr>");
        for (String cell : cells) {
            row.append(cell.startsWith("#") ? "<td class=\"number\">" + cell.substring(1) : "<td>" + cell)
                    .append("</td>");
        }
        return row.append("</tr>").toString();
    }

    /** A picture within the page, with words below it. */
    public static String figure(BufferedImage picture, String alternative, String caption) throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", png);
        return "<figure><img alt=\"" + alternative + "\" width=\"" + picture.getWidth() + "\" height=\""
                + picture.getHeight() + "\" src=\"data:image/png;base64,"
                + Base64.getEncoder().encodeToString(png.toByteArray()) + "\"><figcaption>" + caption
                + "</figcaption></figure>\n";
    }

    public static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    public static String text(String raw) {
        return raw.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
