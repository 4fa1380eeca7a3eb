package org.invoiceflow.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.invoiceflow.ingest.Lines.line;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.LineJson;
import org.junit.jupiter.api.Test;

class StreamRecordTest {

  private static List<InvoiceLine> linesOf(StreamRecord record) {
    return LineJson.read(record.data().asByteArray()).lines().stream()
        .map(line -> line.result().line().orElseThrow())
        .toList();
  }

  @Test
  void lines_of_one_invoice_share_a_record_even_if_others_stand_between_them() {
    List<StreamRecord> records =
        StreamRecord.group(List.of(line("B", 1), line("A", 2), line("B", 2), line("A", 1)));

    assertThat(records).extracting(StreamRecord::partitionKey).containsExactly("B", "A");
    assertThat(linesOf(records.get(0))).containsExactly(line("B", 1), line("B", 2));
    assertThat(linesOf(records.get(1))).containsExactly(line("A", 2), line("A", 1));
  }

  @Test
  void a_record_is_the_row_json_array_of_its_lines() {
    StreamRecord record = StreamRecord.group(Lines.lines("536365", 3)).get(0);

    assertThat(record.data().asUtf8String())
        .isEqualTo(LineJson.toJsonArray(Lines.lines("536365", 3)));
    assertThat(record.size()).isEqualTo(record.data().asByteArray().length + 6);
  }

  @Test
  void an_invoice_too_large_for_one_record_is_split_and_nothing_is_lost() {
    String longest = "é".repeat(500);
    List<InvoiceLine> lines =
        IntStream.rangeClosed(1, 500).mapToObj(lineNo -> line("536365", lineNo, longest)).toList();

    List<StreamRecord> records = StreamRecord.group(lines);

    assertThat(records).hasSizeGreaterThan(1);
    assertThat(records)
        .allSatisfy(record -> assertThat(record.size()).isLessThan(StreamRecord.MAX_BYTES + 64));
    assertThat(records.stream().flatMap(record -> linesOf(record).stream())).isEqualTo(lines);
  }

  @Test
  void the_longest_possible_line_stays_far_below_a_record_of_kinesis() {
    String controls = String.join("", Collections.nCopies(1_000, "\u0001"));
    String code = "\u0001".repeat(62);
    InvoiceLine line =
        line("x" + code + "x", 1, controls).toBuilder()
            .stockCode("x" + code)
            .customerId("x" + code + "x")
            .country("\u0001".repeat(100))
            .sourceFile("\u0001".repeat(255))
            .build();

    assertThat(StreamRecord.group(Stream.of(line).toList()).get(0).size()).isLessThan(12_000);
  }
}
