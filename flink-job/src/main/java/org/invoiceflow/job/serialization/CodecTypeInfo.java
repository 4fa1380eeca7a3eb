package org.invoiceflow.job.serialization;

import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Flink's type information for an immutable type that has a {@link Codec}. Such types are no keys.
 */
public final class CodecTypeInfo<T> extends TypeInformation<T> {

  private static final long serialVersionUID = 1L;

  private final Class<T> type;
  private final Class<? extends Codec<T>> codecClass;

  private CodecTypeInfo(Class<T> type, Class<? extends Codec<T>> codecClass) {
    this.type = type;
    this.codecClass = codecClass;
  }

  public static <T> CodecTypeInfo<T> using(Class<? extends Codec<T>> codecClass) {
    return new CodecTypeInfo<>(CodecSerializer.newCodec(codecClass).type(), codecClass);
  }

  @Override
  public boolean isBasicType() {
    return false;
  }

  @Override
  public boolean isTupleType() {
    return false;
  }

  @Override
  public int getArity() {
    return 1;
  }

  @Override
  public int getTotalFields() {
    return 1;
  }

  @Override
  public Class<T> getTypeClass() {
    return type;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public TypeSerializer<T> createSerializer(SerializerConfig config) {
    return new CodecSerializer<>(codecClass);
  }

  @Override
  @Deprecated
  public TypeSerializer<T> createSerializer(ExecutionConfig config) {
    return new CodecSerializer<>(codecClass);
  }

  @Override
  public String toString() {
    return type.getSimpleName();
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof CodecTypeInfo && ((CodecTypeInfo<?>) o).codecClass.equals(codecClass);
  }

  @Override
  public int hashCode() {
    return codecClass.hashCode();
  }

  @Override
  public boolean canEqual(Object o) {
    return o instanceof CodecTypeInfo;
  }
}
