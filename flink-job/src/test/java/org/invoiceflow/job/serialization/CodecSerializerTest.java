package org.invoiceflow.job.serialization;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CodecSerializerTest {

  /** The release whose codec is on the class path. */
  private static int release = 1;

  /** Release 2 has added the second field. */
  static final class Pair {
    final int first;
    final int second;

    Pair(int first, int second) {
      this.first = first;
      this.second = second;
    }
  }

  public static class PairCodec implements Codec<Pair> {
    @Override
    public int version() {
      return release;
    }

    @Override
    public Class<Pair> type() {
      return Pair.class;
    }

    @Override
    public void write(Pair value, DataOutputView out) throws IOException {
      out.writeInt(value.first);
      if (release > 1) {
        out.writeInt(value.second);
      }
    }

    @Override
    public Pair read(int version, DataInputView in) throws IOException {
      return new Pair(in.readInt(), version > 1 ? in.readInt() : -1);
    }
  }

  public static final class OtherPairCodec extends PairCodec {}

  @AfterEach
  void back_to_release_1() {
    release = 1;
  }

  @Test
  void a_value_written_by_an_older_release_is_read_through_its_snapshot() throws IOException {
    byte[] value = bytesOf(new CodecSerializer<>(PairCodec.class), new Pair(7, 8));
    byte[] savepoint = snapshotOf(new CodecSerializer<>(PairCodec.class));

    release = 2;
    TypeSerializer<Pair> restored = read(savepoint).restoreSerializer();

    assertThat(restored.deserialize(new DataInputDeserializer(value)))
        .usingRecursiveComparison()
        .isEqualTo(new Pair(7, -1));
  }

  @Test
  void state_of_an_older_release_is_migrated() throws IOException {
    byte[] savepoint = snapshotOf(new CodecSerializer<>(PairCodec.class));

    release = 2;

    assertThat(compatibility(PairCodec.class, savepoint).isCompatibleAfterMigration()).isTrue();
  }

  @Test
  void state_of_the_same_release_is_taken_as_it_is() throws IOException {
    byte[] savepoint = snapshotOf(new CodecSerializer<>(PairCodec.class));

    assertThat(compatibility(PairCodec.class, savepoint).isCompatibleAsIs()).isTrue();
  }

  @Test
  void state_of_a_newer_release_is_refused() throws IOException {
    release = 2;
    byte[] savepoint = snapshotOf(new CodecSerializer<>(PairCodec.class));

    release = 1;

    assertThat(compatibility(PairCodec.class, savepoint).isIncompatible()).isTrue();
  }

  @Test
  void state_of_another_codec_is_refused() throws IOException {
    byte[] savepoint = snapshotOf(new CodecSerializer<>(PairCodec.class));

    assertThat(compatibility(OtherPairCodec.class, savepoint).isIncompatible()).isTrue();
  }

  @Test
  void what_was_migrated_is_read_in_the_new_form() throws IOException {
    release = 2;
    CodecSerializer<Pair> serializer = new CodecSerializer<>(PairCodec.class);
    byte[] value = bytesOf(serializer, new Pair(7, 8));

    TypeSerializer<Pair> restored = read(snapshotOf(serializer)).restoreSerializer();

    assertThat(restored.deserialize(new DataInputDeserializer(value)).second).isEqualTo(8);
  }

  @Test
  void serializers_and_types_are_equal_if_their_codec_is_the_same_class() {
    assertThat(new CodecSerializer<>(PairCodec.class))
        .isEqualTo(new CodecSerializer<>(PairCodec.class))
        .hasSameHashCodeAs(new CodecSerializer<>(PairCodec.class))
        .isNotEqualTo(new CodecSerializer<>(OtherPairCodec.class));
    assertThat(CodecTypeInfo.using(PairCodec.class))
        .isEqualTo(CodecTypeInfo.using(PairCodec.class))
        .hasSameHashCodeAs(CodecTypeInfo.using(PairCodec.class))
        .isNotEqualTo(CodecTypeInfo.using(OtherPairCodec.class));
  }

  private static TypeSerializerSchemaCompatibility<Pair> compatibility(
      Class<? extends Codec<Pair>> codec, byte[] savepoint) throws IOException {
    return new CodecSerializer<>(codec)
        .snapshotConfiguration()
        .resolveSchemaCompatibility(read(savepoint));
  }

  private static byte[] bytesOf(TypeSerializer<Pair> serializer, Pair value) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(16);
    serializer.serialize(value, out);
    return out.getCopyOfBuffer();
  }

  private static byte[] snapshotOf(TypeSerializer<Pair> serializer) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());
    return out.getCopyOfBuffer();
  }

  private static TypeSerializerSnapshot<Pair> read(byte[] snapshot) throws IOException {
    return TypeSerializerSnapshot.readVersionedSnapshot(
        new DataInputDeserializer(snapshot), CodecSerializerTest.class.getClassLoader());
  }
}
