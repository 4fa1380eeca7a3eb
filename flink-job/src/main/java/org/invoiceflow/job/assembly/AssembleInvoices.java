package org.invoiceflow.job.assembly;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
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
import org.invoiceflow.model.LineJson;
import org.invoiceflow.model.Violation;

/**
 * Collects the lines of each invoice (the key is InvoiceNo), in whatever order they arrive. New
 * lines, gathered for {@code flushDelay}, go to the main output as one {@link InvoiceChange};
 * repeats of a line that was seen before are dropped and counted, those from another file also go
 * to {@link #REPEATED}.
 *
 * <p>A change has two triggers: a processing-time timer, and an event-time timer at the end of time
 * that only the final watermark fires. A bounded STREAMING run ends without its pending
 * processing-time timers, so the first alone would lose the last lines.
 *
 * <p>State is a cache of the invoices view, which is merged in before every write: what has expired
 * here is found again there. So nothing is rejected here, either: a line that contradicts the state
 * may be the one that is stored, for example when a source replays in another order than before a
 * crash. It is handed on like any other, and the merge decides.
 *
 * <p>What the merge decides is not told here. From the first contradiction on, the lines of an
 * invoice are therefore remembered in the order of their arrival, whether the merge stored or
 * rejected them; with that order, and the stored lines first, it finds its decisions again.
 */
