package org.invoiceflow.job.sources;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;
import org.invoiceflow.job.Restarts;
import org.invoiceflow.job.intake.ReceivedRecord;
import org.invoiceflow.job.intake.ReceivedRecordCodec;
import org.invoiceflow.job.lake.LakeSinks;
import org.invoiceflow.job.serialization.CodecTypeInfo;
import org.invoiceflow.model.CsvDialect;
import org.invoiceflow.model.CsvOptions;
import org.invoiceflow.model.CsvRowParser;
import org.invoiceflow.model.InvoiceLine;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class FileSourcesITCase {

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  @TempDir Path folder;

  @Test
  void files_of_every_kind_below_a_glob_are_read_in_both_modes() throws Exception {
    writeFilesOfEveryKind();
    String glob = folder.toUri() + "2011-*/**";

    for (StreamExecutionEnvironment env : List.of(Restarts.batch(), Restarts.streaming())) {
      Map<String, List<String>> positions =
          collect(env, InvoiceFiles.source(glob, CsvOptions.detectAll())).stream()
              .collect(
                  groupingBy(
                      record -> record.origin().source().replaceFirst(".*/", ""),
                      mapping(record -> record.origin().position(), toList())));

      assertThat(positions)
          .containsOnlyKeys("a.csv", "b.csv.gz", "c.jsonl", "d.ndjson.gz", "e.csv");
      assertThat(positions.get("a.csv")).containsExactlyElementsOf(lines(2, 1_501));
      assertThat(positions.get("b.csv.gz")).containsExactlyElementsOf(lines(2, 3_001));
      assertThat(positions.get("c.jsonl")).containsExactly("line 1", "line 3");
      assertThat(positions.get("d.ndjson.gz")).containsExactly("line 1");
      assertThat(positions.get("e.csv")).containsExactly("whole file");
    }
  }

  private void writeFilesOfEveryKind() throws IOException {
    String rows =
        IntStream.rangeClosed(1, 1_500)
            .mapToObj(i -> TestFiles.row("I" + i % 9, i))
            .reduce(TestFiles.HEADER, String::concat);
    String more =
        IntStream.rangeClosed(1, 3_000)
            .mapToObj(i -> TestFiles.row("J" + i % 9, i))
            .reduce(TestFiles.HEADER, String::concat);
    TestFiles.write(folder.resolve("2011-01/a.csv"), rows.getBytes(UTF_8));
    TestFiles.write(folder.resolve("2011-02/x/b.csv.gz"), TestFiles.gzip(more.getBytes(UTF_8)));
    TestFiles.write(folder.resolve("2011-02/c.jsonl"), "{}\n\n{}\n".getBytes(UTF_8));
    TestFiles.write(folder.resolve("2011-03/d.ndjson.gz"), TestFiles.gzip("{}".getBytes(UTF_8)));
    TestFiles.write(folder.resolve("2011-03/e.csv"), "no,header\n1,2\n".getBytes(UTF_8));
    TestFiles.write(folder.resolve("2011-03/_f.csv"), rows.getBytes(UTF_8));
    TestFiles.write(folder.resolve("2010-12/g.csv"), rows.getBytes(UTF_8));
  }

  @Test
  void a_failure_in_the_middle_of_a_file_neither_repeats_nor_renumbers_a_row() throws Exception {
    StringBuilder text = new StringBuilder(TestFiles.HEADER);
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      text.append(TestFiles.row("I" + i % 7, i + 1));
      expected.add("line " + (i + 2) + " no " + (i / 7 + 1));
    }
    TestFiles.write(folder.resolve("in.csv.gz"), TestFiles.gzip(text.toString().getBytes(UTF_8)));
    FileSource<ReceivedRecord> source =
        ListedOnce.source(
            FilePattern.parse(folder.toString()),
            FailOnce.holding(new InvoiceFileOpener(CsvOptions.detectAll())));

    StreamExecutionEnvironment env = Restarts.streaming().setParallelism(1);
    DataStream<ReceivedRecord> failing =
        from(env, source)
            .map(new FailOnce())
            .returns(CodecTypeInfo.using(ReceivedRecordCodec.class));

    List<String> read = new ArrayList<>();
    try (CloseableIterator<ReceivedRecord> records = failing.executeAndCollect()) {
      records.forEachRemaining(
          record -> read.add(record.origin().position() + " no " + record.lineNo()));
    }
    assertThat(FailOnce.restoredAfter()).isGreaterThanOrEqualTo(FailOnce.SEEN_BEFORE_CHECKPOINT);
    assertThat(read).isEqualTo(expected);
  }

  @Test
  void rows_of_an_invoice_that_another_one_interrupts_are_numbered_on() throws Exception {
    Path edge = Path.of(System.getProperty("invoiceflow.root"), "../shared/data/slice_edge.csv");
    Assumptions.assumeTrue(
        Files.exists(edge), "needs the real data, which is not in this checkout");

    List<InvoiceLine> lines = new ArrayList<>();
    for (ReceivedRecord record :
        collect(Restarts.batch(), InvoiceFiles.source(edge.toString(), CsvOptions.detectAll()))) {
      lines.add(
          new CsvRowParser(CsvDialect.parse(record.format()))
              .parse(record.payload(), record.lineNo(), "slice_edge.csv")
              .line()
              .orElseThrow());
    }

    assertThat(lines).hasSize(439);
    assertThat(
            lines.stream()
                .filter(line -> line.invoiceNo().equals("542806"))
                .map(InvoiceLine::lineNo))
        .isEqualTo(
            IntStream.rangeClosed(
                    1, (int) lines.stream().filter(l -> l.invoiceNo().equals("542806")).count())
                .boxed()
                .collect(toList()));
    assertThat(new HashSet<>(lines)).as("no identity stands twice").hasSize(439);
    assertThat(lines).anySatisfy(line -> assertThat(line.description()).contains("\u00a3"));
  }

  @Test
  void what_the_lake_wrote_is_read_back_as_it_was_received() throws Exception {
    writeFilesOfEveryKind();
    String input = folder.toUri() + "2011-*/**";
    org.apache.flink.core.fs.Path lake =
        new org.apache.flink.core.fs.Path(folder.resolve("lake").toUri());

    StreamExecutionEnvironment env = Restarts.batch();
    FileSink<ReceivedRecord> raw = LakeSinks.raw(lake);
    from(env, InvoiceFiles.source(input, CsvOptions.detectAll())).sinkTo(raw);
    env.execute();

    List<ReceivedRecord> replayed = collect(Restarts.batch(), RawFiles.source(lake + "/raw"));
    List<ReceivedRecord> received =
        collect(Restarts.batch(), InvoiceFiles.source(input, CsvOptions.detectAll()));
    assertThat(replayed)
        .extracting(FileSourcesITCase::allButTheTime)
        .containsExactlyInAnyOrderElementsOf(
            received.stream().map(FileSourcesITCase::allButTheTime).collect(toList()));
  }

  private static String allButTheTime(ReceivedRecord record) {
    return String.join(
        "|",
        record.origin().source(),
        record.origin().position(),
        record.format(),
        Integer.toString(record.lineNo()),
        new String(record.payload(), UTF_8));
  }

  private static List<String> lines(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(i -> "line " + i).collect(toList());
  }

  private static DataStreamSource<ReceivedRecord> from(
      StreamExecutionEnvironment env, FileSource<ReceivedRecord> source) {
    return env.fromSource(source, WatermarkStrategy.noWatermarks(), "files");
  }

  private static List<ReceivedRecord> collect(
      StreamExecutionEnvironment env, FileSource<ReceivedRecord> source) throws Exception {
    List<ReceivedRecord> all = new ArrayList<>();
    try (CloseableIterator<ReceivedRecord> records = from(env, source).executeAndCollect()) {
      records.forEachRemaining(all::add);
    }
    return all;
  }
}
