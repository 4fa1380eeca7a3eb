package org.invoiceflow.job.warehouse;

import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.invoiceflow.job.serialization.Codec;

/** A {@link Codec} as the serializer that Flink's sinks ask for. */
final class VersionedForm<T> implements SimpleVersionedSerializer<T> {

  private final Codec<T> codec;

  VersionedForm(Codec<T> codec) {
    this.codec = codec;
  }

  @Override
  public int getVersion() {
    return codec.version();
  }

  @Override
  public byte[] serialize(T value) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(256);
    codec.write(value, out);
    return out.getCopyOfBuffer();
  }

  @Override
  public T deserialize(int version, byte[] bytes) throws IOException {
    return codec.read(version, new DataInputDeserializer(bytes));
  }
}
