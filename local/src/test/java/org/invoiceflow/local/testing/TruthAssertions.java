package org.invoiceflow.local.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.invoiceflow.local.stores.Exports;

/**
 * Compares an export folder with the truths of the real data, row by row and by the sha256 over all
 * canonical lines. The truths lie outside of the repository; without them the test is skipped.
 */
public final class TruthAssertions {

  /** The whole real file. */
  public static final String FULL = "full";

  /** Two weeks of it: {@code slice.csv.gz}. */
  public static final String SLICE = "slice";

  /** 28 odd invoices: {@code slice_edge.csv}. */
  public static final String SLICE_EDGE = "slice_edge";

  private static final char UNIT_SEPARATOR = '\u001f';

  private TruthAssertions() {}

  /**
   * The folder of the real data; skips the running test if there is none.
   *
   * @return an existing folder
   */
  public static Path dataFolder() {
    String root = System.getProperty("invoiceflow.root");
    assumeTrue(root != null, "skipped: the system property invoiceflow.root is not set");
    Path folder = Path.of(root, "..", "shared", "data").normalize();
    assumeTrue(Files.isDirectory(folder), "skipped: no real data at " + folder);
    return folder;
  }

  /**
   * Fails unless the folder's three CSV files hold exactly what the truths say.
   *
   * @param slice {@link #FULL}, {@link #SLICE} or {@link #SLICE_EDGE}
   */
  public static void assertEqualsTruth(Path exportFolder, String slice) throws IOException {
    Path data = dataFolder();
    String prefix = slice.equals(FULL) ? "truth_" : "truth_" + slice + "_";
    assertSameRows(
        exportFolder.resolve(Exports.INVOICES), data.resolve(prefix + "invoices.csv.gz"));
    assertSameRows(
        exportFolder.resolve(Exports.CUSTOMERS), data.resolve(prefix + "customers.csv.gz"));
    assertThat(canonicalSha256(exportFolder.resolve(Exports.WAREHOUSE)))
        .as("sha256 over the canonical lines of %s", Exports.WAREHOUSE)
        .isEqualTo(sortedSha256(data.resolve(prefix + "totals.json.gz")));
  }

  /** The truth may have more columns than the export, at its end, and another order of rows. */
  private static void assertSameRows(Path export, Path truth) throws IOException {
    List<List<String>> actual = rows(Files.newInputStream(export));
    int columns = actual.get(0).size();
    List<List<String>> expected = rows(new GZIPInputStream(Files.newInputStream(truth)));
    expected.replaceAll(row -> row.subList(0, columns));
    assertThat(actual.get(0)).as("columns of %s", export.getFileName()).isEqualTo(expected.get(0));
    Map<String, List<String>> actualByKey = byKey(actual);
    Map<String, List<String>> expectedByKey = byKey(expected);
    assertThat(actual).as("rows of %s", export.getFileName()).hasSameSizeAs(expected);
    assertThat(actualByKey.keySet())
        .as("keys of %s", export.getFileName())
        .isEqualTo(expectedByKey.keySet());
    List<String> differences = new ArrayList<>();
    expectedByKey.forEach(
        (key, row) -> {
          if (!row.equals(actualByKey.get(key))) {
            differences.add("expected " + row + " but was " + actualByKey.get(key));
          }
        });
    assertThat(differences).as("rows of %s", export.getFileName()).isEmpty();
  }

  private static Map<String, List<String>> byKey(List<List<String>> rows) {
    Map<String, List<String>> byKey = new TreeMap<>();
    rows.forEach(row -> byKey.put(row.get(0), row));
    return byKey;
  }

  private static List<List<String>> rows(InputStream bytes) throws IOException {
    try (CsvReader<CsvRecord> csv =
        CsvReader.builder().ofCsvRecord(new InputStreamReader(bytes, StandardCharsets.UTF_8))) {
      List<List<String>> rows = new ArrayList<>();
      csv.forEach(row -> rows.add(row.getFields()));
      return rows;
    }
  }

  /**
   * The sha256 over the file's lines, each written as the truths describe: its nine values between
   * U+001F, ended by LF, in UTF-8. The file is sorted already.
   */
  static String canonicalSha256(Path warehouseCsv) throws IOException {
    MessageDigest sha256 = sha256();
    try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(warehouseCsv);
        Stream<NamedCsvRecord> rows = csv.stream()) {
      rows.forEach(
          row -> {
            String canonical = String.join(String.valueOf(UNIT_SEPARATOR), row.getFields()) + '\n';
            sha256.update(canonical.getBytes(StandardCharsets.UTF_8));
          });
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e);
    }
    return HexFormat.of().formatHex(sha256.digest());
  }

  private static String sortedSha256(Path totals) throws IOException {
    try (JsonParser json =
        new JsonFactory().createParser(new GZIPInputStream(Files.newInputStream(totals)))) {
      while (json.nextToken() != null) {
        if (json.currentToken() == JsonToken.FIELD_NAME
            && json.currentName().equals("sha256_sorted_by_invoice_then_ordinal")) {
          return json.nextTextValue();
        }
      }
    }
    throw new IOException(totals + " names no sha256 of sorted lines");
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
