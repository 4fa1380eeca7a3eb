package org.invoiceflow.job.lake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.invoiceflow.job.Restarts;
import org.invoiceflow.job.intake.Origin;
import org.invoiceflow.job.intake.ReceivedRecord;
import org.invoiceflow.job.intake.ReceivedRecordCodec;
import org.invoiceflow.job.intake.Rejection;
import org.invoiceflow.job.intake.RejectionCodec;
import org.invoiceflow.job.serialization.CodecTypeInfo;
import org.invoiceflow.model.Rule;
import org.invoiceflow.model.Violation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class LakeSinksITCase {

  private static final TypeInformation<ReceivedRecord> RECORDS =
      CodecTypeInfo.using(ReceivedRecordCodec.class);

  /** 2010-12-01T08:59:59Z: the hour changes after one second. */
  private static final long BEFORE_NINE = 1_291_193_999_000L;

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  @TempDir Path folder;

  @Test
  void every_record_stands_once_after_a_failure_between_checkpoints() throws Exception {
    StreamExecutionEnvironment env = Restarts.streaming();

    numbers(env, new PacedNumbers()).sinkTo(LakeSinks.raw(lake()));
    env.execute();

    assertThat(PacedNumbers.failures()).isEqualTo(1);
    assertThat(payloads("raw")).isEqualTo(numbersUpTo(PacedNumbers.COUNT));
  }

  @Test
  void a_bounded_run_is_complete_in_both_modes_and_lies_in_folders_by_hour() throws Exception {
    for (StreamExecutionEnvironment env : List.of(Restarts.batch(), Restarts.streaming())) {
      DataStream<ReceivedRecord> records =
          env.fromSequence(1, 2_000).map(LakeSinksITCase::record).returns(RECORDS);
      records.sinkTo(LakeSinks.raw(lake()));
      rejections(records).sinkTo(LakeSinks.rejected(lake()));
      rejections(records).sinkTo(LakeSinks.repeated(lake()));
      env.execute();

      for (String kind : List.of("raw", "rejected", "duplicates")) {
        assertThat(payloads(kind)).isEqualTo(numbersUpTo(2_000));
        assertThat(linesByFolder(kind).keySet())
            .containsExactly(
                kind + "/ingest_date=2010-12-01/ingest_hour=08",
                kind + "/ingest_date=2010-12-01/ingest_hour=09");
        assertThat(linesByFolder(kind).firstEntry().getValue()).hasSize(999);
      }
      emptyLake();
    }
  }

  @Test
  void rejected_lines_carry_their_violations() throws Exception {
    StreamExecutionEnvironment env = Restarts.batch();
    rejections(env.fromSequence(7, 7).map(LakeSinksITCase::record).returns(RECORDS))
        .sinkTo(LakeSinks.rejected(lake()));
    env.execute();

    List<String> lines = linesByFolder("rejected").firstEntry().getValue();
    assertThat(lines).hasSize(1);
    assertThat(LakeJson.readRejection(lines.get(0).getBytes(UTF_8)).violations())
        .containsExactly(new Violation(Rule.MISSING, "Country", "Country is missing"));
  }

  @Test
  void a_file_ends_when_it_has_reached_its_size() throws Exception {
    StreamExecutionEnvironment env = Restarts.batch().setParallelism(1);
    FileSink<ReceivedRecord> sink = LakeSinks.raw(lake(), MemorySize.ofMebiBytes(1));
    env.fromSequence(1, 400).map(LakeSinksITCase::bigRecord).returns(RECORDS).sinkTo(sink);
    env.execute();

    List<Path> files = files("raw");
    assertThat(files).hasSizeBetween(4, 6);
    assertThat(files)
        .allSatisfy(file -> assertThat(Files.size(file)).isLessThan(1_200_000))
        .allSatisfy(file -> assertThat(file.toString()).endsWith(".jsonl.gz"));
    assertThat(payloads("raw")).hasSize(400);
  }

  static ReceivedRecord record(long number) {
    return new ReceivedRecord(
        new Origin("test", "line " + number, BEFORE_NINE + number),
        ReceivedRecord.JSON,
        ReceivedRecord.NO_LINE_NO,
        Long.toString(number).getBytes(UTF_8));
  }

  /** 10 KB that do not compress. */
  private static ReceivedRecord bigRecord(long number) {
    byte[] noise = new byte[10_000];
    new java.util.Random(number).nextBytes(noise);
    noise[0] = (byte) 0xff;
    return new ReceivedRecord(new Origin("test", "line " + number, 0), "csv;x", 1, noise);
  }

  private static DataStream<ReceivedRecord> numbers(
      StreamExecutionEnvironment env, PacedNumbers source) {
    return env.addSource(source, RECORDS).setParallelism(1).rebalance();
  }

  private static DataStream<Rejection> rejections(DataStream<ReceivedRecord> records) {
    return records
        .map(
            record ->
                new Rejection(
                    record, List.of(new Violation(Rule.MISSING, "Country", "Country is missing"))))
        .returns(CodecTypeInfo.using(RejectionCodec.class));
  }

  private static List<Long> numbersUpTo(long last) {
    return LongStream.rangeClosed(1, last).boxed().collect(Collectors.toList());
  }

  private org.apache.flink.core.fs.Path lake() {
    return new org.apache.flink.core.fs.Path(folder.toUri());
  }

  /** In ascending order; sizes in place of payloads that are no numbers. */
  private List<Long> payloads(String kind) throws IOException {
    List<Long> numbers = new ArrayList<>();
    for (List<String> lines : linesByFolder(kind).values()) {
      for (String line : lines) {
        byte[] payload = LakeJson.readRecord(line.getBytes(UTF_8)).payload();
        numbers.add(
            payload.length > 9 ? payload.length : Long.parseLong(new String(payload, UTF_8)));
      }
    }
    numbers.sort(null);
    return numbers;
  }

  private NavigableMap<String, List<String>> linesByFolder(String kind) throws IOException {
    NavigableMap<String, List<String>> lines = new TreeMap<>();
    for (Path file : files(kind)) {
      String name = folder.relativize(file.getParent()).toString();
      try (BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), UTF_8))) {
        reader.lines().forEach(lines.computeIfAbsent(name, n -> new ArrayList<>())::add);
      }
    }
    return lines;
  }

  /** The files that a reader of the lake would take. */
  private List<Path> files(String kind) throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve(kind))) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .filter(file -> !file.getFileName().toString().startsWith("_"))
          .collect(Collectors.toList());
    }
  }

  private void emptyLake() throws IOException {
    for (String kind : List.of("raw", "rejected", "duplicates")) {
      org.apache.flink.util.FileUtils.deleteDirectory(folder.resolve(kind).toFile());
    }
  }
}
