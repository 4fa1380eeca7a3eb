package org.invoiceflow.job.sources;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;
import org.apache.flink.connector.file.src.util.RecordAndPosition;
import org.invoiceflow.job.intake.ReceivedRecord;
import org.invoiceflow.job.lake.LakeJson;
import org.invoiceflow.model.CsvDialect;
import org.invoiceflow.model.CsvOptions;
import org.invoiceflow.model.DateFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordFileFormatTest {

  private static final RecordReader.Factory INVOICES =
      new InvoiceFileOpener(CsvOptions.detectAll());

  @TempDir Path folder;

  @Test
  void each_row_of_a_csv_file_is_a_record_with_its_line_and_its_number_in_the_invoice()
      throws IOException {
    String text =
        TestFiles.HEADER + TestFiles.row("A", 1) + TestFiles.row("B", 2) + TestFiles.row("A", 3);

    List<ReceivedRecord> records = readInvoices("in.csv", text.getBytes(UTF_8));

    assertThat(records).extracting(ReceivedRecord::lineNo).containsExactly(1, 1, 2);
    assertThat(records)
        .extracting(record -> record.origin().position())
        .containsExactly("line 2", "line 3", "line 4");
    assertThat(records)
        .allSatisfy(
            record -> {
              assertThat(record.origin().source()).endsWith("/in.csv").startsWith("file:/");
              assertThat(CsvDialect.parse(record.format()).dateFormat())
                  .isEqualTo(DateFormat.MONTH_FIRST);
            });
    assertThat(new String(records.get(2).payload(), UTF_8) + "\r\n")
        .isEqualTo(TestFiles.row("A", 3));
  }

  @Test
  void gzip_is_known_by_its_bytes_with_or_without_the_ending() throws IOException {
    byte[] packed = TestFiles.gzip((TestFiles.HEADER + TestFiles.row("A", 1)).getBytes(UTF_8));

    assertThat(readInvoices("in.csv.gz", packed)).extracting(r -> r.lineNo()).containsExactly(1);
    assertThat(readInvoices("in.CSV", packed)).extracting(r -> r.lineNo()).containsExactly(1);
    assertThat(readInvoices("x.json.gz", "{}\n".getBytes(UTF_8))).hasSize(1);
  }

  @Test
  void gzip_files_that_were_put_one_after_the_other_are_read_to_the_end() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    packed.write(TestFiles.gzip("{\"a\":1}\n".getBytes(UTF_8)));
    packed.write(TestFiles.gzip("{\"b\":1}\n{\"c\":1}".getBytes(UTF_8)));

    assertThat(readInvoices("in.jsonl.gz", packed.toByteArray())).hasSize(3);
  }

  @Test
  void what_follows_a_gzip_file_and_is_none_is_one_unreadable_record() throws IOException {
    byte[] second = TestFiles.gzip("{\"b\":1}\n".getBytes(UTF_8));
    second[0] = 0;
    for (byte[] appended : List.of(second, "{\"c\":1}\n".getBytes(UTF_8))) {
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      packed.write(TestFiles.gzip("{\"a\":1}\n".getBytes(UTF_8)));
      packed.write(appended);

      List<ReceivedRecord> records = readInvoices("in.jsonl.gz", packed.toByteArray());

      assertThat(records).hasSize(2);
      assertThat(records.get(1).unreadableReason().orElseThrow()).contains("not gzip follows");
      assertThat(records.get(1).origin().position()).isEqualTo("after line 1");
    }
  }

  @Test
  void each_line_of_json_lines_that_is_not_blank_is_a_record() throws IOException {
    List<ReceivedRecord> records =
        readInvoices("in.jsonl", "{\"a\":1}\r\n \n\n[{},{}]\nnot json".getBytes(UTF_8));

    assertThat(records)
        .extracting(
            record -> record.origin().position() + " " + new String(record.payload(), UTF_8))
        .containsExactly("line 1 {\"a\":1}", "line 4 [{},{}]", "line 5 not json");
    assertThat(records).extracting(ReceivedRecord::format).containsOnly(ReceivedRecord.JSON);
    assertThat(records).extracting(ReceivedRecord::lineNo).containsOnly(0);
  }

  @Test
  void what_the_user_says_of_csv_files_is_followed() throws IOException {
    String ambiguous = TestFiles.HEADER + TestFiles.row("A", 1).replace("12/13/2010", "12/1/2010");
    CsvOptions dayFirst = CsvOptions.detectAll().withDateFormat(DateFormat.DAY_FIRST);

    List<ReceivedRecord> records =
        read(
            new InvoiceFileOpener(dayFirst),
            TestFiles.write(folder.resolve("in.csv"), ambiguous.getBytes(UTF_8)));

    assertThat(CsvDialect.parse(records.get(0).format()).dateFormat())
        .isEqualTo(DateFormat.DAY_FIRST);
  }

  @Test
  void a_file_that_cannot_be_read_as_a_whole_is_one_unreadable_record_with_its_beginning()
      throws IOException {
    String ambiguous = TestFiles.HEADER + TestFiles.row("A", 1).replace("12/13/2010", "12/1/2010");

    assertUnreadable(readInvoices("empty.csv", new byte[0]), "empty", "");
    assertUnreadable(readInvoices("h.csv", "a,b\n1,2\n".getBytes(UTF_8)), "", "a,b\n1,2\n");
    assertUnreadable(readInvoices("d.csv", ambiguous.getBytes(UTF_8)), "date", ambiguous);
    assertUnreadable(readInvoices("in.xlsx", "PK".getBytes(UTF_8)), "end it in .csv", "PK");
    assertUnreadable(readInvoices("gz", "PK".getBytes(UTF_8)), "end it in .csv", "PK");
  }

  @Test
  void a_csv_file_whose_gzip_data_is_cut_off_is_one_unreadable_record() throws IOException {
    byte[] packed = TestFiles.gzip((TestFiles.HEADER + TestFiles.row("A", 1)).getBytes(UTF_8));

    List<ReceivedRecord> records =
        readInvoices("in.csv.gz", Arrays.copyOf(packed, packed.length - 12));

    assertThat(records).hasSize(1);
    assertThat(records.get(0).unreadableReason().orElseThrow()).contains("cut off");
    assertThat(records.get(0).origin().position()).isEqualTo("whole file");
  }

  @Test
  void json_lines_before_damaged_gzip_data_are_read_and_the_rest_is_one_unreadable_record()
      throws IOException {
    byte[] packed = TestFiles.gzip("{\"a\":1}\n{\"b\":1}\n".repeat(10_000).getBytes(UTF_8));

    List<ReceivedRecord> records =
        readInvoices("in.jsonl.gz", Arrays.copyOf(packed, packed.length - 12));

    ReceivedRecord last = records.get(records.size() - 1);
    assertThat(last.unreadableReason().orElseThrow()).contains("cut off");
    assertThat(last.origin().position()).isEqualTo("after line " + (records.size() - 1));
    assertThat(records.subList(0, records.size() - 1))
        .hasSizeGreaterThan(1)
        .allSatisfy(record -> assertThat(record.unreadableReason()).isEmpty());
  }

  @Test
  void a_file_that_is_gone_is_one_unreadable_record() throws IOException {
    assertUnreadable(
        read(INVOICES, new org.apache.flink.core.fs.Path(folder + "/gone.csv")), "is gone", "");
  }

  @Test
  void a_line_of_json_that_is_too_long_is_unreadable_and_the_next_is_read() throws IOException {
    byte[] file = new byte[InvoiceFileOpener.MAX_JSON_LINE_BYTES + 4];
    Arrays.fill(file, (byte) 'x');
    System.arraycopy("\n{}".getBytes(UTF_8), 0, file, file.length - 3, 3);

    List<ReceivedRecord> records = readInvoices("in.jsonl", file);

    assertThat(records).hasSize(2);
    assertThat(records.get(0).unreadableReason().orElseThrow()).contains("longer than");
    assertThat(records.get(0).payload()).hasSize(LineReader.KEPT_BYTES);
    assertThat(records.get(1).origin().position()).isEqualTo("line 2");
  }

  @Test
  void after_a_restore_exactly_the_remaining_records_follow_with_their_numbers()
      throws IOException {
    StringBuilder text = new StringBuilder(TestFiles.HEADER);
    for (int i = 0; i < 2_500; i++) {
      text.append(TestFiles.row("I" + i % 7, i + 1));
    }
    org.apache.flink.core.fs.Path file =
        TestFiles.write(folder.resolve("in.csv"), text.toString().getBytes(UTF_8));
    List<ReceivedRecord> whole = read(INVOICES, file);

    for (long done : new long[] {0, 1, 999, 1_000, 1_001, 2_499, 2_500}) {
      assertThat(read(INVOICES, file, done))
          .extracting(RecordFileFormatTest::identity)
          .isEqualTo(
              whole.subList((int) done, whole.size()).stream()
                  .map(RecordFileFormatTest::identity)
                  .collect(java.util.stream.Collectors.toList()));
    }
  }

  @Test
  void a_position_counts_the_records_up_to_and_with_its_own() throws IOException {
    org.apache.flink.core.fs.Path file =
        TestFiles.write(folder.resolve("in.jsonl"), "1\n\n2\n3\n".getBytes(UTF_8));
    BulkFormat.Reader<ReceivedRecord> reader =
        new RecordFileFormat(INVOICES).restoreReader(new Configuration(), split(file, 1));

    RecordAndPosition<ReceivedRecord> first = reader.readBatch().next();

    assertThat(new String(first.getRecord().payload(), UTF_8)).isEqualTo("2");
    assertThat(first.getOffset()).isEqualTo(CheckpointedPosition.NO_OFFSET);
    assertThat(first.getRecordSkipCount()).isEqualTo(2);
    reader.close();
  }

  @Test
  void a_file_that_is_gone_after_a_restore_is_one_unreadable_record() throws IOException {
    List<ReceivedRecord> records =
        read(INVOICES, new org.apache.flink.core.fs.Path(folder + "/gone.csv"), 500);

    assertThat(records).hasSize(1);
    assertThat(records.get(0).unreadableReason().orElseThrow()).contains("is gone");
    assertThat(records.get(0).origin().position()).isEqualTo("after record 500");
    assertThat(records.get(0).payload()).isEmpty();
  }

  @Test
  void a_file_that_is_shorter_after_a_restore_is_one_unreadable_record() throws IOException {
    org.apache.flink.core.fs.Path file =
        TestFiles.write(folder.resolve("in.jsonl"), "1\n2\n".getBytes(UTF_8));

    assertThat(read(INVOICES, file, 2)).isEmpty();
    List<ReceivedRecord> records = read(INVOICES, file, 3);

    assertThat(records).hasSize(1);
    assertThat(records.get(0).unreadableReason().orElseThrow()).contains("become shorter");
    assertThat(records.get(0).origin().position()).isEqualTo("after record 3");
  }

  @Test
  void a_file_that_is_cut_off_after_a_restore_is_one_unreadable_record() throws IOException {
    byte[] packed = TestFiles.gzip("{\"a\":1}\n{\"b\":1}\n".repeat(10_000).getBytes(UTF_8));
    org.apache.flink.core.fs.Path file =
        TestFiles.write(folder.resolve("in.jsonl.gz"), Arrays.copyOf(packed, packed.length - 12));
    int readable = read(INVOICES, file).size() - 1;

    for (long done : new long[] {1, readable - 1, readable, readable + 1, 20_000}) {
      List<ReceivedRecord> records = read(INVOICES, file, done);

      assertThat(records).hasSize((int) Math.max(0, readable - done) + 1);
      assertThat(records.get(records.size() - 1).unreadableReason().orElseThrow())
          .contains("cut off");
    }
  }

  @Test
  void nothing_follows_the_record_that_stands_for_the_rest_of_a_file() throws IOException {
    org.apache.flink.core.fs.Path gone = new org.apache.flink.core.fs.Path(folder + "/gone.csv");
    RecordAndPosition<ReceivedRecord> last;
    try (BulkFormat.Reader<ReceivedRecord> reader =
        new RecordFileFormat(INVOICES).createReader(new Configuration(), split(gone, 0))) {
      last = reader.readBatch().next();
    }

    assertThat(
            readAll(
                new RecordFileFormat(INVOICES)
                    .restoreReader(
                        new Configuration(),
                        split(
                            gone,
                            new CheckpointedPosition(
                                last.getOffset(), last.getRecordSkipCount())))))
        .isEmpty();
  }

  @Test
  void raw_lines_come_back_as_they_were_received_and_others_are_unreadable() throws IOException {
    ReceivedRecord row =
        new ReceivedRecord(
            new org.invoiceflow.job.intake.Origin("s3://b/import/x.csv", "line 9", 5L),
            "csv;any",
            3,
            "\u00a3".getBytes(ISO_8859_1));
    ByteArrayOutputStream raw = new ByteArrayOutputStream();
    LakeJson.write(row, raw);
    raw.write("{\"no\":\"record\"}\n\n".getBytes(UTF_8));
    LakeJson.write(row, raw);

    List<ReceivedRecord> records =
        read(
            RawFiles::open,
            TestFiles.write(folder.resolve("part-0.jsonl.gz"), TestFiles.gzip(raw.toByteArray())));

    assertThat(records).hasSize(3);
    assertThat(records.get(0)).usingRecursiveComparison().isEqualTo(row);
    assertThat(records.get(2)).usingRecursiveComparison().isEqualTo(row);
    assertThat(records.get(1).unreadableReason()).contains("The line has no field source");
    assertThat(records.get(1).origin().position()).isEqualTo("line 2");
    assertThat(new String(records.get(1).payload(), UTF_8)).isEqualTo("{\"no\":\"record\"}");
  }

  private static void assertUnreadable(
      List<ReceivedRecord> records, String reason, String payload) {
    assertThat(records).hasSize(1);
    assertThat(records.get(0).unreadableReason().orElseThrow())
        .contains(reason)
        .doesNotContain("\n");
    assertThat(records.get(0).origin().position()).isEqualTo("whole file");
    assertThat(new String(records.get(0).payload(), UTF_8)).isEqualTo(payload);
  }

  private static String identity(ReceivedRecord record) {
    return record.lineNo()
        + " "
        + record.origin().position()
        + " "
        + new String(record.payload(), UTF_8);
  }

  private List<ReceivedRecord> readInvoices(String name, byte[] bytes) throws IOException {
    Files.deleteIfExists(folder.resolve(name));
    return read(INVOICES, TestFiles.write(folder.resolve(name), bytes));
  }

  private static List<ReceivedRecord> read(
      RecordReader.Factory factory, org.apache.flink.core.fs.Path file) throws IOException {
    return readAll(
        new RecordFileFormat(factory)
            .createReader(new Configuration(), new FileSourceSplit("0", file, 0, 1, 0, 1)));
  }

  private static List<ReceivedRecord> read(
      RecordReader.Factory factory, org.apache.flink.core.fs.Path file, long done)
      throws IOException {
    return readAll(
        new RecordFileFormat(factory).restoreReader(new Configuration(), split(file, done)));
  }

  private static FileSourceSplit split(org.apache.flink.core.fs.Path file, long done) {
    return split(file, new CheckpointedPosition(CheckpointedPosition.NO_OFFSET, done));
  }

  private static FileSourceSplit split(
      org.apache.flink.core.fs.Path file, CheckpointedPosition position) {
    return new FileSourceSplit("0", file, 0, 1, 0, 1, new String[0], position);
  }

  private static List<ReceivedRecord> readAll(BulkFormat.Reader<ReceivedRecord> reader)
      throws IOException {
    List<ReceivedRecord> records = new ArrayList<>();
    try (reader) {
      BulkFormat.RecordIterator<ReceivedRecord> batch;
      while ((batch = reader.readBatch()) != null) {
        RecordAndPosition<ReceivedRecord> next;
        while ((next = batch.next()) != null) {
          records.add(next.getRecord());
        }
        batch.releaseBatch();
      }
    }
    return records;
  }
}
