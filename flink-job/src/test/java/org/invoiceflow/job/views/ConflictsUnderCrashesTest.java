package org.invoiceflow.job.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.invoiceflow.job.testing.Lines.changed;
import static org.invoiceflow.job.testing.Lines.guest;
import static org.invoiceflow.job.testing.Lines.line;
import static org.invoiceflow.job.testing.Lines.ofCustomer;
import static org.invoiceflow.job.testing.Lines.received;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.invoiceflow.job.assembly.AssembleInvoices;
import org.invoiceflow.job.assembly.InvoiceChange;
import org.invoiceflow.job.assembly.InvoiceChangeCodec;
import org.invoiceflow.job.intake.ReceivedLine;
import org.invoiceflow.job.serialization.CodecSerializer;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.LineJson;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The real assembly and the real merge before a table whose puts arrive late, but in order. Lines
 * of one invoice contradict each other in content and customer; the job crashes, and its source
 * then repeats what came after the checkpoint in another order.
 */
class ConflictsUnderCrashesTest {

  private static final String INVOICE = "536365";
  private static final Duration DELAY = Duration.ofSeconds(1);
  private static final Duration RETENTION = Duration.ofHours(24);
  private static final int RUNS = 60;

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void a_line_that_reached_the_view_before_a_crash_is_stored_though_its_rival_comes_first_then(
      boolean otherCustomer) throws Exception {
    InvoiceLine first = line(INVOICE, 1);
    InvoiceLine rival = otherCustomer ? ofCustomer(line(INVOICE, 2), "12583") : changed(first);
    try (Job job = new Job()) {
      job.checkpoint();
      job.receive(first);
      job.flush();
      job.landAll();
      job.crash();
      job.receive(rival);
      job.flush();
      job.receive(first);
      job.flush();
      job.checkpoint();

      assertThat(job.view()).containsExactly(first);
      assertThat(job.warehouse.values()).containsExactly(first);
      assertThat(job.rejected).containsExactly(rival);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 20_261_122})
  void view_warehouse_and_rejected_lines_agree_after_any_run(long seed) throws Exception {
    for (long own = seed; own < seed + RUNS; own++) {
      Random random = new Random(own);
      List<InvoiceLine> input = contenders(random);
      try (Job job = new Job()) {
        run(job, input, random);
        assertAgreed(job, input, "seed " + own);
      }
    }
  }

  /** Up to seven LineNos in two parts, each with up to three contents and three customers. */
  private static List<InvoiceLine> contenders(Random random) {
    List<InvoiceLine> lines = new ArrayList<>();
    int count = 2 + random.nextInt(12);
    for (int i = 0; i < count; i++) {
      int lineNo = 97 + random.nextInt(7);
      InvoiceLine line = random.nextInt(3) == 0 ? guest(INVOICE, lineNo) : line(INVOICE, lineNo);
      line = random.nextInt(4) == 0 ? ofCustomer(line, "12583") : line;
      lines.add(random.nextInt(3) == 0 ? changed(line) : line);
    }
    return lines;
  }

  private static void run(Job job, List<InvoiceLine> input, Random random) throws Exception {
    Deque<InvoiceLine> coming = new ArrayDeque<>(input);
    List<InvoiceLine> sinceCheckpoint = new ArrayList<>();
    job.checkpoint();
    while (!coming.isEmpty() || !sinceCheckpoint.isEmpty()) {
      int what = random.nextInt(12);
      if (what < 5 && !coming.isEmpty()) {
        sinceCheckpoint.add(coming.peek());
        job.receive(coming.remove());
      } else if (what < 7) {
        job.flush();
      } else if (what < 9) {
        job.landOne();
      } else if (what == 9) {
        job.crash();
        Collections.shuffle(sinceCheckpoint, random);
        sinceCheckpoint.forEach(coming::addFirst);
        sinceCheckpoint.clear();
      } else if (what == 10 && random.nextInt(4) == 0) {
        job.checkpoint();
        job.forget();
        sinceCheckpoint.clear();
      } else {
        job.checkpoint();
        sinceCheckpoint.clear();
      }
    }
    job.flush();
    job.checkpoint();
  }

