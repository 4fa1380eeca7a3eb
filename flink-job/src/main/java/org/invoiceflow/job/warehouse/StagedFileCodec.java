package org.invoiceflow.job.warehouse;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.invoiceflow.job.serialization.Binary;
import org.invoiceflow.job.serialization.Codec;

/** Binary form of a {@link StagedFile}. */
final class StagedFileCodec implements Codec<StagedFile> {

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Class<StagedFile> type() {
    return StagedFile.class;
  }

  @Override
  public void write(StagedFile file, DataOutputView out) throws IOException {
    Binary.writeText(out, file.path());
    out.writeLong(file.lines());
    out.writeLong(file.newestMillis());
  }

  @Override
  public StagedFile read(int version, DataInputView in) throws IOException {
    return new StagedFile(Binary.readText(in), in.readLong(), in.readLong());
  }
}
