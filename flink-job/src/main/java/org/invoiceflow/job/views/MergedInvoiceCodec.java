package org.invoiceflow.job.views;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.invoiceflow.job.intake.RejectionCodec;
import org.invoiceflow.job.serialization.Binary;
import org.invoiceflow.job.serialization.Codec;
import org.invoiceflow.job.serialization.InvoiceLineCodec;

/** Binary form of a {@link MergedInvoice}. */
public final class MergedInvoiceCodec implements Codec<MergedInvoice> {

  private final InvoiceSummaryCodec summaryCodec = new InvoiceSummaryCodec();
  private final InvoicePartCodec partCodec = new InvoicePartCodec();
  private final InvoiceLineCodec lineCodec = new InvoiceLineCodec();
  private final RejectionCodec rejectionCodec = new RejectionCodec();

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Class<MergedInvoice> type() {
    return MergedInvoice.class;
  }

  @Override
  public void write(MergedInvoice value, DataOutputView out) throws IOException {
    summaryCodec.write(value.summary(), out);
    Binary.writeList(out, value.parts(), partCodec);
    Binary.writeList(out, value.accepted(), lineCodec);
    Binary.writeList(out, value.conflicts(), rejectionCodec);
    out.writeInt(value.alreadyStored());
    Binary.writeList(out, value.repeated(), rejectionCodec);
  }

  @Override
  public MergedInvoice read(int version, DataInputView in) throws IOException {
    return new MergedInvoice(
        summaryCodec.read(1, in),
        Binary.readList(in, partCodec),
        Binary.readList(in, lineCodec),
        Binary.readList(in, rejectionCodec),
        in.readInt(),
        Binary.readList(in, rejectionCodec));
  }
}
