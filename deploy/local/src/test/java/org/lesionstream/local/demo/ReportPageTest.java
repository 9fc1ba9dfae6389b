package org.lesionstream.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.local.traffic.JobLane;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.SegmentationResult;

class ReportPageTest {

    @TempDir
    private Path folder;

    @Test
    void showsTheWorstPictureFirstWithAReadablePngAndNothingFromElsewhere() throws IOException {
        String page = page();

        assertThat(page.indexOf("picture-2")).isPositive().isLessThan(page.indexOf("picture-0"));
        Matcher png = Pattern.compile("data:image/png;base64,([A-Za-z0-9+/=]+)").matcher(page);
        assertThat(png.find()).isTrue();
        assertThat(ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(png.group(1))))
                        .getWidth())
                .isEqualTo(256);
        assertThat(page).doesNotContain("http://", "https://", "<script", "{{");
    }

    @Test
    void listsCasesAndDeadLettersAndSaysWhetherItHasPassed() throws IOException {
        String page = page();

        assertThat(page)
                .contains("case-1", "complete, revision 1", "IMAGE_DAMAGED", "truncated PNG", "2 answers came twice")
                .contains("One case, lesion by lesion", "longest diameters in white");
    }

    private String page() throws IOException {
        List<PlannedJob> jobs = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Picture picture = Examples.picture(folder, "picture-" + i);
            JobLane lane = i == 0 ? JobLane.URGENT : JobLane.BACKFILL;
            jobs.add(new PlannedJob("job-" + i, "case-" + i, 1, 1, lane, JobKind.FILE, picture));
        }
        PlannedJob bad = new PlannedJob(
                "job-3",
                "bad-1",
                1,
                1,
                JobLane.URGENT,
                JobKind.TRUNCATED,
                jobs.get(0).picture());
        List<PlannedJob> all = new ArrayList<>(jobs);
        all.add(bad);
        Submission submission = Examples.submission(all);
        Answers answers = new Answers(submission);
        List<ScoredImage> images = new ArrayList<>();
        LabelMask truth = Examples.disc(20);
        for (int i = 0; i < 3; i++) {
            SegmentationResult result = Examples.result(jobs.get(i), 1);
            answers.take(result, 1_200 + 300L * i);
            answers.take(Examples.caseResult(jobs.get(i), 1));
            images.add(ScoredImage.of(jobs.get(i), result, truth, Examples.disc(20 - 4 * i)));
        }
        answers.take(Examples.deadLetter(bad, FailureCode.IMAGE_DAMAGED), 1_500);
        Verdict verdict = new Verdict(4, 3, 1, 0, 2, 0, 3, 0.91, 0.90, 4.2, "cpu", "lesion@1");
        Path target = folder.resolve("report.html");
        new ReportPage(verdict, submission, answers, images).write(target);
        return Files.readString(target);
    }
}
