package org.invoiceflow.local.stores;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.invoiceflow.local.stores.Lines.line;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import org.invoiceflow.local.stores.LakeCounts.Folder;
import org.invoiceflow.model.LineJson;
import org.junit.jupiter.api.Test;

class LakeReaderTest {

  private static final String HOUR = "ingest_date=2026-11-22/ingest_hour=17/";

  private final FakeS3 s3 = new FakeS3();

  @Test
  void an_empty_lake_holds_nothing() {
    assertThat(reader().refresh()).isEqualTo(LakeCounts.EMPTY);
  }

  @Test
  void a_row_of_csv_is_one_line_and_row_json_as_many_as_it_has_elements() {
    s3.put(
        "x/raw/" + HOUR + "part-0.jsonl.gz",
        record("csv;windows-1252;,;MDY", "536365,85123A,\"A, B\",6"),
        record("json", LineJson.toJsonArray(List.of(line("1", 1), line("1", 2), line("1", 3)))),
        record("json", LineJson.toJson(line("1", 4))));

    Folder raw = reader().refresh().raw();

    assertThat(raw.files()).isEqualTo(1);
    assertThat(raw.records()).isEqualTo(3);
    assertThat(raw.lines()).isEqualTo(5);
    assertThat(raw.bytes()).isPositive();
  }

  @Test
  void elements_that_break_the_rules_are_lines_too() {
    s3.put("x/raw/" + HOUR + "part-0.jsonl", record("json", "[{\"InvoiceNo\":\"1\"}, 17]"));

    assertThat(reader().refresh().raw().lines()).isEqualTo(2);
  }

  @Test
  void a_payload_that_is_no_json_is_one_line() {
    s3.put(
        "x/rejected/" + HOUR + "part-0.jsonl.gz",
        record("json", "[{"),
        "{\"format\":\"json\",\"payload_base64\":\""
            + Base64.getEncoder().encodeToString(new byte[] {(byte) 0xff, 0})
            + "\",\"violations\":[{\"rule\":\"UNREADABLE\",\"field\":\"\",\"message\":\"no\"}]}");

    LakeCounts counts = reader().refresh();

    assertThat(counts.rejected().lines()).isEqualTo(2);
    assertThat(counts.findings()).isEqualTo(Findings.NONE);
  }

  @Test
  void the_payload_may_stand_before_the_format() {
    s3.put("x/raw/a.jsonl", "{\"payload\":\"1,2\",\"format\":\"csv;UTF-8\"}");

    assertThat(reader().refresh().raw().lines()).isEqualTo(1);
  }

  @Test
  void each_folder_is_counted_apart_over_many_pages() {
    for (int i = 0; i < 7; i++) {
      s3.put("x/raw/" + HOUR + "part-" + i + ".jsonl.gz", csv(), csv());
    }
    s3.put("x/rejected/" + HOUR + "part-0.jsonl.gz", csv());
    s3.put("x/duplicates/" + HOUR + "part-0.jsonl.gz", csv(), csv(), csv());
    s3.put("x/rawish/" + HOUR + "part-0.jsonl.gz", csv());

    LakeCounts counts = reader().refresh();

    assertThat(counts.raw().lines()).isEqualTo(14);
    assertThat(counts.rejected().lines()).isEqualTo(1);
    assertThat(counts.duplicates().lines()).isEqualTo(3);
  }

  @Test
  void names_that_begin_with_an_underscore_are_ignored() {
    s3.put("x/raw/" + HOUR + "_part-0_tmp_1", csv());
    s3.put("x/raw/_unfinished/part-0.jsonl", csv());

    assertThat(reader().refresh()).isEqualTo(LakeCounts.EMPTY);
    assertThat(s3.read).isEmpty();
  }

  @Test
  void an_object_that_moves_between_list_and_read_is_counted_at_the_next_look() {
    LakeReader reader = reader();
    String key = "x/raw/" + HOUR + "part-0.jsonl.gz";
    s3.put(key, csv());
    s3.moves(key);

    assertThat(reader.refresh().raw().lines()).isZero();
    assertThat(reader.refresh().raw().lines()).isEqualTo(1);
    assertThat(reader.refresh().findings().isEmpty()).isTrue();
  }

  @Test
  void an_object_is_read_once() {
    LakeReader reader = reader();
    s3.put("x/raw/" + HOUR + "part-0.jsonl.gz", csv());
    reader.refresh();
    s3.put("x/raw/" + HOUR + "part-1.jsonl.gz", csv(), csv());

    assertThat(reader.refresh().raw().lines()).isEqualTo(3);
    assertThat(reader.refresh().raw().lines()).isEqualTo(3);
    assertThat(s3.read).hasSize(2);
  }

  @Test
  void what_is_no_record_is_found() {
    s3.put("x/raw/a.jsonl", csv(), "nonsense", "{\"format\":\"json\"}", "[]", csv());
    s3.putBytes("x/raw/b.jsonl.gz", "not packed".getBytes(UTF_8));

    LakeCounts counts = reader().refresh();

    assertThat(counts.raw().lines()).isEqualTo(2);
    assertThat(counts.findings().count()).isEqualTo(4);
    assertThat(counts.findings().sentences())
        .anySatisfy(
            sentence ->
                assertThat(sentence).startsWith("x/raw/a.jsonl, line 2: is no record of the lake"))
        .contains(
            "x/raw/a.jsonl, line 3: is no record of the lake: it lacks format or payload",
            "x/raw/a.jsonl, line 4: is no record of the lake: it is no JSON object",
            "x/raw/b.jsonl.gz: cannot be read after record 0: Not in GZIP format");
  }

  private LakeReader reader() {
    return new LakeReader(s3, FakeS3.BUCKET, "x");
  }

  private static String csv() {
    return record("csv;UTF-8;,;ISO", "536365,85123A");
  }

  private static String record(String format, String payload) {
    StringWriter text = new StringWriter();
    try (var json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("source", "kinesis:invoice-lines");
      json.writeStringField("position", "shard-0/1");
      json.writeStringField("received_at", "2026-11-22T17:00:00Z");
      json.writeStringField("format", format);
      json.writeStringField("payload", payload);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
