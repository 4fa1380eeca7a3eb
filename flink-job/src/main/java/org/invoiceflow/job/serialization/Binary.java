package org.invoiceflow.job.serialization;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** The primitive forms that codecs are made of. */
public final class Binary {

  private Binary() {}

  /**
   * Any length, any characters that are not lone surrogates; unlike writeUTF, which ends at 64 KB.
   */
  public static void writeText(DataOutputView out, String text) throws IOException {
    writeBytes(out, text.getBytes(StandardCharsets.UTF_8));
  }

  public static String readText(DataInputView in) throws IOException {
    return new String(readBytes(in), StandardCharsets.UTF_8);
  }

  public static void writeOptionalText(DataOutputView out, @Nullable String text)
      throws IOException {
    out.writeBoolean(text != null);
    if (text != null) {
      writeText(out, text);
    }
  }

  public static @Nullable String readOptionalText(DataInputView in) throws IOException {
    return in.readBoolean() ? readText(in) : null;
  }

  public static void writeBytes(DataOutputView out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  public static byte[] readBytes(DataInputView in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return bytes;
  }

  public static void writeDecimal(DataOutputView out, BigDecimal value) throws IOException {
    out.writeInt(value.scale());
    writeBytes(out, value.unscaledValue().toByteArray());
  }

  public static BigDecimal readDecimal(DataInputView in) throws IOException {
    int scale = in.readInt();
    return new BigDecimal(new BigInteger(readBytes(in)), scale);
  }

  /**
   * Elements in the codec's current version; whoever raises that version raises the versions of
   * those who call this.
   */
  public static <T> void writeList(DataOutputView out, Collection<T> values, Codec<T> codec)
      throws IOException {
    out.writeInt(values.size());
    for (T value : values) {
      codec.write(value, out);
    }
  }

  public static <T> List<T> readList(DataInputView in, Codec<T> codec) throws IOException {
    int size = in.readInt();
    List<T> values = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      values.add(codec.read(codec.version(), in));
    }
    return values;
  }
}
