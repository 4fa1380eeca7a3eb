package org.invoiceflow.local.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.invoiceflow.job.intake.Origin;
import org.invoiceflow.job.intake.ReceivedRecord;
import org.invoiceflow.job.intake.Rejection;
import org.invoiceflow.job.lake.LakeJson;
import org.invoiceflow.local.stores.FakeS3;
import org.invoiceflow.model.Rule;
import org.invoiceflow.model.Violation;
import org.junit.jupiter.api.Test;

class RejectedLakeTest {

  private static final String KEY = "rejected/ingest_date=2026-11-24/ingest_hour=20/a.jsonl.gz";

  private final FakeS3 s3 = new FakeS3();
  private final RejectedLake lake = new RejectedLake(s3, FakeS3.BUCKET);

  /** Payloads that cannot be packed, so that half of the object holds about half of the lines. */
  private static String[] rejections(int count) {
    Random random = new Random(7);
    return IntStream.range(0, count)
        .mapToObj(i -> line(i, Long.toString(random.nextLong(), 36)))
        .toArray(String[]::new);
  }

  private static String line(int position, String payload) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      LakeJson.write(
          new Rejection(
              new ReceivedRecord(
                  new Origin("stream", "shard/" + position, 0),
                  ReceivedRecord.JSON,
                  ReceivedRecord.NO_LINE_NO,
                  payload.getBytes(UTF_8)),
              List.of(
                  new Violation(Rule.MISSING, "Country", "Country is missing"),
                  new Violation(Rule.MISSING, "StockCode", "StockCode is missing"))),
          out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(UTF_8).strip();
  }

  @Test
  void each_object_is_counted_once_and_a_rule_once_for_each_rejection() throws IOException {
    s3.put(KEY, rejections(60));

    lake.refresh();
    RejectedLake.Found found = lake.refresh();

    assertThat(found.count()).isEqualTo(60);
    assertThat(found.byRule()).isEqualTo(Map.of("MISSING", 60L));
    assertThat(found.latest()).hasSize(RejectedLake.KEPT);
    assertThat(found.latest().get(0).record().origin().position()).isEqualTo("shard/59");
  }

  @Test
  void an_object_whose_reading_breaks_off_is_counted_once_when_it_is_read_again()
      throws IOException {
    s3.put(KEY, rejections(5_000));
    s3.breaks(KEY);

    assertThatThrownBy(lake::refresh).isInstanceOf(EOFException.class);

    assertThat(lake.refresh().count()).isEqualTo(5_000);
  }
}
