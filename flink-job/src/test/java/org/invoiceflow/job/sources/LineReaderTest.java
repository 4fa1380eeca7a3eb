package org.invoiceflow.job.sources;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class LineReaderTest {

  @Test
  void lines_end_at_lf_or_cr_lf_and_the_last_needs_no_end() throws IOException {
    assertThat(lines("a\r\nb\n\nc", 10)).containsExactly("1:a", "2:b", "3:", "4:c");
    assertThat(lines("a\n", 10)).containsExactly("1:a");
    assertThat(lines("\n", 10)).containsExactly("1:");
    assertThat(lines("", 10)).isEmpty();
  }

  @Test
  void of_a_line_that_is_too_long_only_the_beginning_is_kept() throws IOException {
    assertThat(lines("abcdef\nb\n", 4)).containsExactly("1!abcd", "2:b");
    assertThat(lines("b\nabcdef", 4)).containsExactly("1:b", "2!abcd");
    assertThat(lines("abcd\n", 4)).containsExactly("1:abcd");
  }

  @Test
  void a_line_longer_than_the_buffer_is_whole_if_it_keeps_the_limit() throws IOException {
    String line = "x".repeat(1_000_000);

    assertThat(lines("a\n" + line + "\r\nb", 2_000_000)).containsExactly("1:a", "2:" + line, "3:b");
  }

  @Test
  void a_line_far_above_the_limit_is_passed_over() throws IOException {
    assertThat(lines("x".repeat(1_000_000) + "\nb", 100_000))
        .containsExactly("1!" + "x".repeat(LineReader.KEPT_BYTES), "2:b");
  }

  @Property(tries = 300)
  void reads_of_any_size_give_the_same_lines(
      @ForAll
          @CharRange(from = '\n', to = '\r')
          @CharRange(from = 'a', to = 'b')
          @StringLength(max = 60)
          String text,
      @ForAll @IntRange(min = 1, max = 7) int size)
      throws IOException {
    List<String> expected = new ArrayList<>();
    String[] parts = text.split("\n", -1);
    for (int i = 0; i < parts.length; i++) {
      boolean ended = i < parts.length - 1;
      if (ended || !parts[i].isEmpty()) {
        String line =
            parts[i].endsWith("\r") ? parts[i].substring(0, parts[i].length() - 1) : parts[i];
        expected.add((i + 1) + ":" + line);
      }
    }

    assertThat(lines(new SmallReads(text.getBytes(UTF_8), size), 1_000)).isEqualTo(expected);
  }

  private static List<String> lines(String text, int maxBytes) throws IOException {
    return lines(new ByteArrayInputStream(text.getBytes(UTF_8)), maxBytes);
  }

  private static List<String> lines(ByteArrayInputStream in, int maxBytes) throws IOException {
    List<String> lines = new ArrayList<>();
    try (LineReader reader = new LineReader(in, maxBytes)) {
      while (reader.next()) {
        String mark = reader.tooLong() ? "!" : ":";
        lines.add(reader.number() + mark + new String(reader.line(), UTF_8));
      }
    }
    return lines;
  }

  private static final class SmallReads extends ByteArrayInputStream {
    private final int size;

    SmallReads(byte[] bytes, int size) {
      super(bytes);
      this.size = size;
    }

    @Override
    public synchronized int read(byte[] b, int off, int len) {
      return super.read(b, off, Math.min(len, size));
    }
  }
}
