package org.invoiceflow.job.views;

import java.io.IOException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.invoiceflow.job.serialization.Binary;
import org.invoiceflow.job.serialization.Codec;
import org.invoiceflow.model.InvoiceSummary;

/** Binary form of an {@link InvoiceSummary}. */
public final class InvoiceSummaryCodec implements Codec<InvoiceSummary> {

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Class<InvoiceSummary> type() {
    return InvoiceSummary.class;
  }

  @Override
  public void write(InvoiceSummary summary, DataOutputView out) throws IOException {
    Binary.writeText(out, summary.invoiceNo());
    Binary.writeOptionalText(out, summary.customerId().orElse(null));
    Binary.writeText(out, summary.country());
    out.writeLong(summary.date().toEpochSecond(ZoneOffset.UTC));
    out.writeInt(summary.lineCount());
    out.writeLong(summary.units());
    Binary.writeDecimal(out, summary.total());
  }

  @Override
  public InvoiceSummary read(int version, DataInputView in) throws IOException {
    return InvoiceSummary.stored(
        Binary.readText(in),
        Optional.ofNullable(Binary.readOptionalText(in)),
        Binary.readText(in),
        LocalDateTime.ofEpochSecond(in.readLong(), 0, ZoneOffset.UTC),
        in.readInt(),
        in.readLong(),
        Binary.readDecimal(in));
  }
}
