package org.invoiceflow.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;

class GunzipTest {

  private static final byte[] FIRST = gzip("one\n");
  private static final byte[] SECOND = gzip("two\n".repeat(1_000));
  private static final String BOTH = "one\n" + "two\n".repeat(1_000);

  /** Small ones put the seam everywhere in the buffer. */
  private static final int[] BUFFERS = {1, 2, 7, 8, 9, 17, 18, 19, 26, 27, 28, 40, 64 * 1024};

  @Test
  void one_file_and_several_are_read_to_the_end() throws IOException {
    for (int buffer : BUFFERS) {
      assertThat(unpacked(FIRST, buffer)).isEqualTo("one\n");
      assertThat(unpacked(joined(FIRST, SECOND), buffer)).isEqualTo(BOTH);
      assertThat(unpacked(joined(FIRST, SECOND, FIRST), buffer)).isEqualTo(BOTH + "one\n");
    }
  }

  @Test
  void random_bytes_come_back_whatever_the_buffer() throws IOException {
    Random random = new Random(7);
    byte[] bytes = new byte[3_000];
    random.nextBytes(bytes);
    byte[] packed = joined(gzip(bytes), gzip(bytes));
    for (int i = 0; i < 100; i++) {
      assertThat(Gunzip.of(stutter(packed), 1 + random.nextInt(5_000)).readAllBytes())
          .isEqualTo(joined(bytes, bytes));
    }
  }

  @Test
  void a_second_file_whose_beginning_is_damaged_is_not_taken_for_the_end() {
    for (int damaged = 0; damaged < 3; damaged++) {
      byte[] second = SECOND.clone();
      second[damaged] ^= 0x40;
      for (int buffer : BUFFERS) {
        assertThatThrownBy(() -> unpacked(joined(FIRST, second), buffer))
            .isInstanceOf(ZipException.class)
            .hasMessage("something that is not gzip follows after byte " + FIRST.length);
      }
    }
  }

  @Test
  void text_that_was_appended_is_not_taken_for_the_end() {
    for (String text : new String[] {"x", "xy", "three\n", "\0\0\0\0x", "x".repeat(100_000)}) {
      for (int buffer : BUFFERS) {
        assertThatThrownBy(() -> unpacked(joined(FIRST, text.getBytes(UTF_8)), buffer))
            .isInstanceOf(ZipException.class)
            .hasMessageContaining("not gzip");
      }
    }
  }

  @Test
  void a_second_file_that_is_cut_off_anywhere_is_not_taken_for_the_end() {
    for (int length = 1; length < SECOND.length; length++) {
      byte[] packed = joined(FIRST, Arrays.copyOf(SECOND, length));
      for (int buffer : new int[] {1, 30, 64 * 1024}) {
        assertThatThrownBy(() -> unpacked(packed, buffer)).isInstanceOf(ZipException.class);
      }
    }
  }

  @Test
  void zeros_at_the_end_are_passed_over() throws IOException {
    for (int zeros : new int[] {1, 2, 10, 512, 20_000}) {
      for (int buffer : BUFFERS) {
        assertThat(unpacked(joined(FIRST, new byte[zeros]), buffer)).isEqualTo("one\n");
      }
    }
  }

  @Test
  void what_does_not_begin_like_gzip_or_is_empty_is_refused() {
    assertThatThrownBy(() -> unpacked("text".getBytes(UTF_8), 10)).isInstanceOf(ZipException.class);
    assertThatThrownBy(() -> unpacked(new byte[0], 10)).isInstanceOf(ZipException.class);
  }

  @Test
  void a_failure_to_read_comes_through_as_it_is_wherever_it_happens() {
    byte[] packed = joined(FIRST, SECOND);
    for (int after = 0; after <= packed.length; after++) {
      EOFException failure = new EOFException("connection lost");
      InputStream in =
          new SequenceInputStream(
              new ByteArrayInputStream(packed, 0, after),
              new InputStream() {
                @Override
                public int read() throws IOException {
                  throw failure;
                }
              });

      assertThatThrownBy(() -> Gunzip.of(in, 16).readAllBytes()).isSameAs(failure);
    }
  }

  private static String unpacked(byte[] packed, int bufferBytes) throws IOException {
    return new String(
        Gunzip.of(new ByteArrayInputStream(packed), bufferBytes).readAllBytes(), UTF_8);
  }

  /** Gives few bytes at a time and says that none are there, as a network does. */
  private static InputStream stutter(byte[] bytes) {
    return new FilterInputStream(new ByteArrayInputStream(bytes)) {
      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        return super.read(buffer, offset, Math.min(length, 13));
      }

      @Override
      public int available() {
        return 0;
      }
    };
  }

  private static byte[] gzip(String text) {
    return gzip(text.getBytes(UTF_8));
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
