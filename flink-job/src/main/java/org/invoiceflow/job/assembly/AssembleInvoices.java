package org.invoiceflow.job.assembly;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.invoiceflow.job.intake.ReceivedLine;
import org.invoiceflow.job.intake.ReceivedLineCodec;
import org.invoiceflow.job.intake.Rejection;
import org.invoiceflow.job.intake.RejectionCodec;
import org.invoiceflow.job.metrics.JobMetrics;
import org.invoiceflow.job.serialization.CodecTypeInfo;
import org.invoiceflow.job.serialization.InvoiceLineCodec;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.Violation;

/**
 * Collects the lines of each invoice (the key is InvoiceNo), in whatever order they arrive. New
 * lines, gathered for {@code flushDelay}, go to the main output as one {@link InvoiceChange};
 * duplicates are dropped and counted; conflicts go to {@link #REJECTED}; duplicates from another
 * file also to {@link #REPEATED}.
 *
 * <p>A change has two triggers: a processing-time timer, and an event-time timer at the end of time
 * that only the final watermark fires. A bounded STREAMING run ends without its pending
 * processing-time timers, so the first alone would lose the last lines.
 *
 * <p>State is a cache of the invoices view, which is merged in before every write: what has expired
 * here is found again there. Limit: a line that only the merge finds to be in conflict stays in the
 * state until it expires; until then lines that contradict it are rejected too, and can be sent
 * again later.
 */
public final class AssembleInvoices
    extends KeyedProcessFunction<String, ReceivedLine, InvoiceChange> {

  private static final long serialVersionUID = 1L;

  /** Lines that contradict what is known of their invoice. */
  public static final OutputTag<Rejection> REJECTED =
      new OutputTag<>("conflicting", CodecTypeInfo.using(RejectionCodec.class));

  /**
   * Duplicates whose twin came from another file: worth a look, since two files may have numbered
   * different lines alike.
   */
  public static final OutputTag<Rejection> REPEATED =
      new OutputTag<>("repeated", CodecTypeInfo.using(RejectionCodec.class));

  private final Duration flushDelay;
  private final Duration retention;

  /**
   * LineNo to line, of every line seen: about 150 bytes each. Expires {@code retention} after the
   * line was written.
   */
  private transient MapState<Integer, InvoiceLine> lines;

  /** The customer whom the lines name; one short text. Expires like the lines. */
  private transient ValueState<String> customer;

  /**
   * Lines since the last change, with their records: about 500 bytes each. Emptied at every change.
   */
  private transient ListState<ReceivedLine> fresh;

  /** When the processing-time timer is due; absent while no change is pending. */
  private transient ValueState<Long> flushAt;

  private transient Counter accepted;
  private transient Counter duplicates;
  private transient Counter duplicatesOfOtherFile;
  private transient Counter conflicts;
  private transient Counter changes;

  /**
   * @param flushDelay how long changes of one invoice are gathered; zero writes at the next timer
   *     tick
   * @param retention how long a line is remembered after it was seen
   */
  public AssembleInvoices(Duration flushDelay, Duration retention) {
    this.flushDelay = flushDelay;
    this.retention = retention;
  }

  @Override
  public void open(OpenContext context) {
    StateTtlConfig ttl = StateTtlConfig.newBuilder(retention).cleanupFullSnapshot().build();
    MapStateDescriptor<Integer, InvoiceLine> linesDescriptor =
        new MapStateDescriptor<>("lines", Types.INT, CodecTypeInfo.using(InvoiceLineCodec.class));
    linesDescriptor.enableTimeToLive(ttl);
    lines = getRuntimeContext().getMapState(linesDescriptor);
    ValueStateDescriptor<String> customerDescriptor =
        new ValueStateDescriptor<>("customer", Types.STRING);
    customerDescriptor.enableTimeToLive(ttl);
    customer = getRuntimeContext().getState(customerDescriptor);
    fresh =
        getRuntimeContext()
            .getListState(
                new ListStateDescriptor<>("fresh", CodecTypeInfo.using(ReceivedLineCodec.class)));
    flushAt = getRuntimeContext().getState(new ValueStateDescriptor<>("flush-at", Types.LONG));

    MetricGroup metrics = JobMetrics.group(getRuntimeContext().getMetricGroup());
    accepted = metrics.counter(JobMetrics.LINES_ACCEPTED);
    duplicates = metrics.counter(JobMetrics.LINES_DUPLICATE);
    duplicatesOfOtherFile = metrics.counter(JobMetrics.LINES_DUPLICATE_OTHER_FILE);
    conflicts = metrics.counter(JobMetrics.LINES_CONFLICTING);
    changes = metrics.counter(JobMetrics.INVOICE_CHANGES);
  }

  @Override
  public void processElement(ReceivedLine received, Context context, Collector<InvoiceChange> out)
      throws Exception {
    InvoiceLine line = received.line();
    InvoiceLine twin = lines.get(line.lineNo());
    if (twin != null && twin.equals(line)) {
      drop(received, twin, context);
      return;
    }
    List<Violation> conflict =
        Conflicts.between(line, Optional.ofNullable(twin), Optional.ofNullable(customer.value()));
    if (!conflict.isEmpty()) {
      conflicts.inc();
      context.output(REJECTED, new Rejection(received.record(), conflict));
      return;
    }
    accept(received, context);
  }

  private void drop(ReceivedLine received, InvoiceLine twin, Context context) {
    duplicates.inc();
    Optional<Violation> otherFile = Conflicts.repeatedFromOtherFile(received.line(), twin);
    if (otherFile.isPresent()) {
      duplicatesOfOtherFile.inc();
      context.output(REPEATED, new Rejection(received.record(), List.of(otherFile.get())));
    }
  }

  private void accept(ReceivedLine received, Context context) throws Exception {
    InvoiceLine line = received.line();
    accepted.inc();
    lines.put(line.lineNo(), line);
    if (line.customerId().isPresent()) {
      customer.update(line.customerId().get());
    }
    fresh.add(received);
    if (flushAt.value() == null) {
      TimerService timers = context.timerService();
      long due = timers.currentProcessingTime() + flushDelay.toMillis();
      timers.registerProcessingTimeTimer(due);
      timers.registerEventTimeTimer(Long.MAX_VALUE);
      flushAt.update(due);
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<InvoiceChange> out)
      throws Exception {
    Long due = flushAt.value();
    if (due == null) {
      return;
    }
    context.timerService().deleteProcessingTimeTimer(due);
    context.timerService().deleteEventTimeTimer(Long.MAX_VALUE);
    flushAt.clear();
    out.collect(change(context.getCurrentKey()));
    fresh.clear();
    changes.inc();
  }

  private InvoiceChange change(String invoiceNo) throws Exception {
    List<ReceivedLine> freshLines = new ArrayList<>();
    Set<Integer> freshNos = new HashSet<>();
    for (ReceivedLine line : fresh.get()) {
      freshLines.add(line);
      freshNos.add(line.line().lineNo());
    }
    List<InvoiceLine> known = new ArrayList<>();
    for (Map.Entry<Integer, InvoiceLine> entry : lines.entries()) {
      if (!freshNos.contains(entry.getKey())) {
        known.add(entry.getValue());
      }
    }
    return new InvoiceChange(invoiceNo, freshLines, known);
  }
}
