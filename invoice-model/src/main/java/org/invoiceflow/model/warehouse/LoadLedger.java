package org.invoiceflow.model.warehouse;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the ledger knows of staged files. */
public final class LoadLedger {

  /** As the sink names its files; nothing else gets into a statement. */
  private static final Pattern STAGED_NAME =
      Pattern.compile("lines-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-[0-9]{1,6}\\.csv\\.gz");

  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  /** Names of 60 characters: far below the 100 KB of a statement of the Redshift Data API. */
  private static final int NAMES_PER_STATEMENT = 500;

  private final SqlSession session;
  private final Dialect dialect;

  public LoadLedger(SqlSession session, Dialect dialect) {
    this.session = session;
    this.dialect = dialect;
  }

  /** Whether the sink gives its staged files such names. */
  public static boolean isStagedFile(String name) {
    return STAGED_NAME.matcher(name).matches();
  }

  /**
   * Which of these files were loaded.
   *
   * @param names without folders, each a {@link #isStagedFile staged file's}
   */
  public Set<String> loaded(Collection<String> names) throws WarehouseException {
    List<String> all = new ArrayList<>(names);
    Set<String> loaded = new HashSet<>();
    for (int from = 0; from < all.size(); from += NAMES_PER_STATEMENT) {
      List<String> some = all.subList(from, Math.min(from + NAMES_PER_STATEMENT, all.size()));
      for (List<String> row : session.query(select(some))) {
        loaded.add(row.get(0));
      }
    }
    return loaded;
  }

  private static String select(List<String> names) {
    return names.stream()
        .map(LoadLedger::literal)
        .collect(
            Collectors.joining(
                ", ", "SELECT file FROM " + WarehouseTables.LOAD_FILES + " WHERE file IN (", ")"));
  }

  private static String literal(String name) {
    if (!isStagedFile(name)) {
      throw new IllegalArgumentException("not a staged file: " + name);
    }
    return "'" + name + "'";
  }

  /** How many files of loads before this moment the ledger names. */
  public long filesBefore(Instant moment) throws WarehouseException {
    return Long.parseLong(
        session
            .query("SELECT count(*) FROM " + WarehouseTables.LOAD_FILES + before(moment))
            .get(0)
            .get(0));
  }

  /**
   * Forgets the files of loads before this moment. The loads stay in the ledger. A job that starts
   * from a savepoint older than that finds these files neither in the ledger nor on S3, and fails;
   * nothing is loaded twice.
   */
  public void forgetFilesBefore(Instant moment) throws WarehouseException {
    session.run(
        List.of(
            dialect.lock(WarehouseTables.LOADS),
            "DELETE FROM " + WarehouseTables.LOAD_FILES + before(moment)));
  }

  private static String before(Instant moment) {
    LocalDateTime utc =
        LocalDateTime.ofInstant(moment, ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS);
    return " WHERE load_id IN (SELECT load_id FROM "
        + WarehouseTables.LOADS
        + " WHERE loaded_at < TIMESTAMP '"
        + TIMESTAMP.format(utc)
        + "')";
  }
}
