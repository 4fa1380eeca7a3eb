package org.invoiceflow.job.views;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.invoiceflow.job.serialization.Binary;
import org.invoiceflow.job.serialization.Codec;
import org.invoiceflow.job.serialization.InvoiceLineCodec;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.InvoiceSummary;

/** Binary form of an {@link InvoicePart}. */
public final class InvoicePartCodec implements Codec<InvoicePart> {

  private final InvoiceLineCodec lineCodec = new InvoiceLineCodec();
  private final InvoiceSummaryCodec summaryCodec = new InvoiceSummaryCodec();

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Class<InvoicePart> type() {
    return InvoicePart.class;
  }

  @Override
  public void write(InvoicePart value, DataOutputView out) throws IOException {
    Binary.writeText(out, value.invoiceNo());
    out.writeInt(value.part());
    Binary.writeList(out, value.lines(), lineCodec);
    out.writeBoolean(value.summary().isPresent());
    if (value.summary().isPresent()) {
      summaryCodec.write(value.summary().get(), out);
      out.writeInt(value.parts().size());
      for (int part : value.parts()) {
        out.writeInt(part);
      }
    }
  }

  @Override
  public InvoicePart read(int version, DataInputView in) throws IOException {
    String invoiceNo = Binary.readText(in);
    int part = in.readInt();
    List<InvoiceLine> lines = Binary.readList(in, lineCodec);
    if (!in.readBoolean()) {
      return InvoicePart.later(invoiceNo, part, lines);
    }
    InvoiceSummary summary = summaryCodec.read(1, in);
    int count = in.readInt();
    List<Integer> parts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      parts.add(in.readInt());
    }
    return InvoicePart.first(summary, lines, parts);
  }
}
