package org.invoiceflow.job.serialization;

import java.io.IOException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.invoiceflow.model.InvoiceLine;

/** Binary form of an {@link InvoiceLine}. */
public final class InvoiceLineCodec implements Codec<InvoiceLine> {

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Class<InvoiceLine> type() {
    return InvoiceLine.class;
  }

  @Override
  public void write(InvoiceLine line, DataOutputView out) throws IOException {
    Binary.writeText(out, line.invoiceNo());
    out.writeInt(line.lineNo());
    Binary.writeText(out, line.stockCode());
    Binary.writeText(out, line.description());
    out.writeInt(line.quantity());
    out.writeLong(line.invoiceDate().toEpochSecond(ZoneOffset.UTC));
    Binary.writeDecimal(out, line.unitPrice());
    Binary.writeOptionalText(out, line.customerId().orElse(null));
    Binary.writeText(out, line.country());
    Binary.writeOptionalText(out, line.sourceFile().orElse(null));
  }

  @Override
  public InvoiceLine read(int version, DataInputView in) throws IOException {
    return InvoiceLine.builder()
        .invoiceNo(Binary.readText(in))
        .lineNo(in.readInt())
        .stockCode(Binary.readText(in))
        .description(Binary.readText(in))
        .quantity(in.readInt())
        .invoiceDate(LocalDateTime.ofEpochSecond(in.readLong(), 0, ZoneOffset.UTC))
        .unitPrice(Binary.readDecimal(in))
        .customerId(Binary.readOptionalText(in))
        .country(Binary.readText(in))
        .sourceFile(Binary.readOptionalText(in))
        .build();
  }
}
