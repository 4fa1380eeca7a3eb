package org.invoiceflow.model.warehouse;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** One released step of the warehouse's schema. Its text never changes. Immutable. */
public final class SchemaVersion {

  /** In the order in which they were released. */
  private static final List<String> SCRIPTS =
      List.of("V1__lines_and_ledger.sql", "V2__relational_views.sql");

  private final int number;
  private final String title;
  private final String script;

  SchemaVersion(int number, String title, String script) {
    this.number = number;
    this.title = title;
    this.script = script;
  }

  /** All versions that this program knows, from 1 upwards without a gap. */
  public static List<SchemaVersion> all() {
    List<SchemaVersion> versions = new ArrayList<>();
    for (String name : SCRIPTS) {
      int number = versions.size() + 1;
      String start = "V" + number + "__";
      String title = name.substring(start.length(), name.length() - ".sql".length());
      versions.add(new SchemaVersion(number, title.replace('_', ' '), resource(name)));
    }
    return versions;
  }

  /** From 1. */
  public int number() {
    return number;
  }

  /** A few words on what it brings. */
  public String title() {
    return title;
  }

  /** SHA-256 of the text that was released, the same for every dialect; 64 hexadecimal digits. */
  public String checksum() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
      return String.format("%064x", new BigInteger(1, digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** The statements in their order, without a semicolon at their end. */
  public List<String> statements(Dialect dialect) {
    String sql = script.replace("${lines_layout}", dialect.linesLayout());
    List<String> statements =
        Arrays.stream(withoutComments(sql).split(";"))
            .map(String::strip)
            .filter(statement -> !statement.isEmpty())
            .collect(Collectors.toCollection(ArrayList::new));
    if (number == 1) {
      statements.addAll(dialect.indexes());
    }
    return statements;
  }

  @Override
  public String toString() {
    return "version " + number + " (" + title + ")";
  }

  private static String withoutComments(String sql) {
    return sql.lines()
        .filter(line -> !line.stripLeading().startsWith("--"))
        .collect(Collectors.joining("\n"));
  }

  private static String resource(String name) {
    try (InputStream in = SchemaVersion.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("The resource " + name + " is missing from the jar.");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      // A checkout may have changed the line ends; the version is the same.
      return text.replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
