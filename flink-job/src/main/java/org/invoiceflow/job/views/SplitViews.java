package org.invoiceflow.job.views;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.invoiceflow.job.intake.Rejection;
import org.invoiceflow.job.intake.RejectionCodec;
import org.invoiceflow.job.metrics.JobMetrics;
import org.invoiceflow.job.serialization.CodecTypeInfo;
import org.invoiceflow.job.serialization.InvoiceLineCodec;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.InvoiceSummary;

/**
 * Sends each piece of a merged invoice where it belongs: parts to the main output, the rest to side
 * outputs. Stateless.
 */
public final class SplitViews extends ProcessFunction<MergedInvoice, InvoicePart> {

  private static final long serialVersionUID = 1L;

  /** Rows of the customers view. */
  public static final OutputTag<InvoiceSummary> CUSTOMER_ROWS =
      new OutputTag<>("customer-rows", CodecTypeInfo.using(InvoiceSummaryCodec.class));

  /** New lines that contradict nothing, for the warehouse; see {@link MergedInvoice#accepted}. */
  public static final OutputTag<InvoiceLine> ACCEPTED =
      new OutputTag<>("accepted", CodecTypeInfo.using(InvoiceLineCodec.class));

  /** Lines that contradict what is stored or on its way. */
  public static final OutputTag<Rejection> REJECTED =
      new OutputTag<>("conflicting", CodecTypeInfo.using(RejectionCodec.class));

  /** Lines that are stored already and came from another file then. */
  public static final OutputTag<Rejection> REPEATED =
      new OutputTag<>("repeated-in-store", CodecTypeInfo.using(RejectionCodec.class));

  private transient Counter writes;
  private transient Counter accepted;
  private transient Counter conflicts;
  private transient Counter alreadyStored;

  @Override
  public void open(OpenContext context) {
    MetricGroup metrics = JobMetrics.group(getRuntimeContext().getMetricGroup());
    writes = JobMetrics.metered(metrics, JobMetrics.VIEW_WRITES, JobMetrics.VIEW_WRITES_RATE);
    accepted =
        JobMetrics.metered(metrics, JobMetrics.LINES_ACCEPTED, JobMetrics.LINES_ACCEPTED_RATE);
    conflicts =
        JobMetrics.metered(
            metrics, JobMetrics.LINES_CONFLICTING, JobMetrics.LINES_CONFLICTING_RATE);
    alreadyStored = metrics.counter(JobMetrics.LINES_ALREADY_STORED);
  }

  @Override
  public void processElement(MergedInvoice merged, Context context, Collector<InvoicePart> out) {
    for (InvoicePart part : merged.parts()) {
      writes.inc();
      out.collect(part);
    }
    if (merged.customerRow().isPresent()) {
      writes.inc();
      context.output(CUSTOMER_ROWS, merged.customerRow().get());
    }
    merged.accepted().forEach(line -> context.output(ACCEPTED, line));
    accepted.inc(merged.accepted().size() - merged.alreadyStored());
    alreadyStored.inc(merged.alreadyStored());
    conflicts.inc(merged.conflicts().size());
    merged.conflicts().forEach(rejection -> context.output(REJECTED, rejection));
    merged.repeated().forEach(rejection -> context.output(REPEATED, rejection));
  }
}
