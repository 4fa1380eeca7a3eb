package org.invoiceflow.job.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.invoiceflow.job.serialization.Codec;

class RecordCodecsTest {

  @Property(tries = 300)
  void a_record_is_read_back_as_it_was_written(@ForAll("records") ReceivedRecord record)
      throws IOException {
    assertThat(throughBytes(new ReceivedRecordCodec(), record))
        .usingRecursiveComparison()
        .isEqualTo(record);
  }

  @Property(tries = 300)
  void a_rejection_is_read_back_as_it_was_written(@ForAll("rejections") Rejection rejection)
      throws IOException {
    assertThat(throughBytes(new RejectionCodec(), rejection))
        .usingRecursiveComparison()
        .isEqualTo(rejection);
  }

  private static <T> T throughBytes(Codec<T> codec, T value) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    codec.write(value, out);
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    T read = codec.read(codec.version(), in);
    assertThat(in.available()).isZero();
    return read;
  }

  @Provide
  Arbitrary<ReceivedRecord> records() {
    return Records.any();
  }

  @Provide
  Arbitrary<Rejection> rejections() {
    return Records.anyRejection();
  }
}
