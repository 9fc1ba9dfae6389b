package org.lesionstream.worker.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lesionstream.worker.backfill.MadeManifest.all;
import static org.lesionstream.worker.backfill.MadeManifest.csv;
import static org.lesionstream.worker.backfill.MadeManifest.job;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.message.ImageJob;

class JobMakerTest {
    private static final Entry ENTRY = Entry.at(URI.create("file:///archive/Jane%20Doe.png"));

    @Test
    void sameSourceAndCheckpointMakeTheSameJob() {
        assertThat(of("lesion@7")).isEqualTo(of("lesion@7"));
        assertThat(of("lesion@7").jobId()).matches("bf-[0-9a-f]{64}");
        assertThat(of("lesion@7").imagingCase().id()).matches("bf-[0-9a-f]{64}");
    }

    @Test
    void anotherCheckpointIsAnotherJobOfTheSameCase() {
        assertThat(of("lesion@8").jobId()).isNotEqualTo(of("lesion@7").jobId());
        assertThat(of("lesion@8").imagingCase()).isEqualTo(of("lesion@7").imagingCase());
    }

    @Test
    void idsOfThisVersionAreThoseOfEveryVersion() { // else a backfill that is run again does everything again
        assertThat(of("lesion@7").jobId())
                .isEqualTo("bf-135374e7462a52d122cd2063117f7a96b439e7545fc79d79bee86ee786d7291d");
        assertThat(of("lesion@7").imagingCase().id())
                .isEqualTo("bf-aaf83ab90bf309ba85b7076bc12e27582ae9a56458ce656e27613d00604b861e");
    }

    @Test
    void placeInACaseAndDigestBelongToTheIdAndLabelsDoNot() {
        List<String> ids = all(csv(
                        "uri,caseId,image,images,sha256,label.x",
                        "a.png,,,,,",
                        "a.png,c,1,2,,",
                        "a.png,c,2,2,,",
                        "a.png,d,1,2,,",
                        "a.png,,,," + "0".repeat(64) + ",",
                        "a.png,,,,,word"))
                .stream()
                .map(line -> job(line).jobId())
                .toList();
        assertThat(ids.subList(0, 5)).doesNotHaveDuplicates();
        assertThat(ids.get(5)).isEqualTo(ids.get(0));
    }

    private static ImageJob of(String checkpoint) {
        return job(MadeManifest.jobs(checkpoint).job(1, ENTRY));
    }
}
