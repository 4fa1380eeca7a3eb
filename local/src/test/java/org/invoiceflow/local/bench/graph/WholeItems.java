package org.invoiceflow.local.bench.graph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.invoiceflow.job.intake.ReceivedLine;
import org.invoiceflow.job.serialization.CodecTypeInfo;
import org.invoiceflow.job.serialization.InvoiceLineCodec;
import org.invoiceflow.job.views.InvoicePart;
import org.invoiceflow.job.views.InvoiceSummaryCodec;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.InvoiceSummary;

/**
 * The usual way to keep a view: with each line the whole item of its invoice is written, and the
 * row of its customer.
 */
final class WholeItems extends KeyedProcessFunction<String, ReceivedLine, InvoicePart> {

  private static final long serialVersionUID = 1L;

  static final OutputTag<InvoiceSummary> CUSTOMER_ROWS =
      new OutputTag<>("customer-rows", CodecTypeInfo.using(InvoiceSummaryCodec.class));

  private transient MapState<Integer, InvoiceLine> lines;

  @Override
  public void open(OpenContext context) {
    lines =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "lines", Types.INT, CodecTypeInfo.using(InvoiceLineCodec.class)));
  }

  @Override
  public void processElement(ReceivedLine received, Context context, Collector<InvoicePart> out)
      throws Exception {
    InvoiceLine line = received.line();
    lines.put(line.lineNo(), line);
    List<InvoiceLine> all = new ArrayList<>();
    lines.values().forEach(all::add);
    all.sort(Comparator.comparingInt(InvoiceLine::lineNo));
    InvoiceSummary summary = InvoiceSummary.of(all);
    out.collect(InvoicePart.first(summary, all, List.of(1)));
    if (summary.customerId().isPresent()) {
      context.output(CUSTOMER_ROWS, summary);
    }
  }
}
