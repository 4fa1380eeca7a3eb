package org.invoiceflow.job.intake;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.invoiceflow.job.serialization.Binary;
import org.invoiceflow.job.serialization.Codec;

/** Binary form of a {@link ReceivedRecord}. */
public final class ReceivedRecordCodec implements Codec<ReceivedRecord> {

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Class<ReceivedRecord> type() {
    return ReceivedRecord.class;
  }

  @Override
  public void write(ReceivedRecord record, DataOutputView out) throws IOException {
    Binary.writeText(out, record.origin().source());
    Binary.writeText(out, record.origin().position());
    out.writeLong(record.origin().receivedAtMillis());
    Binary.writeText(out, record.format());
    out.writeInt(record.lineNo());
    Binary.writeBytes(out, record.payload());
  }

  @Override
  public ReceivedRecord read(int version, DataInputView in) throws IOException {
    Origin origin = new Origin(Binary.readText(in), Binary.readText(in), in.readLong());
    return new ReceivedRecord(origin, Binary.readText(in), in.readInt(), Binary.readBytes(in));
  }
}