  private static void assertAgreed(Job job, List<InvoiceLine> input, String run) {
    List<InvoiceLine> view = job.view();
    assertThat(view)
        .as("view and warehouse, %s", run)
        .containsExactlyElementsOf(job.warehouse.values());
    assertThat(view.stream().flatMap(line -> line.customerId().stream()).distinct().count())
        .as("customers, %s", run)
        .isLessThanOrEqualTo(1);
    assertThat(job.rejected).as("rejected and stored, %s", run).doesNotContainAnyElementsOf(view);
    for (InvoiceLine line : input) {
      assertThat(view.contains(line) || job.rejected.contains(line))
          .as("%s is stored or rejected, %s", line, run)
          .isTrue();
    }
    assertThat(job.stored.get(1).summary().orElseThrow().lineCount())
        .as("line count, %s", run)
        .isEqualTo(view.size());
  }

  /** One subtask, its checkpoints and what it writes to. */
  private static final class Job implements AutoCloseable {
    private final Map<Integer, InvoicePart> stored = new HashMap<>();
    private final Deque<InvoicePart> underWay = new ArrayDeque<>();
    private final Map<Integer, InvoiceLine> warehouse = new TreeMap<>();
    private final List<InvoiceLine> rejected = new ArrayList<>();

    /** What the exactly-once sinks keep back until the next checkpoint. */
    private final List<InvoiceLine> uncommitted = new ArrayList<>();

    private final List<InvoiceLine> uncommittedRejected = new ArrayList<>();
    private KeyedOneInputStreamOperatorTestHarness<String, ReceivedLine, InvoiceChange> assembly =
        open(null);
    private @Nullable OperatorSubtaskState checkpoint;
    private int checkpoints;
    private int changes;
    private long now;
    private long ttlTime;

    Job() throws Exception {}

    void receive(InvoiceLine line) throws Exception {
      assembly.processElement(received(line), 0);
    }

    /** The merge reads what has landed by now. */
    void flush() throws Exception {
      now += DELAY.toMillis();
      assembly.setProcessingTime(now);
      List<InvoiceChange> all = assembly.extractOutputValues();
      for (InvoiceChange change : all.subList(changes, all.size())) {
        MergedInvoice merged = MergedInvoice.of(change, stored.values());
        underWay.addAll(merged.parts());
        uncommitted.addAll(merged.accepted());
        merged.conflicts().forEach(one -> uncommittedRejected.add(lineOf(one.record().payload())));
      }
      changes = all.size();
    }

    void landOne() {
      if (!underWay.isEmpty()) {
        InvoicePart part = underWay.remove();
        stored.put(part.part(), part);
      }
    }

    void landAll() {
      while (!underWay.isEmpty()) {
        landOne();
      }
    }

    /** All puts are acknowledged first, and the exactly-once sinks commit. */
    void checkpoint() throws Exception {
      landAll();
      checkpoints++;
      checkpoint = assembly.snapshot(checkpoints, checkpoints);
      uncommitted.forEach(line -> warehouse.putIfAbsent(line.lineNo(), line));
      uncommitted.clear();
      rejected.addAll(uncommittedRejected);
      uncommittedRejected.clear();
    }

    void crash() throws Exception {
      assembly.close();
      underWay.clear();
      uncommitted.clear();
      uncommittedRejected.clear();
      assembly = open(checkpoint);
      changes = 0;
    }

    /** A long time passes. */
    void forget() throws Exception {
      ttlTime += RETENTION.toMillis() + 1;
      assembly.setStateTtlProcessingTime(ttlTime);
    }

    List<InvoiceLine> view() {
      List<InvoiceLine> lines = new ArrayList<>();
      new TreeMap<>(stored).values().forEach(part -> lines.addAll(part.lines()));
      return lines;
    }

    private KeyedOneInputStreamOperatorTestHarness<String, ReceivedLine, InvoiceChange> open(
        @Nullable OperatorSubtaskState snapshot) throws Exception {
      KeyedOneInputStreamOperatorTestHarness<String, ReceivedLine, InvoiceChange> harness =
          new KeyedOneInputStreamOperatorTestHarness<>(
              new KeyedProcessOperator<>(new AssembleInvoices(DELAY, RETENTION)),
              one -> one.line().invoiceNo(),
              Types.STRING);
      harness.setup(new CodecSerializer<>(InvoiceChangeCodec.class));
      harness.setStateTtlProcessingTime(ttlTime);
      if (snapshot != null) {
        harness.initializeState(snapshot);
      }
      harness.setProcessingTime(now);
      harness.open();
      return harness;
    }

    @Override
    public void close() throws Exception {
      assembly.close();
    }

    private static InvoiceLine lineOf(byte[] json) {
      return LineJson.read(json).lines().get(0).result().line().orElseThrow();
    }
  }
}
