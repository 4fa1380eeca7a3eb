package org.invoiceflow.job.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.invoiceflow.job.testing.Lines.line;
import static org.invoiceflow.job.testing.Lines.record;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.ProcessFunctionTestHarnesses;
import org.invoiceflow.job.testing.BrokenLines;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.LineJson;
import org.invoiceflow.model.Rule;
import org.invoiceflow.model.Violation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParseRecordsTest {

  private OneInputStreamOperatorTestHarness<ReceivedRecord, ReceivedLine> parse;

  @BeforeEach
  void open() throws Exception {
    parse = ProcessFunctionTestHarnesses.forProcessFunction(new ParseRecords());
  }

  @AfterEach
  void close() throws Exception {
    parse.close();
  }

  static List<BrokenLines.Case> json() {
    return BrokenLines.json();
  }

  static List<BrokenLines.Case> csv() {
    return BrokenLines.csv();
  }

  @ParameterizedTest
  @MethodSource({"json", "csv"})
  void a_broken_rule_is_a_rejection_with_the_reason_the_origin_and_the_bytes(
      BrokenLines.Case broken) throws Exception {
    send(broken.record());

    assertThat(lines()).isEmpty();
    assertThat(rejections()).hasSize(1);
    Rejection rejection = rejections().get(0);
    assertThat(rejection.record()).usingRecursiveComparison().isEqualTo(broken.record());
    assertThat(rejection.violations())
        .extracting(Violation::rule, Violation::field)
        .containsExactly(tuple(broken.rule(), broken.field()));
  }

  @Test
  void the_cases_break_every_rule_that_intake_knows() {
    Set<Rule> ofIntake = EnumSet.allOf(Rule.class);
    ofIntake.removeAll(
        EnumSet.of(
            Rule.CONFLICTING_CONTENT, Rule.CONFLICTING_CUSTOMER, Rule.REPEATED_FROM_OTHER_FILE));

    assertThat(json()).extracting(BrokenLines.Case::rule).containsOnlyOnceElementsOf(ofIntake);
    // A row has neither names nor types, so that three rules cannot be broken.
    ofIntake.removeAll(EnumSet.of(Rule.DUPLICATE_FIELD, Rule.UNKNOWN_FIELD, Rule.WRONG_TYPE));
    assertThat(csv()).extracting(BrokenLines.Case::rule).containsAll(ofIntake);
  }

  @Test
  void every_broken_rule_of_a_line_is_named() throws Exception {
    send(record("{\"InvoiceNo\":\" 1\",\"LineNo\":0,\"Quantity\":\"x\",\"StockCode\":\"a\"}"));

    assertThat(rejections().get(0).violations())
        .extracting(Violation::rule, Violation::field)
        .containsExactly(
            tuple(Rule.OUTER_WHITESPACE, "InvoiceNo"),
            tuple(Rule.OUT_OF_RANGE, "LineNo"),
            tuple(Rule.NOT_A_NUMBER, "Quantity"),
            tuple(Rule.MISSING, "InvoiceDate"),
            tuple(Rule.MISSING, "UnitPrice"));
  }

  @Test
  void a_line_without_a_number_is_told_how_to_number() throws Exception {
    send(record(LineJson.toJson(line("1", 1)).replace("\"LineNo\":1,", "")));

    assertThat(rejections().get(0).violations().get(0).message())
        .startsWith("LineNo is missing; number the lines of each invoice from 1");
  }

  @Test
  void good_lines_of_an_array_go_through_and_bad_ones_are_rejected_with_their_own_bytes()
      throws Exception {
    String first = LineJson.toJson(line("536365", 1));
    String bad = "{\"InvoiceNo\": \"536365\", \"Country\": \"R\u00e9union [\\\"]\"}";
    String last = LineJson.toJson(line("536365", 3));
    ReceivedRecord record = record("  [" + first + " ,\n" + bad + ", 7 ," + last + "]\n");

    send(record);

    assertThat(lines()).containsExactly(line("536365", 1), line("536365", 3));
    assertThat(rejections())
        .extracting(rejection -> new String(rejection.record().payload(), UTF_8))
        .containsExactly(bad, "7");
    assertThat(rejections())
        .allSatisfy(
            rejection -> {
              assertThat(rejection.record().origin()).isEqualTo(record.origin());
              assertThat(rejection.record().format()).isEqualTo(ReceivedRecord.JSON);
            });
    assertThat(received())
        .extracting(line -> new String(line.record().payload(), UTF_8))
        .containsExactly(first, last);
  }

  @Test
  void a_record_of_one_line_keeps_its_bytes_as_they_came() throws Exception {
    ReceivedRecord record = record(" [ " + LineJson.toJson(line("536365", 1)) + " ] ");

    send(record);

    assertThat(received().get(0).record()).usingRecursiveComparison().isEqualTo(record);
  }

  @Test
  void a_row_of_a_file_gets_its_number_and_the_files_name() throws Exception {
    send(BrokenLines.row("536365,85123A,HEART,6,2010-12-01T08:26,2.55,17850,UK", 12));

    assertThat(lines()).hasSize(1);
    assertThat(lines().get(0).lineNo()).isEqualTo(12);
    assertThat(lines().get(0).sourceFile()).contains("december.csv");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "xml",
        "JSON",
        "csv;",
        "csv;charset=no-such;separator=comma;date=iso;customer=plain;columns=InvoiceNo",
        "csv;charset=\u0000;separator=comma;date=iso;customer=plain;columns=InvoiceNo",
        "csv;charset=UTF-8;separator=comma;date=iso;customer=plain;columns=Invoice",
      })
  void a_format_that_nobody_knows_is_a_rejection_and_no_failure(String format) throws Exception {
    ReceivedRecord record =
        new ReceivedRecord(record("x").origin(), format, 1, "1,2".getBytes(UTF_8));

    send(record);
    send(BrokenLines.row("536365,85123A,HEART,6,2010-12-01T08:26,2.55,17850,UK", 12));

    assertThat(rejections()).hasSize(1);
    assertThat(rejections().get(0).violations())
        .extracting(Violation::rule)
        .containsExactly(Rule.UNREADABLE);
    assertThat(rejections().get(0).record()).usingRecursiveComparison().isEqualTo(record);
    assertThat(lines()).hasSize(1);
  }

  @Test
  void what_a_source_could_not_read_is_rejected_with_the_sources_reason() throws Exception {
    ReceivedRecord record =
        ReceivedRecord.unreadable(record("x").origin(), "The file is empty", new byte[] {1, 2});

    send(record);

    assertThat(rejections().get(0).violations())
        .containsExactly(new Violation(Rule.UNREADABLE, "", "The file is empty"));
    assertThat(rejections().get(0).record().payload()).containsExactly(1, 2);
  }

  private void send(ReceivedRecord record) throws Exception {
    parse.processElement(record, 0);
  }

  private List<ReceivedLine> received() {
    return parse.extractOutputValues();
  }

  private List<InvoiceLine> lines() {
    return received().stream().map(ReceivedLine::line).collect(Collectors.toList());
  }

  private List<Rejection> rejections() {
    List<Rejection> values = new ArrayList<>();
    if (parse.getSideOutput(ParseRecords.REJECTED) != null) {
      for (StreamRecord<Rejection> rejection : parse.getSideOutput(ParseRecords.REJECTED)) {
        values.add(rejection.getValue());
      }
    }
    return values;
  }
}
