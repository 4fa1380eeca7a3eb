package org.invoiceflow.job.assembly;

import java.io.IOException;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.invoiceflow.job.intake.ReceivedLine;
import org.invoiceflow.job.intake.ReceivedLineCodec;
import org.invoiceflow.job.serialization.Binary;
import org.invoiceflow.job.serialization.Codec;
import org.invoiceflow.job.serialization.InvoiceLineCodec;
import org.invoiceflow.model.InvoiceLine;

/** Binary form of an {@link InvoiceChange}. */
public final class InvoiceChangeCodec implements Codec<InvoiceChange> {

  private final ReceivedLineCodec freshLines = new ReceivedLineCodec();
  private final InvoiceLineCodec knownLines = new InvoiceLineCodec();

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Class<InvoiceChange> type() {
    return InvoiceChange.class;
  }

  @Override
  public void write(InvoiceChange change, DataOutputView out) throws IOException {
    Binary.writeText(out, change.invoiceNo());
    Binary.writeList(out, change.fresh(), freshLines);
    Binary.writeList(out, change.known(), knownLines);
  }

  @Override
  public InvoiceChange read(int version, DataInputView in) throws IOException {
    String invoiceNo = Binary.readText(in);
    List<ReceivedLine> fresh = Binary.readList(in, freshLines);
    List<InvoiceLine> known = Binary.readList(in, knownLines);
    return new InvoiceChange(invoiceNo, fresh, known);
  }
}
