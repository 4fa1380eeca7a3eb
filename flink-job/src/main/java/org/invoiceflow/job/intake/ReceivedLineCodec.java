package org.invoiceflow.job.intake;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.invoiceflow.job.serialization.Binary;
import org.invoiceflow.job.serialization.Codec;
import org.invoiceflow.job.serialization.InvoiceLineCodec;

/** Binary form of a {@link ReceivedLine}. */
public final class ReceivedLineCodec implements Codec<ReceivedLine> {

  private final InvoiceLineCodec lines = new InvoiceLineCodec();

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Class<ReceivedLine> type() {
    return ReceivedLine.class;
  }

  @Override
  public void write(ReceivedLine value, DataOutputView out) throws IOException {
    lines.write(value.line(), out);
    Binary.writeBytes(out, value.packedRecord());
  }

  @Override
  public ReceivedLine read(int version, DataInputView in) throws IOException {
    return new ReceivedLine(lines.read(1, in), Binary.readBytes(in));
  }
}
