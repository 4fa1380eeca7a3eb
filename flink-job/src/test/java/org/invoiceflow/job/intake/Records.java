package org.invoiceflow.job.intake;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.invoiceflow.model.Rule;
import org.invoiceflow.model.Violation;

/** Any received records and rejections. */
public final class Records {

  private Records() {}

  public static Arbitrary<ReceivedRecord> any() {
    Arbitrary<Origin> origins =
        Combinators.combine(text(), text(), Arbitraries.longs()).as(Origin::new);
    return Combinators.combine(
            origins, text(), Arbitraries.integers().between(0, 999_900), payloads())
        .as(ReceivedRecord::new);
  }

  public static Arbitrary<Rejection> anyRejection() {
    Arbitrary<List<Violation>> violations =
        Combinators.combine(Arbitraries.of(Rule.class), text(), text())
            .as(Violation::new)
            .list()
            .ofMinSize(1)
            .ofMaxSize(4);
    return Combinators.combine(any(), violations).as(Rejection::new);
  }

  private static Arbitrary<byte[]> payloads() {
    Arbitrary<byte[]> anything = Arbitraries.bytes().array(byte[].class).ofMaxSize(300);
    Arbitrary<byte[]> utf8 = text().map(s -> s.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return Arbitraries.oneOf(anything, utf8);
  }

  /** All characters, also beyond 16 bits, but no half of a pair. */
  private static Arbitrary<String> text() {
    Arbitrary<String> wide =
        Arbitraries.integers()
            .between(0x10000, 0x10ffff)
            .map(codePoint -> new String(Character.toChars(codePoint)));
    Arbitrary<String> narrow = Arbitraries.strings().withCharRange('\0', '\ud7ff').ofMaxLength(60);
    return Combinators.combine(narrow, wide, narrow)
        .as((a, b, c) -> a + b + c)
        .edgeCases(edges -> edges.add("", "\0", "\"\\\n"));
  }
}
