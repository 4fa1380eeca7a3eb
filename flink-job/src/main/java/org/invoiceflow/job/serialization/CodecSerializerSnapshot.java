package org.invoiceflow.job.serialization;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.util.InstantiationUtil;
import org.jspecify.annotations.Nullable;

/**
 * What a savepoint remembers of a {@link CodecSerializer}: the codec's class and the version of its
 * form.
 */
public final class CodecSerializerSnapshot<T> implements TypeSerializerSnapshot<T> {

  private @Nullable Class<? extends Codec<T>> codecClass;
  private int codecVersion;

  /** For Flink, which reads the rest with {@link #readSnapshot}. */
  public CodecSerializerSnapshot() {}

  CodecSerializerSnapshot(CodecSerializer<T> serializer) {
    this.codecClass = serializer.codecClass();
    this.codecVersion = serializer.codec().version();
  }

  private Class<? extends Codec<T>> codecClass() {
    if (codecClass == null) {
      throw new IllegalStateException("the snapshot has not been read");
    }
    return codecClass;
  }

  @Override
  public int getCurrentVersion() {
    return 1;
  }

  @Override
  public void writeSnapshot(DataOutputView out) throws IOException {
    out.writeUTF(codecClass().getName());
    out.writeInt(codecVersion);
  }

  @Override
  @SuppressWarnings("unchecked") // The name was written by writeSnapshot.
  public void readSnapshot(int readVersion, DataInputView in, ClassLoader userCodeClassLoader)
      throws IOException {
    this.codecClass =
        (Class<? extends Codec<T>>)
            (Class<?>) InstantiationUtil.<Codec<?>>resolveClassByName(in, userCodeClassLoader);
    this.codecVersion = in.readInt();
  }

  @Override
  public TypeSerializer<T> restoreSerializer() {
    return new CodecSerializer<>(codecClass(), codecVersion);
  }

  @Override
  public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
      TypeSerializerSnapshot<T> oldSnapshot) {
    if (!(oldSnapshot instanceof CodecSerializerSnapshot)) {
      return TypeSerializerSchemaCompatibility.incompatible();
    }
    CodecSerializerSnapshot<T> old = (CodecSerializerSnapshot<T>) oldSnapshot;
    if (!old.codecClass().equals(codecClass()) || old.codecVersion > codecVersion) {
      return TypeSerializerSchemaCompatibility.incompatible();
    }
    return old.codecVersion == codecVersion
        ? TypeSerializerSchemaCompatibility.compatibleAsIs()
        : TypeSerializerSchemaCompatibility.compatibleAfterMigration();
  }
}