public final class AssembleInvoices
    extends KeyedProcessFunction<String, ReceivedLine, InvoiceChange> {

  private static final long serialVersionUID = 1L;

  /**
   * Duplicates whose twin came from another file: worth a look, since two files may have numbered
   * different lines alike.
   */
  public static final OutputTag<Rejection> REPEATED =
      new OutputTag<>("repeated", CodecTypeInfo.using(RejectionCodec.class));

  private final Duration flushDelay;
  private final Duration retention;

  /**
   * LineNo to line, of every line that was seen before the invoice's first contradiction: about 150
   * bytes each. Expires {@code retention} after the line was written.
   */
  private transient MapState<Integer, InvoiceLine> lines;

  /** The customer whom these lines name; one short text. Expires like the lines. */
  private transient ValueState<String> customer;

  /**
   * Content to number and line, of every line since the first contradiction, that one included;
   * numbered in the order of arrival. Empty for nearly every invoice. Expires like the lines, of
   * which none is younger.
   */
  private transient MapState<String, Tuple2<Integer, InvoiceLine>> disputed;

  /** The next number in {@link #disputed}; absent while that is empty. Expires like the lines. */
  private transient ValueState<Integer> nextDisputed;

  /**
   * Lines since the last change, with their records: about 500 bytes each. Emptied at every change.
   */
  private transient ListState<ReceivedLine> fresh;

  /** When the processing-time timer is due; absent while no change is pending. */
  private transient ValueState<Long> flushAt;

  private transient Counter duplicates;
  private transient Counter duplicatesOfOtherFile;
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
    MapStateDescriptor<String, Tuple2<Integer, InvoiceLine>> disputedDescriptor =
        new MapStateDescriptor<>(
            "disputed",
            Types.STRING,
            Types.TUPLE(Types.INT, CodecTypeInfo.using(InvoiceLineCodec.class)));
    disputedDescriptor.enableTimeToLive(ttl);
    disputed = getRuntimeContext().getMapState(disputedDescriptor);
    ValueStateDescriptor<Integer> nextDescriptor =
        new ValueStateDescriptor<>("next-disputed", Types.INT);
    nextDescriptor.enableTimeToLive(ttl);
    nextDisputed = getRuntimeContext().getState(nextDescriptor);
    fresh =
        getRuntimeContext()
            .getListState(
                new ListStateDescriptor<>("fresh", CodecTypeInfo.using(ReceivedLineCodec.class)));
    flushAt = getRuntimeContext().getState(new ValueStateDescriptor<>("flush-at", Types.LONG));

    MetricGroup metrics = JobMetrics.group(getRuntimeContext().getMetricGroup());
    duplicates =
        JobMetrics.metered(metrics, JobMetrics.LINES_DUPLICATE, JobMetrics.LINES_DUPLICATE_RATE);
    duplicatesOfOtherFile = metrics.counter(JobMetrics.LINES_DUPLICATE_OTHER_FILE);
    changes = metrics.counter(JobMetrics.INVOICE_CHANGES);
  }

  @Override
  public void processElement(ReceivedLine received, Context context, Collector<InvoiceChange> out)
      throws Exception {
    InvoiceLine line = received.line();
    Optional<InvoiceLine> holder = Optional.ofNullable(lines.get(line.lineNo()));
    Optional<InvoiceLine> twin = holder.filter(line::equals);
    if (twin.isEmpty()) {
      twin = disputedTwin(line);
    }
    if (twin.isPresent()) {
      drop(received, twin.get(), context);
    } else {
      remember(line, holder);
      fresh.add(received);
      scheduleChange(context.timerService());
    }
  }

  private void drop(ReceivedLine received, InvoiceLine twin, Context context) {
    duplicates.inc();
    Optional<Violation> otherFile = Conflicts.repeatedFromOtherFile(received.line(), twin);
    if (otherFile.isPresent()) {
      duplicatesOfOtherFile.inc();
      context.output(REPEATED, new Rejection(received.record(), List.of(otherFile.get())));
    }
  }

  private void remember(InvoiceLine line, Optional<InvoiceLine> holder) throws Exception {
    Integer number = nextDisputed.value();
    if (number == null
        && Conflicts.between(line, holder, Optional.ofNullable(customer.value())).isEmpty()) {
      lines.put(line.lineNo(), line);
      if (line.customerId().isPresent()) {
        customer.update(line.customerId().get());
      }
      return;
    }
    int own = number == null ? 0 : number;
    disputed.put(contentOf(line), Tuple2.of(own, line));
    nextDisputed.update(own + 1);
  }

  private Optional<InvoiceLine> disputedTwin(InvoiceLine line) throws Exception {
    if (nextDisputed.value() == null) {
      return Optional.empty();
    }
    return Optional.ofNullable(disputed.get(contentOf(line))).map(numbered -> numbered.f1);
  }

  /** The same for two lines exactly if they are equal. */
  private static String contentOf(InvoiceLine line) {
    return LineJson.toJson(line.toBuilder().sourceFile(null).build());
  }

  private void scheduleChange(TimerService timers) throws Exception {
    if (flushAt.value() == null) {
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
    Set<InvoiceLine> forgotten = new HashSet<>();
    for (ReceivedLine line : fresh.get()) {
      freshLines.add(line);
      forgotten.add(line.line());
    }
    Set<InvoiceLine> notKnown = Set.copyOf(forgotten);
    List<InvoiceLine> known = remembered();
    known.forEach(forgotten::remove);
    if (!forgotten.isEmpty()) {
      rememberAgain(freshLines);
    }
    known.removeIf(notKnown::contains);
    return new InvoiceChange(invoiceNo, freshLines, known);
  }

  private List<InvoiceLine> remembered() throws Exception {
    List<InvoiceLine> all = new ArrayList<>();
    lines.values().forEach(all::add);
    if (nextDisputed.value() != null) {
      TreeMap<Integer, InvoiceLine> byArrival = new TreeMap<>();
      disputed.values().forEach(numbered -> byArrival.put(numbered.f0, numbered.f1));
      all.addAll(byArrival.values());
    }
    return all;
  }

  /**
   * For a job that was stopped for longer than the retention: lines that waited for their change
   * have expired, and with them all older ones, so that nothing is left that is not fresh.
   */
  private void rememberAgain(List<ReceivedLine> freshLines) throws Exception {
    lines.clear();
    customer.clear();
    disputed.clear();
    nextDisputed.clear();
    for (ReceivedLine one : freshLines) {
      InvoiceLine line = one.line();
      remember(line, Optional.ofNullable(lines.get(line.lineNo())));
    }
  }
}
