package org.invoiceflow.job.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import org.invoiceflow.job.intake.Origin;
import org.invoiceflow.job.intake.ReceivedRecord;
import org.invoiceflow.model.LineJson;
import org.invoiceflow.model.Rule;

/** Records of which each breaks one rule of a line, once. */
public final class BrokenLines {

  private static final String GOOD = LineJson.toJson(Lines.line("536365", 1));
  private static final String DIALECT =
      "csv;charset=UTF-8;separator=comma;date=iso;customer=plain;columns="
          + "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";

  private BrokenLines() {}

  /** One for each rule that JSON can break. */
  public static List<Case> json() {
    List<Case> cases = new ArrayList<>();
    cases.add(new Case(Rule.UNREADABLE, "", Lines.record(GOOD.substring(1))));
    add(cases, Rule.MISSING, "StockCode", "\"StockCode\":\"85123A\"", "\"StockCode\":\"\"");
    add(cases, Rule.DUPLICATE_FIELD, "LineNo", "\"LineNo\":1", "\"LineNo\":1,\"LineNo\":2");
    add(cases, Rule.UNKNOWN_FIELD, "lineNo", "\"LineNo\":1", "\"LineNo\":1,\"lineNo\":1");
    add(cases, Rule.WRONG_TYPE, "StockCode", "\"85123A\"", "{\"code\":\"85123A\"}");
    add(cases, Rule.NOT_A_NUMBER, "Quantity", "\"Quantity\":2", "\"Quantity\":\"two\"");
    add(cases, Rule.NOT_A_DATE, "InvoiceDate", "2010-12-01T", "2010-02-30T");
    add(cases, Rule.OUT_OF_RANGE, "LineNo", "\"LineNo\":1", "\"LineNo\":999901");
    add(cases, Rule.TOO_MANY_DECIMALS, "UnitPrice", "2.55", "2.55001");
    add(cases, Rule.TOO_LONG, "Description", "WHITE", "W".repeat(1_001));
    add(cases, Rule.OUTER_WHITESPACE, "InvoiceNo", "536365", "536365 ");
    add(cases, Rule.UNSTORABLE_CHARACTER, "Country", "United", "\\u0000");
    return cases;
  }

  /** At least one for each rule that a row can break. */
  public static List<Case> csv() {
    List<Case> cases = new ArrayList<>();
    addRow(cases, Rule.UNREADABLE, "", "536365,85123A,HEART");
    addRow(cases, Rule.UNREADABLE, "", "536365,85123A,\"HEART,6,2010-12-01T08:26,2.55,17850,UK");
    addRow(cases, Rule.MISSING, "StockCode", "536365,,HEART,6,2010-12-01T08:26,2.55,17850,UK");
    addRow(cases, Rule.NOT_A_NUMBER, "Quantity", "1,2,HEART,6.5,2010-12-01T08:26,2.55,17850,UK");
    addRow(cases, Rule.NOT_A_DATE, "InvoiceDate", "1,2,HEART,6,12/1/2010 8:26,2.55,17850,UK");
    addRow(cases, Rule.OUT_OF_RANGE, "UnitPrice", "1,2,HEART,6,2010-12-01T08:26,1e9,17850,UK");
    addRow(cases, Rule.OUT_OF_RANGE, "InvoiceDate", "1,2,HEART,6,1899-12-01T08:26,1,17850,UK");
    addRow(cases, Rule.TOO_MANY_DECIMALS, "UnitPrice", "1,2,HEART,6,2010-12-01T08:26,0.00001,1,UK");
    addRow(cases, Rule.TOO_LONG, "CustomerID", "1,2,,6,2010-12-01T08:26,1," + "7".repeat(65) + ",");
    addRow(cases, Rule.OUTER_WHITESPACE, "CustomerID", "1,2,,6,2010-12-01T08:26,1, 17850,UK");
    addRow(cases, Rule.UNSTORABLE_CHARACTER, "Description", "1,2,\0,6,2010-12-01T08:26,1,17850,UK");
    return cases;
  }

  /** A row of the file december.csv. */
  public static ReceivedRecord row(String row, int lineNo) {
    return new ReceivedRecord(
        new Origin("s3://bucket/import/december.csv", "line " + (lineNo + 1), 1_291_191_960_000L),
        DIALECT,
        lineNo,
        row.getBytes(UTF_8));
  }

  private static void add(
      List<Case> cases, Rule rule, String field, String good, String replacement) {
    String json = GOOD.replace(good, replacement);
    if (json.equals(GOOD)) {
      throw new IllegalArgumentException(GOOD + " does not hold " + good);
    }
    cases.add(new Case(rule, field, Lines.record(json)));
  }

  private static void addRow(List<Case> cases, Rule rule, String field, String row) {
    cases.add(new Case(rule, field, row(row, cases.size() + 1)));
  }

  /** A record and the rule that it breaks. */
  public static final class Case {
    private final Rule rule;
    private final String field;
    private final ReceivedRecord record;

    Case(Rule rule, String field, ReceivedRecord record) {
      this.rule = rule;
      this.field = field;
      this.record = record;
    }

    public Rule rule() {
      return rule;
    }

    public String field() {
      return field;
    }

    public ReceivedRecord record() {
      return record;
    }

    @Override
    public String toString() {
      return rule + " in " + record.format().substring(0, Math.min(4, record.format().length()));
    }
  }
}
