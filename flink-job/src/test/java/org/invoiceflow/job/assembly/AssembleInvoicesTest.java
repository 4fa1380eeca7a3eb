package org.invoiceflow.job.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.invoiceflow.job.testing.Lines.changed;
import static org.invoiceflow.job.testing.Lines.fromFile;
import static org.invoiceflow.job.testing.Lines.guest;
import static org.invoiceflow.job.testing.Lines.line;
import static org.invoiceflow.job.testing.Lines.lines;
import static org.invoiceflow.job.testing.Lines.ofCustomer;
import static org.invoiceflow.job.testing.Lines.received;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackend;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.invoiceflow.job.intake.ReceivedLine;
import org.invoiceflow.job.metrics.JobMetrics;
import org.invoiceflow.job.serialization.CodecSerializer;
import org.invoiceflow.job.testing.Metrics;
import org.invoiceflow.model.InvoiceLine;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssembleInvoicesTest {

  private static final String INVOICE = "536365";
  private static final long DELAY = 1_000;
  private static final Duration RETENTION = Duration.ofHours(24);

  private Metrics metrics;
  private KeyedOneInputStreamOperatorTestHarness<String, ReceivedLine, InvoiceChange> operator;

  @BeforeEach
  void open() throws Exception {
    operator = harness(new HashMapStateBackend());
    operator.open();
  }

  @AfterEach
  void close() throws Exception {
    operator.close();
  }

  @Test
  void lines_within_the_delay_become_one_change() throws Exception {
    send(lines(INVOICE, 1, 2));
    operator.setProcessingTime(DELAY - 1);
    send(line(INVOICE, 3));
    assertThat(changes()).isEmpty();

    operator.setProcessingTime(DELAY);

    assertThat(changes()).hasSize(1);
    assertThat(changes().get(0).invoiceNo()).isEqualTo(INVOICE);
    assertThat(freshOf(changes().get(0))).isEqualTo(lines(INVOICE, 1, 2, 3));
    assertThat(changes().get(0).known()).isEmpty();
  }

  @Test
  void the_next_change_carries_new_lines_as_fresh_and_the_others_as_known() throws Exception {
    send(lines(INVOICE, 1, 2));
    operator.setProcessingTime(DELAY);
    send(line(INVOICE, 3));
    operator.setProcessingTime(3 * DELAY);

    InvoiceChange second = changes().get(1);
    assertThat(freshOf(second)).isEqualTo(lines(INVOICE, 3));
    assertThat(second.known()).containsExactlyInAnyOrderElementsOf(lines(INVOICE, 1, 2));
  }

  @Test
  void each_invoice_has_a_change_and_a_delay_of_its_own() throws Exception {
    send(line("1", 1));
    operator.setProcessingTime(DELAY / 2);
    send(line("2", 1));
    operator.setProcessingTime(DELAY);
    assertThat(changes()).extracting(InvoiceChange::invoiceNo).containsExactly("1");

    operator.setProcessingTime(DELAY + DELAY / 2);

    assertThat(changes()).extracting(InvoiceChange::invoiceNo).containsExactly("1", "2");
  }

  @Test
  void a_flush_clears_both_timers_and_all_state_but_the_lines_and_the_customer() throws Exception {
    send(line(INVOICE, 1));
    assertThat(operator.numProcessingTimeTimers()).isEqualTo(1);
    assertThat(operator.numEventTimeTimers()).isEqualTo(1);
    assertThat(operator.numKeyedStateEntries()).isEqualTo(4);

    operator.setProcessingTime(DELAY);

    assertThat(operator.numProcessingTimeTimers()).isZero();
    assertThat(operator.numEventTimeTimers()).isZero();
    assertThat(operator.numKeyedStateEntries()).isEqualTo(2);
  }

  @Test
  void the_final_watermark_flushes_what_the_delay_still_holds_back() throws Exception {
    send(lines(INVOICE, 1, 2));

    operator.processWatermark(Watermark.MAX_WATERMARK);

    assertThat(changes()).hasSize(1);
    assertThat(freshOf(changes().get(0))).isEqualTo(lines(INVOICE, 1, 2));
    assertThat(operator.numProcessingTimeTimers()).isZero();
    assertThat(operator.numEventTimeTimers()).isZero();
  }

  @Test
  void a_watermark_before_the_end_flushes_nothing() throws Exception {
    send(line(INVOICE, 1));

    operator.processWatermark(new Watermark(Long.MAX_VALUE - 1));

    assertThat(changes()).isEmpty();
  }

  @Test
  void duplicates_are_dropped_and_counted() throws Exception {
    send(lines(INVOICE, 1, 1));
    operator.setProcessingTime(DELAY);
    send(line(INVOICE, 1));

    assertThat(operator.numProcessingTimeTimers()).isZero();
    operator.setProcessingTime(5 * DELAY);

    assertThat(changes()).hasSize(1);
    assertThat(freshOf(changes().get(0))).isEqualTo(lines(INVOICE, 1));
    assertThat(side(AssembleInvoices.REPEATED)).isEmpty();
    assertThat(metrics.count(JobMetrics.LINES_DUPLICATE)).isEqualTo(2);
    assertThat(metrics.count(JobMetrics.INVOICE_CHANGES)).isEqualTo(1);
  }

  @Test
  void rows_alike_in_content_with_different_numbers_are_two_lines() throws Exception {
    InvoiceLine first = line(INVOICE, 1);
    send(List.of(first, first.toBuilder().lineNo(2).build()));
    operator.setProcessingTime(DELAY);

    assertThat(freshOf(changes().get(0))).hasSize(2);
  }

  @Test
  void a_line_that_contradicts_the_state_is_handed_on_with_its_record() throws Exception {
    ReceivedLine contender = received(changed(line(INVOICE, 1)));
    send(line(INVOICE, 1));
    operator.processElement(contender, 0);
    operator.setProcessingTime(DELAY);

    assertThat(freshOf(changes().get(0))).containsExactly(line(INVOICE, 1), contender.line());
    assertThat(changes().get(0).fresh().get(1).record())
        .usingRecursiveComparison()
        .isEqualTo(contender.record());
    assertThat(changes().get(0).known()).isEmpty();
  }

  @Test
  void a_line_of_a_second_customer_is_handed_on() throws Exception {
    List<InvoiceLine> all =
        List.of(line(INVOICE, 1), guest(INVOICE, 2), ofCustomer(line(INVOICE, 3), "12583"));
    send(all);
    operator.setProcessingTime(DELAY);

    assertThat(freshOf(changes().get(0))).isEqualTo(all);
  }

  @Test
  void from_the_first_contradiction_on_lines_are_known_in_the_order_of_arrival() throws Exception {
    List<InvoiceLine> disputed =
        List.of(
            changed(line(INVOICE, 2)),
            line(INVOICE, 9),
            changed(changed(line(INVOICE, 2))),
            line(INVOICE, 5));
    send(lines(INVOICE, 1, 2));
    send(disputed);
    operator.setProcessingTime(DELAY);
    send(line(INVOICE, 7));
    operator.setProcessingTime(3 * DELAY);

    List<InvoiceLine> known = changes().get(1).known();
    assertThat(known.subList(0, 2)).containsExactlyInAnyOrderElementsOf(lines(INVOICE, 1, 2));
    assertThat(known.subList(2, known.size())).isEqualTo(disputed);
    assertThat(freshOf(changes().get(1))).isEqualTo(lines(INVOICE, 7));
  }

  @Test
  void a_contender_comes_after_the_known_line_that_it_contradicts() throws Exception {
    send(line(INVOICE, 1));
    operator.setProcessingTime(DELAY);
    send(changed(line(INVOICE, 1)));
    operator.setProcessingTime(3 * DELAY);

    assertThat(changes().get(1).known()).isEqualTo(lines(INVOICE, 1));
    assertThat(freshOf(changes().get(1))).containsExactly(changed(line(INVOICE, 1)));
  }

  @Test
  void a_repeat_of_either_contender_is_a_duplicate() throws Exception {
    InvoiceLine contender = fromFile(changed(line(INVOICE, 1)), "december.csv");
    send(List.of(line(INVOICE, 1), contender));
    operator.setProcessingTime(DELAY);
    send(List.of(line(INVOICE, 1), contender, fromFile(contender, "january.csv")));
    operator.setProcessingTime(5 * DELAY);

    assertThat(changes()).hasSize(1);
    assertThat(metrics.count(JobMetrics.LINES_DUPLICATE)).isEqualTo(3);
    assertThat(metrics.count(JobMetrics.LINES_DUPLICATE_OTHER_FILE)).isEqualTo(1);
    assertThat(side(AssembleInvoices.REPEATED).get(0).violations().get(0).message())
        .contains("december.csv");
  }

  @Test
  void after_its_retention_a_contradiction_is_forgotten() throws Exception {
    operator.setStateTtlProcessingTime(0);
    send(List.of(line(INVOICE, 1), changed(line(INVOICE, 1))));
    operator.setProcessingTime(DELAY);
    operator.setStateTtlProcessingTime(RETENTION.toMillis() + 1);
    send(List.of(line(INVOICE, 2), changed(line(INVOICE, 1))));
    operator.setProcessingTime(3 * DELAY);

    assertThat(changes().get(1).known()).isEmpty();
    assertThat(freshOf(changes().get(1)))
        .containsExactly(line(INVOICE, 2), changed(line(INVOICE, 1)));
  }

  @Test
  void a_duplicate_from_another_file_is_listed_and_counted_apart() throws Exception {
    send(
        List.of(
            fromFile(line(INVOICE, 1), "december.csv"),
            fromFile(line(INVOICE, 1), "december.csv"),
            fromFile(line(INVOICE, 1), "january.csv")));

    assertThat(side(AssembleInvoices.REPEATED)).hasSize(1);
    assertThat(metrics.count(JobMetrics.LINES_DUPLICATE)).isEqualTo(2);
    assertThat(metrics.count(JobMetrics.LINES_DUPLICATE_OTHER_FILE)).isEqualTo(1);
  }

  @Test
  void lines_may_arrive_in_any_order() throws Exception {
    send(lines(INVOICE, 300, 2));
    operator.setProcessingTime(DELAY);
    send(lines(INVOICE, 1, 2));
    operator.setProcessingTime(3 * DELAY);

    assertThat(freshOf(changes().get(0))).isEqualTo(lines(INVOICE, 300, 2));
    assertThat(freshOf(changes().get(1))).isEqualTo(lines(INVOICE, 1));
    assertThat(changes().get(1).known())
        .containsExactlyInAnyOrderElementsOf(lines(INVOICE, 2, 300));
  }

  @Test
  void after_its_retention_a_line_is_forgotten_and_taken_for_new() throws Exception {
    operator.setStateTtlProcessingTime(0);
    send(line(INVOICE, 1));
    operator.setProcessingTime(DELAY);
    operator.setStateTtlProcessingTime(RETENTION.toMillis() - 1);
    send(line(INVOICE, 1));
    assertThat(metrics.count(JobMetrics.LINES_DUPLICATE)).isEqualTo(1);

    operator.setStateTtlProcessingTime(RETENTION.toMillis() + 1);
    send(changed(line(INVOICE, 1)));
    operator.setProcessingTime(3 * DELAY);

    // That it contradicts the stored line is found when the two are merged.
    assertThat(freshOf(changes().get(1))).containsExactly(changed(line(INVOICE, 1)));
    assertThat(changes().get(1).known()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_restore_keeps_pending_lines_known_lines_and_timers(boolean rocksDb) throws Exception {
    StateBackend backend =
        rocksDb ? new EmbeddedRocksDBStateBackend(true) : new HashMapStateBackend();
    restart(backend, null);
    send(lines(INVOICE, 1, 2));
    operator.setProcessingTime(DELAY);
    send(line(INVOICE, 3));
    OperatorSubtaskState snapshot = operator.snapshot(1, DELAY + 1);

    restart(backend, snapshot);
    send(lines(INVOICE, 1, 4));
    operator.setProcessingTime(2 * DELAY);

    assertThat(changes()).hasSize(1);
    assertThat(freshOf(changes().get(0))).isEqualTo(lines(INVOICE, 3, 4));
    assertThat(changes().get(0).fresh().get(0).record())
        .usingRecursiveComparison()
        .isEqualTo(received(line(INVOICE, 3)).record());
    assertThat(changes().get(0).known()).containsExactlyInAnyOrderElementsOf(lines(INVOICE, 1, 2));
    assertThat(operator.numProcessingTimeTimers()).isZero();
    assertThat(operator.numEventTimeTimers()).isZero();
  }

  @Test
  void lines_that_expired_while_their_change_was_pending_are_known_to_the_next_one()
      throws Exception {
    operator.setStateTtlProcessingTime(0);
    send(lines(INVOICE, 1, 2));
    operator.setStateTtlProcessingTime(RETENTION.toMillis() + 1);
    send(changed(line(INVOICE, 2)));
    operator.setProcessingTime(DELAY);
    send(line(INVOICE, 3));
    operator.setProcessingTime(3 * DELAY);

    assertThat(freshOf(changes().get(0)))
        .containsExactly(line(INVOICE, 1), line(INVOICE, 2), changed(line(INVOICE, 2)));
    assertThat(changes().get(1).known())
        .containsExactly(line(INVOICE, 1), line(INVOICE, 2), changed(line(INVOICE, 2)));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_restore_keeps_contenders_and_their_order(boolean rocksDb) throws Exception {
    StateBackend backend =
        rocksDb ? new EmbeddedRocksDBStateBackend(true) : new HashMapStateBackend();
    restart(backend, null);
    InvoiceLine foreign = ofCustomer(line(INVOICE, 3), "12583");
    send(List.of(line(INVOICE, 1), foreign, line(INVOICE, 2)));
    operator.setProcessingTime(DELAY);
    OperatorSubtaskState snapshot = operator.snapshot(1, DELAY + 1);

    restart(backend, snapshot);
    send(List.of(foreign, line(INVOICE, 4)));
    operator.setProcessingTime(3 * DELAY);

    assertThat(changes().get(0).known())
        .containsExactly(line(INVOICE, 1), foreign, line(INVOICE, 2));
    assertThat(freshOf(changes().get(0))).isEqualTo(lines(INVOICE, 4));
  }

  @Test
  void a_restored_job_that_ends_at_once_still_flushes() throws Exception {
    send(line(INVOICE, 1));
    OperatorSubtaskState snapshot = operator.snapshot(1, 1);

    restart(new HashMapStateBackend(), snapshot);
    operator.processWatermark(Watermark.MAX_WATERMARK);

    assertThat(changes()).hasSize(1);
  }

  private void restart(StateBackend backend, @Nullable OperatorSubtaskState snapshot)
      throws Exception {
    operator.close();
    operator = harness(backend);
    if (snapshot != null) {
      operator.initializeState(snapshot);
    }
    operator.open();
  }

  private KeyedOneInputStreamOperatorTestHarness<String, ReceivedLine, InvoiceChange> harness(
      StateBackend backend) throws Exception {
    metrics = new Metrics();
    MockEnvironment environment =
        new MockEnvironmentBuilder()
            .setMaxParallelism(128)
            .setMetricGroup(metrics.taskGroup())
            .build();
    KeyedOneInputStreamOperatorTestHarness<String, ReceivedLine, InvoiceChange> harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new AssembleInvoices(Duration.ofMillis(DELAY), RETENTION)),
            received -> received.line().invoiceNo(),
            Types.STRING,
            environment);
    harness.setStateBackend(backend);
    harness.setup(new CodecSerializer<>(InvoiceChangeCodec.class));
    return harness;
  }

  private void send(InvoiceLine line) throws Exception {
    operator.processElement(received(line), 0);
  }

  private void send(List<InvoiceLine> lines) throws Exception {
    for (InvoiceLine line : lines) {
      send(line);
    }
  }

  private List<InvoiceChange> changes() {
    return operator.extractOutputValues();
  }

  private static List<InvoiceLine> freshOf(InvoiceChange change) {
    return change.fresh().stream().map(ReceivedLine::line).collect(Collectors.toList());
  }

  private <T> List<T> side(OutputTag<T> tag) {
    List<T> values = new ArrayList<>();
    Queue<StreamRecord<T>> records = operator.getSideOutput(tag);
    if (records != null) {
      records.forEach(record -> values.add(record.getValue()));
    }
    return values;
  }
}
