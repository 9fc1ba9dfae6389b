package org.lesionstream.worker.backfill;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lesionstream.worker.backfill.MadeManifest.all;
import static org.lesionstream.worker.backfill.MadeManifest.csv;
import static org.lesionstream.worker.backfill.MadeManifest.job;
import static org.lesionstream.worker.backfill.MadeManifest.jsonLines;
import static org.lesionstream.worker.backfill.MadeManifest.refusal;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesionstream.schemas.image.PixelSpacing;
import org.lesionstream.schemas.message.CaseImage;
import org.lesionstream.schemas.message.ImageJob;
import org.lesionstream.schemas.message.IntensityWindow;
import org.lesionstream.schemas.message.SlicePosition;

class ManifestSourceTest {
    private static final String DIGEST = "0123456789abcdef".repeat(4);

    @Test
    void readsEveryFieldOfATable() {
        ImageJob job = job(all(csv(
                        "label.site,uri,caseId,image,images,sha256,pixelSpacing.row,pixelSpacing.column,slice.position,slice.spacing,window.low,window.high",
                        "north,a.png,case-1,2,3," + DIGEST + ",0.5,0.25,-12.5,2.5,-160,240"))
                .get(0));
        assertThat(job.imagingCase()).isEqualTo(new CaseImage("case-1", 2, 3));
        assertThat(job.image().uri()).contains(URI.create("file:///archive/list/a.png"));
        assertThat(job.image().sha256()).map(Object::toString).contains(DIGEST);
        assertThat(job.pixelSpacing()).contains(new PixelSpacing(0.5, 0.25));
        assertThat(job.slice()).contains(new SlicePosition(-12.5, 2.5));
        assertThat(job.window()).contains(new IntensityWindow(-160, 240));
        assertThat(job.labels()).containsEntry("site", "north").hasSize(1);
        assertThat(job.checkpoint()).hasToString("lesion@7");
    }

    @Test
    void readsTheSameFromJson() {
        List<SourceLine> table = all(csv(
                "uri,caseId,image,images,sha256,label.site,pixelSpacing.row,pixelSpacing.column",
                "a.png,case-1,2,3," + DIGEST + ",north,0.5,1e-1"));
        List<SourceLine> json = all(jsonLines("{\"uri\":\"a.png\",\"caseId\":\"case-1\",\"image\":2,\"images\":\"3\","
                + "\"sha256\":\"" + DIGEST + "\",\"label.site\":\"north\",\"slice.spacing\":null,"
                + "\"pixelSpacing.row\":0.5,\"pixelSpacing.column\":0.1}"));
        assertThat(job(json.get(0))).isEqualTo(job(table.get(0)));
    }

    @ParameterizedTest
    @CsvSource({
        "a.png, file:///archive/list/a.png",
        "../b/./c.png, file:///archive/b/c.png",
        "/x/y z.png, file:///x/y%20z.png",
        "file:/x/../y.png, file:///y.png",
        "FILE:///x/%C3%A4.png, file:///x/%C3%A4.png",
        "file:///x/ä.png, file:///x/%C3%A4.png",
        "S3://bucket/a/../b.png, s3://bucket/b.png",
        "https://archive/wado?x=1, https://archive/wado?x=1",
    })
    void spellsALocationInOneWay(String written, String canonical) {
        assertThat(job(all(csv("uri", written)).get(0)).image().uri().map(Object::toString))
                .contains(canonical);
    }

