package org.invoiceflow.job.intake;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.invoiceflow.model.InvoiceLine;

/**
 * A line that keeps its rules, together with the record that it was read from, so that it can still
 * be rejected with its original bytes when it turns out to contradict a stored line. The record
 * travels in binary form, with the form's version, and is only unpacked for a rejection. Immutable.
 */
public final class ReceivedLine {

  private static final ReceivedRecordCodec RECORDS = new ReceivedRecordCodec();

  private final InvoiceLine line;
  private final byte[] packedRecord;

  ReceivedLine(InvoiceLine line, byte[] packedRecord) {
    this.line = line;
    this.packedRecord = packedRecord;
  }

  /**
   * Packs a line with its record.
   *
   * @param record what the line was read from; its payload is the line's own bytes
   */
  public static ReceivedLine of(InvoiceLine line, ReceivedRecord record) {
    DataOutputSerializer out = new DataOutputSerializer(record.payload().length + 256);
    try {
      out.writeByte(RECORDS.version());
      RECORDS.write(record, out);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return new ReceivedLine(line, out.getCopyOfBuffer());
  }

  public InvoiceLine line() {
    return line;
  }

  /** What the line was read from; the payload is the line's own bytes. */
  public ReceivedRecord record() {
    try {
      DataInputDeserializer in = new DataInputDeserializer(packedRecord);
      return RECORDS.read(in.readUnsignedByte(), in);
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory cannot fail", e);
    }
  }

  byte[] packedRecord() {
    return packedRecord;
  }
}
