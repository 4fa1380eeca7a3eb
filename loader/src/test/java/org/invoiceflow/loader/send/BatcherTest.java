package org.invoiceflow.loader.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.invoiceflow.loader.input.SourceLine;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.LineJson;
import org.invoiceflow.model.LineResult;
import org.invoiceflow.model.Rule;
import org.invoiceflow.model.Violation;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class BatcherTest {

  @Test
  void an_invoice_that_does_not_fit_goes_whole_into_the_next_batch() {
    List<Batch> batches = batches(new Batcher(10, 900_000), "1111112222233");

    assertThat(batches).extracting(BatcherTest::invoices).containsExactly("111111", "2222233");
  }

  @Test
  void a_batch_is_kept_at_least_half_full_even_if_that_tears_an_invoice() {
    List<Batch> batches = batches(new Batcher(10, 900_000), "1112222222222");

    assertThat(batches).extracting(BatcherTest::invoices).containsExactly("1112222222", "222");
  }

  @Test
  void a_full_batch_that_ends_with_its_invoice_is_sent_as_it_is() {
    List<Batch> batches = batches(new Batcher(4, 900_000), "11223");

    assertThat(batches).extracting(BatcherTest::invoices).containsExactly("1122", "3");
  }

  @Test
  void a_body_never_exceeds_the_limit_of_bytes() {
    List<Batch> batches = batches(new Batcher(500, 1_000), "1".repeat(100));

    assertThat(batches).allMatch(batch -> batch.body().length <= 1_000);
    assertThat(batches).extracting(BatcherTest::invoices).hasSizeLessThan(40);
  }

  @Test
  void refused_lines_stay_in_their_place_and_do_not_pile_up() {
    List<Batch> batches = batches(new Batcher(3, 900_000), "1??????2");

    assertThat(batches).extracting(BatcherTest::invoices).containsExactly("1???", "???2");
  }

  @RepeatedTest(50)
  void all_lines_come_out_once_and_in_order(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    StringBuilder file = new StringBuilder();
    while (file.length() < 300) {
      String invoice =
          random.nextInt(5) == 0 ? "?" : String.valueOf((char) ('a' + random.nextInt(26)));
      file.append(invoice.repeat(1 + random.nextInt(20)));
    }

    List<Batch> batches =
        batches(new Batcher(1 + random.nextInt(30), 400 + random.nextInt(4_000)), file.toString());

    List<Long> fileLines = new ArrayList<>();
    batches.forEach(b -> b.entries().forEach(e -> fileLines.add(e.line().fileLine())));
    assertThat(fileLines).hasSize(file.length()).isSorted().doesNotHaveDuplicates();
    for (Batch batch : batches) {
      if (batch.linesToSend() > 0) {
        assertThat(LineJson.read(batch.body()).lines()).hasSize(batch.linesToSend());
      }
    }
  }

  /** Each letter is a line of the invoice of that name; a question mark is a broken one. */
  private static List<Batch> batches(Batcher batcher, String invoices) {
    List<Batch> batches = new ArrayList<>();
    for (int i = 0; i < invoices.length(); i++) {
      char invoice = invoices.charAt(i);
      LineResult result =
          invoice == '?'
              ? LineResult.rejected(new Violation(Rule.UNREADABLE, "", "broken"))
              : LineResult.accepted(line(String.valueOf(invoice), i + 1));
      batches.addAll(batcher.add(new SourceLine(i + 2L, "row", result, "{}")));
    }
    batches.addAll(batcher.finish());
    return batches;
  }

  private static InvoiceLine line(String invoice, int number) {
    return InvoiceLine.builder()
        .invoiceNo(invoice)
        .lineNo(number)
        .stockCode("a")
        .quantity(1)
        .unitPrice(BigDecimal.ONE)
        .invoiceDate(LocalDateTime.of(2010, 12, 31, 8, 26))
        .build();
  }

  private static String invoices(Batch batch) {
    StringBuilder text = new StringBuilder();
    batch
        .entries()
        .forEach(
            e -> text.append(e.line().result().line().map(InvoiceLine::invoiceNo).orElse("?")));
    assertThat(new String(batch.body(), StandardCharsets.UTF_8)).startsWith("[").endsWith("]");
    return text.toString();
  }
}
