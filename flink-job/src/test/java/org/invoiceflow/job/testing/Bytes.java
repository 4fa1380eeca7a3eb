package org.invoiceflow.job.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.invoiceflow.job.serialization.Codec;

/** Sends values through their binary form. */
public final class Bytes {

  private Bytes() {}

  /** What is read back; nothing of the form may be left over. */
  public static <T> T through(Codec<T> codec, T value) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    codec.write(value, out);
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    T read = codec.read(codec.version(), in);
    assertThat(in.available()).isZero();
    return read;
  }
}
