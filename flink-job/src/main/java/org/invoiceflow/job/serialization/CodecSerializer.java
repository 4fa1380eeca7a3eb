package org.invoiceflow.job.serialization;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * Flink's serializer for an immutable type that has a {@link Codec}. Copies are the value itself.
 */
public final class CodecSerializer<T> extends TypeSerializer<T> {

  private static final long serialVersionUID = 1L;

  /** The class and not the instance, because codecs are not serializable and need not be. */
  private final Class<? extends Codec<T>> codecClass;

  private final int readVersion;
  private transient @Nullable Codec<T> codec;

  public CodecSerializer(Class<? extends Codec<T>> codecClass) {
    this(codecClass, newCodec(codecClass).version());
  }

  CodecSerializer(Class<? extends Codec<T>> codecClass, int readVersion) {
    this.codecClass = codecClass;
    this.readVersion = readVersion;
  }

  static <T> Codec<T> newCodec(Class<? extends Codec<T>> codecClass) {
    try {
      return codecClass.getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          codecClass + " needs a public constructor without arguments", e);
    }
  }

  Class<? extends Codec<T>> codecClass() {
    return codecClass;
  }

  Codec<T> codec() {
    if (codec == null) {
      codec = newCodec(codecClass);
    }
    return codec;
  }

  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public TypeSerializer<T> duplicate() {
    return this;
  }

  @Override
  @SuppressWarnings("NullAway") // Flink asks for null where there is no empty instance.
  public T createInstance() {
    return null;
  }

  @Override
  public T copy(T from) {
    return from;
  }

  @Override
  public T copy(T from, T reuse) {
    return from;
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(T value, DataOutputView target) throws IOException {
    codec().write(value, target);
  }

  @Override
  public T deserialize(DataInputView source) throws IOException {
    return codec().read(readVersion, source);
  }

  @Override
  public T deserialize(T reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    serialize(deserialize(source), target);
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof CodecSerializer && ((CodecSerializer<?>) o).codecClass.equals(codecClass);
  }

  @Override
  public int hashCode() {
    return codecClass.hashCode();
  }

  @Override
  public TypeSerializerSnapshot<T> snapshotConfiguration() {
    return new CodecSerializerSnapshot<>(this);
  }
}
