package org.invoiceflow.job.warehouse;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.invoiceflow.job.serialization.Binary;
import org.invoiceflow.job.serialization.Codec;

/** Binary form of a {@link StagedLoad}. */
final class StagedLoadCodec implements Codec<StagedLoad> {

  private static final StagedFileCodec FILES = new StagedFileCodec();

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Class<StagedLoad> type() {
    return StagedLoad.class;
  }

  @Override
  public void write(StagedLoad load, DataOutputView out) throws IOException {
    Binary.writeText(out, load.id());
    out.writeInt(FILES.version());
    out.writeInt(load.files().size());
    for (StagedFile file : load.files()) {
      FILES.write(file, out);
    }
  }

  @Override
  public StagedLoad read(int version, DataInputView in) throws IOException {
    String id = Binary.readText(in);
    int fileVersion = in.readInt();
    int count = in.readInt();
    List<StagedFile> files = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      files.add(FILES.read(fileVersion, in));
    }
    return StagedLoad.restored(id, files);
  }
}
