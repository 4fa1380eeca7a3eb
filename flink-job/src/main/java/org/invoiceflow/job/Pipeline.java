package org.invoiceflow.job;

import java.time.Duration;
import org.apache.flink.api.common.io.OutputFormat;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.invoiceflow.job.assembly.AssembleInvoices;
import org.invoiceflow.job.assembly.InvoiceChange;
import org.invoiceflow.job.assembly.InvoiceChangeCodec;
import org.invoiceflow.job.intake.ParseRecords;
import org.invoiceflow.job.intake.ReceivedLine;
import org.invoiceflow.job.intake.ReceivedLineCodec;
import org.invoiceflow.job.intake.ReceivedRecord;
import org.invoiceflow.job.intake.Rejection;
import org.invoiceflow.job.serialization.CodecTypeInfo;
import org.invoiceflow.job.views.DrainedMerge;
import org.invoiceflow.job.views.InvoicePart;
import org.invoiceflow.job.views.InvoicePartCodec;
import org.invoiceflow.job.views.MergeWithStored;
import org.invoiceflow.job.views.MergedInvoice;
import org.invoiceflow.job.views.MergedInvoiceCodec;
import org.invoiceflow.job.views.SplitViews;

/**
 * The one graph, from records to stores; stream, import and replay differ only in what they hand to
 * it.
 *
 * <pre>
 * records ─┬─▶ raw/
 *          └─▶ parse ─▶ assemble by InvoiceNo ─▶ merge with stored parts ─┬─▶ invoices view
 *                │              │                            │            ├─▶ customers view
 *                │              │                            │            └─▶ warehouse
 *                └──────────────┴────────────────────────────┴─▶ rejected/, duplicates/
 * </pre>
 *
 * <p>The warehouse gets what the merge lets through, so that no store holds a line that another one
 * refused.
 *
 * <p>From the assembly to the views' sinks everything stays in one subtask an invoice, so that its
 * changes keep their order. When a checkpoint is taken, all that the assembly has handed on is
 * written: a restored or rescaled job never repeats an older put.
 */
public final class Pipeline {

  /** Longer than the client retries; what comes after is a restart. */
  private static final Duration MERGE_TIMEOUT = Duration.ofMinutes(10);

  /**
   * Changes that wait for their stored parts at once, in one subtask: several requests of 100 keys.
   */
  private static final int MERGES_IN_FLIGHT = 500;

  private final Duration flushDelay;
  private final Duration retention;

  /**
   * @param flushDelay how long changes of one invoice are gathered before they are written
   * @param retention how long keyed state remembers a line
   */
  public Pipeline(Duration flushDelay, Duration retention) {
    this.flushDelay = flushDelay;
    this.retention = retention;
  }

  /** Adds the graph behind these records. */
  public void build(DataStream<ReceivedRecord> records, Stores stores) {
    stores.raw().ifPresent(raw -> Operators.LAKE_RAW.on(records.sinkTo(raw)));

    SingleOutputStreamOperator<ReceivedLine> lines =
        Operators.PARSE.on(
            records
                .process(new ParseRecords())
                .returns(CodecTypeInfo.using(ReceivedLineCodec.class)));
    SingleOutputStreamOperator<InvoiceChange> changes =
        Operators.ASSEMBLE.on(
            lines
                .keyBy(line -> line.line().invoiceNo())
                .process(new AssembleInvoices(flushDelay, retention))
                .returns(CodecTypeInfo.using(InvoiceChangeCodec.class)));
    SingleOutputStreamOperator<InvoicePart> parts = buildViews(changes, stores);
    stores
        .warehouse()
        .ifPresent(
            warehouse ->
                Operators.WAREHOUSE.on(parts.getSideOutput(SplitViews.ACCEPTED).sinkTo(warehouse)));
    stores.completion().ifPresent(completion -> recordCompletion(parts, completion));

    DataStream<Rejection> rejections =
        lines.getSideOutput(ParseRecords.REJECTED).union(parts.getSideOutput(SplitViews.REJECTED));
    stores.rejected().ifPresent(sink -> Operators.LAKE_REJECTED.on(rejections.sinkTo(sink)));
    DataStream<Rejection> repeated =
        changes
            .getSideOutput(AssembleInvoices.REPEATED)
            .union(parts.getSideOutput(SplitViews.REPEATED));
    stores.repeated().ifPresent(sink -> Operators.LAKE_REPEATED.on(repeated.sinkTo(sink)));
  }

  @SuppressWarnings("deprecation") // No newer sink is told when all the others have committed.
  private static void recordCompletion(
      DataStream<InvoicePart> parts, OutputFormat<InvoicePart> completion) {
    Operators.COMPLETION.on(parts.writeUsingOutputFormat(completion));
  }

  private static SingleOutputStreamOperator<InvoicePart> buildViews(
      DataStream<InvoiceChange> changes, Stores stores) {
    SingleOutputStreamOperator<MergedInvoice> merged =
        Operators.MERGE.on(
            changes.transform(
                Operators.MERGE.displayName(),
                CodecTypeInfo.using(MergedInvoiceCodec.class),
                new DrainedMerge(
                    new MergeWithStored(stores.storedInvoices()),
                    MERGE_TIMEOUT.toMillis(),
                    MERGES_IN_FLIGHT)));
    SingleOutputStreamOperator<InvoicePart> parts =
        Operators.SPLIT.on(
            merged.process(new SplitViews()).returns(CodecTypeInfo.using(InvoicePartCodec.class)));
    Operators.VIEW_INVOICES.on(parts.sinkTo(stores.invoicesView()));
    Operators.VIEW_CUSTOMERS.on(
        parts.getSideOutput(SplitViews.CUSTOMER_ROWS).sinkTo(stores.customersView()));
    return parts;
  }
}