    @Test
    void readsQuotesAndForgivesBlankLinesAndAByteOrderMark() {
        List<SourceLine> lines =
                all(csv("\uFEFFuri,\"label.note\"\r", "", "\"a,b.png\",\"say \"\"so\"\"\"\r", "   ", "c.png,\"\""));
        assertThat(job(lines.get(0)).image().uri()).contains(URI.create("file:///archive/list/a,b.png"));
        assertThat(job(lines.get(0)).labels()).containsEntry("note", "say \"so\"");
        assertThat(lines.get(0).number()).isEqualTo(3);
        assertThat(job(lines.get(1)).labels()).isEmpty();
        assertThat(lines.get(1).number()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "SECRET.png,c^SECRET,1,1 | case id must match",
                "SECRET.png,SECRET name,1,1 | case id must match",
                "SECRET.png,c,x,1 | image must be a whole number",
                "SECRET.png,c,3,2 | image must be from 1 to 2, was 3",
                "SECRET.png,c,,2 | image is missing",
                "SECRET.png,,2,2 | image and images need a caseId",
                "SECRET.png,c,1,100001 | images must be from 1 to 100000",
                "SECRET.png,c,1 | 3 fields where the header has 4 columns",
                "SECRET.png,\"c,1,1 | a quoted field does not end on its line",
                "SECRET.png,\"c\"SECRET,1,1 | text follows the quote that ends a field",
                "SECRET.png,c\"SECRET,1,1 | a quote stands within a field",
                ",c,1,1 | uri is missing",
                "https://SECRET:word@host/a,c,1,1 | must not hold a user",
                "https://SECRET host/a,c,1,1 | uri is not a URI",
                "file://SECRET/a,c,1,1 | names a host",
                "file:SECRET.png,c,1,1 | no absolute path",
            })
    void refusesABadLineInWordsAndNeverRepeatsIt(String line, String why) {
        List<SourceLine> lines = all(csv("uri,caseId,image,images", line, "good.png,,,"));
        assertThat(refusal(lines.get(0))).contains(why).doesNotContain("SECRET");
        assertThat(lines.get(0).number()).isEqualTo(2);
        assertThat(lines.get(1)).isInstanceOf(SourceLine.Picture.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"uri\":\"SECRET.png\" | not one JSON document",
                "{\"uri\":\"SECRET.png\",\"uri\":\"b\"} | not one JSON document",
                "{\"uri\":\"SECRET.png\"} {} | not one JSON document",
                "[\"SECRET\"] | not a JSON object",
                "{\"uri\":\"a\",\"SECRET\":1} | field 2 is none of uri, caseId",
                "{\"uri\":[\"SECRET\"]} | field 1 must be a text or a number",
                "{\"uri\":\"a\",\"image\":1.5} | image must be a whole number",
                "{\"uri\":\"a\",\"sha256\":\"SECRET\"} | sha256 must be 64 hexadecimal digits",
                "{\"uri\":\"a\",\"pixelSpacing.row\":1} | pixelSpacing.column is missing",
                "{\"uri\":\"a\",\"pixelSpacing.row\":0,\"pixelSpacing.column\":1} | rowMillimetres must be positive",
                "{\"uri\":\"a\",\"label.SECRET x\":\"b\"} | a label has a name or a text",
            })
    void refusesABadObjectInWordsAndNeverRepeatsIt(String line, String why) {
        List<SourceLine> lines = all(jsonLines(line, "{\"uri\":\"good.png\"}"));
        assertThat(refusal(lines.get(0))).contains(why).doesNotContain("SECRET");
        assertThat(lines.get(1)).isInstanceOf(SourceLine.Picture.class);
    }

    @Test
    void aLineThatIsTooLongOrNoTextCostsOnlyItself() {
        String tooLong = "x".repeat(TextLines.MOST_BYTES) + ".png";
        List<SourceLine> lines = all(csv("uri", tooLong, "u".repeat(3000) + ".png", "good.png"));
        assertThat(refusal(lines.get(0))).contains("longer than 65536 bytes");
        assertThat(refusal(lines.get(1))).contains("/image/uri");
        assertThat(lines.get(2)).isInstanceOf(SourceLine.Picture.class);
        List<SourceLine> latin = all(MadeManifest.source(true, "uri\nä.png\ngood.png".getBytes(ISO_8859_1)));
        assertThat(refusal(latin.get(0))).isEqualTo("not UTF-8");
        assertThat(latin.get(1)).isInstanceOf(SourceLine.Picture.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "caseId,image", "uri;caseId", "uri,SECRET", "uri,uri", "uri,label.", "\"uri"})
    void refusesAHeaderThatIsNone(String header) {
        assertThatThrownBy(() -> csv(header, "a.png"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("SECRET");
    }

    @Test
    void countsEntriesWhetherTheyAreGoodOrNot(@TempDir Path folder) throws IOException {
        Path table = Files.writeString(folder.resolve("list.csv"), "uri\n\na.png\n\"bad\nb.png");
        Path objects = Files.writeString(folder.resolve("list.JSONL"), "{}\n\nnone\n");
        assertThat(ManifestSource.count(table)).isEqualTo(3);
        assertThat(ManifestSource.count(objects)).isEqualTo(2);
        assertThat(ManifestSource.kind(objects)).isEqualTo("manifest-jsonl");
        JobMaker jobs = MadeManifest.jobs("lesion@7");
        try (ManifestSource source = ManifestSource.open(table, jobs)) {
            assertThat(job(all(source).get(0)).image().uri())
                    .contains(folder.toRealPath().resolve("a.png").toUri());
        }
        assertThatThrownBy(() -> ManifestSource.open(folder.resolve("list.txt"), jobs))
                .hasMessageContaining(".csv or .jsonl");
    }
}
