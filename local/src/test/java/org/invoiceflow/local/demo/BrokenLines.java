package org.invoiceflow.local.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Files in which every rule is broken once, among good lines, and what has to be said about them.
 */
public final class BrokenLines {

  private static final String HEADER =
      "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";
  private static final String CONTENT = "85123A,HOLDER,6,12/13/2010 8:26,2.55,17850,United Kingdom";

  /**
   * A line that breaks rules.
   *
   * @param fileLine of its first line in the file, from 1
   * @param text as it stands in the file
   * @param reasons each broken rule and its field, as {@code NOT_A_NUMBER Quantity}
   */
  public record Broken(int fileLine, String text, Set<String> reasons) {

    byte[] bytes() {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  private static final Map<String, Set<String>> ROWS = rows();

  private BrokenLines() {}

  private static Map<String, Set<String>> rows() {
    Map<String, Set<String>> rows = new TreeMap<>();
    rows.put("800100,85123A,HOLDER,6,12/13/2010 8:26,2.55", Set.of("UNREADABLE "));
    rows.put("800101," + CONTENT.replace("HOLDER", "\"HOLDER\"S"), Set.of("UNREADABLE "));
    // Rows are numbered within their invoice, so a row without one has no number either.
    rows.put("," + CONTENT, Set.of("MISSING InvoiceNo"));
    rows.put(
        "800102,,,,,,,",
        Set.of(
            "MISSING StockCode", "MISSING Quantity", "MISSING InvoiceDate", "MISSING UnitPrice"));
    rows.put("800103," + CONTENT.replace(",6,", ",six,"), Set.of("NOT_A_NUMBER Quantity"));
    rows.put("800104," + CONTENT.replace("2.55", "\"2,55\""), Set.of("NOT_A_NUMBER UnitPrice"));
    rows.put("800105," + CONTENT.replace("12/13", "13/32"), Set.of("NOT_A_DATE InvoiceDate"));
    rows.put("800106," + CONTENT.replace(",6,", ",2147483648,"), Set.of("OUT_OF_RANGE Quantity"));
    rows.put("800107," + CONTENT.replace("2.55", "1000000000"), Set.of("OUT_OF_RANGE UnitPrice"));
    rows.put("800108," + CONTENT.replace("2010", "1899"), Set.of("OUT_OF_RANGE InvoiceDate"));
    rows.put("800109," + CONTENT.replace("2.55", "2.55555"), Set.of("TOO_MANY_DECIMALS UnitPrice"));
    rows.put("800110," + CONTENT.replace("85123A", "8".repeat(65)), Set.of("TOO_LONG StockCode"));
    rows.put(
        "800111," + CONTENT.replace("HOLDER", "£".repeat(501)), Set.of("TOO_LONG Description"));
    rows.put("800112," + CONTENT.replace("United", "U".repeat(101)), Set.of("TOO_LONG Country"));
    rows.put("8".repeat(65) + "," + CONTENT, Set.of("TOO_LONG InvoiceNo"));
    rows.put(" 800113," + CONTENT, Set.of("OUTER_WHITESPACE InvoiceNo"));
    rows.put(
        "800114," + CONTENT.replace("17850", "17850\t"), Set.of("OUTER_WHITESPACE CustomerID"));
    rows.put(
        "800115," + CONTENT.replace("HOLDER", "HOL\0DER"),
        Set.of("UNSTORABLE_CHARACTER Description"));
    rows.put(
        "800116 ,,\"two\nlines\",x,never,0.00001," + "1".repeat(65) + ",UK",
        Set.of(
            "OUTER_WHITESPACE InvoiceNo",
            "MISSING StockCode",
            "NOT_A_NUMBER Quantity",
            "NOT_A_DATE InvoiceDate",
            "TOO_MANY_DECIMALS UnitPrice",
            "TOO_LONG CustomerID"));
    return rows;
  }

  /** Good lines in {@link #csv}: one before each broken one. */
  public static int goodLinesOfCsv() {
    return ROWS.size();
  }

  /** A CSV file with each broken row after a good one. */
  public static String csv() {
    StringBuilder csv = new StringBuilder(HEADER).append('\n');
    for (String row : ROWS.keySet()) {
      csv.append("800001,").append(CONTENT).append('\n').append(row).append('\n');
    }
    return csv.toString();
  }

  public static List<Broken> ofCsv() {
    List<Broken> broken = new ArrayList<>();
    int fileLine = 2;
    for (Map.Entry<String, Set<String>> row : ROWS.entrySet()) {
      broken.add(new Broken(fileLine + 1, row.getKey(), row.getValue()));
      fileLine += 1 + (int) row.getKey().lines().count();
    }
    return broken;
  }

  /** Lines of {@link #json} that can be stored. */
  public static final int GOOD_LINES_OF_JSON = 7;

  /** Lines of {@link #json}, with those that broke a rule or lost a conflict. */
  public static final int LINES_OF_JSON = 21;

  /** A JSON Lines file with duplicates, conflicts and the rules that only JSON can break. */
  public static byte[] json() throws IOException {
    try (InputStream in = BrokenLines.class.getResourceAsStream("duplicates_and_conflicts.jsonl")) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      in.transferTo(bytes);
      return bytes.toByteArray();
    }
  }

  public static List<String> linesOfJson() throws IOException {
    return new String(json(), StandardCharsets.UTF_8).lines().toList();
  }

  /** What intake refuses in {@link #json}; conflicts are apart. */
  public static List<Broken> ofJson() throws IOException {
    List<String> lines = linesOfJson();
    String array = lines.get(11);
    String element = array.substring(array.indexOf(", {") + 2, array.indexOf(" ,{"));
    List<Broken> broken = new ArrayList<>();
    broken.add(new Broken(12, element, Set.of("NOT_A_NUMBER Quantity", "NOT_A_DATE InvoiceDate")));
    broken.add(new Broken(13, lines.get(12), Set.of("DUPLICATE_FIELD InvoiceNo")));
    broken.add(new Broken(14, lines.get(13), Set.of("UNKNOWN_FIELD Colour")));
    broken.add(new Broken(15, lines.get(14), Set.of("WRONG_TYPE Country")));
    broken.add(new Broken(16, lines.get(15), Set.of("MISSING LineNo")));
    broken.add(new Broken(17, lines.get(16), Set.of("UNSTORABLE_CHARACTER Description")));
    broken.add(
        new Broken(
            18, lines.get(17), Set.of("OUT_OF_RANGE LineNo", "TOO_MANY_DECIMALS UnitPrice")));
    broken.add(new Broken(19, lines.get(18), Set.of("UNREADABLE ")));
    broken.add(new Broken(20, lines.get(19), Set.of("UNREADABLE ")));
    return broken;
  }
}
