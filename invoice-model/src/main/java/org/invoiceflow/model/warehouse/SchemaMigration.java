package org.invoiceflow.model.warehouse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Applies the versions that the warehouse lacks, each once and in one transaction with its record
 * in {@link WarehouseTables#SCHEMA_VERSIONS}. Run twice, or by two at once, it changes nothing the
 * second time.
 */
public final class SchemaMigration {

  private static final String CREATE_RECORD =
      "CREATE TABLE IF NOT EXISTS "
          + WarehouseTables.SCHEMA_VERSIONS
          + " (version integer NOT NULL, checksum varchar(64) NOT NULL,"
          + " applied_at timestamp NOT NULL)";

  private static final String FIND_RECORD =
      "SELECT count(*) FROM information_schema.tables WHERE table_name = '"
          + WarehouseTables.SCHEMA_VERSIONS
          + "' AND table_schema = current_schema()";

  private static final String READ_RECORD =
      "SELECT version, checksum FROM " + WarehouseTables.SCHEMA_VERSIONS + " ORDER BY version";

  private final SqlSession session;
  private final Dialect dialect;
  private final List<SchemaVersion> versions;

  public SchemaMigration(SqlSession session, Dialect dialect) {
    this(session, dialect, SchemaVersion.all());
  }

  SchemaMigration(SqlSession session, Dialect dialect, List<SchemaVersion> versions) {
    this.session = session;
    this.dialect = dialect;
    this.versions = List.copyOf(versions);
  }

  /**
   * What {@link #migrate()} would apply; changes nothing.
   *
   * @throws WarehouseException if the warehouse's versions do not fit this program's
   */
  public List<SchemaVersion> pending() throws WarehouseException {
    Map<Integer, String> applied = applied();
    check(applied);
    List<SchemaVersion> pending = new ArrayList<>(versions);
    pending.removeIf(version -> applied.containsKey(version.number()));
    return pending;
  }

  /**
   * Applies what is pending, in the schema that the session is in.
   *
   * @return what was applied; empty if the warehouse had all of it
   * @throws WarehouseException if the warehouse's versions do not fit this program's, or it refuses
   *     a version; the versions before that one stay applied
   */
  public List<SchemaVersion> migrate() throws WarehouseException {
    List<SchemaVersion> done = new ArrayList<>();
    for (SchemaVersion version : pending()) {
      if (apply(version)) {
        done.add(version);
      }
    }
    return done;
  }

  /** All that {@link #migrate()} runs for a version, for those who want to read it. */
  public List<String> statements(SchemaVersion version) {
    List<String> statements = new ArrayList<>();
    statements.add(dialect.lock(WarehouseTables.SCHEMA_VERSIONS));
    statements.add(record(version));
    statements.addAll(version.statements(dialect));
    return statements;
  }

  /** The table that records the versions; {@link #migrate()} makes it first. */
  public String recordTable() {
    return CREATE_RECORD;
  }

  /** Fails, by a division by zero, if the version is recorded: then another run was faster. */
  private String record(SchemaVersion version) {
    return "INSERT INTO "
        + WarehouseTables.SCHEMA_VERSIONS
        + " (version, checksum, applied_at) SELECT "
        + version.number()
        + " / (1 - count(*)), '"
        + version.checksum()
        + "', "
        + dialect.now()
        + " FROM "
        + WarehouseTables.SCHEMA_VERSIONS
        + " WHERE version = "
        + version.number();
  }

  private boolean apply(SchemaVersion version) throws WarehouseException {
    try {
      if (!recordExists()) {
        createRecord();
      }
      session.run(statements(version));
      return true;
    } catch (WarehouseException e) {
      // Whether another run applied it, or this one whose answer was lost: the record tells.
      Map<Integer, String> applied = applied();
      if (applied.containsKey(version.number())) {
        check(applied);
        return false;
      }
      throw new WarehouseException(
          "Schema "
              + version
              + " was refused, and nothing of it was applied: "
              + e.getMessage()
              + " Remove the cause and run this again.",
          e);
    }
  }

  private void createRecord() throws WarehouseException {
    try {
      session.run(List.of(CREATE_RECORD));
    } catch (WarehouseException e) {
      // Two who create a table at once: IF NOT EXISTS does not keep the second from failing.
      if (!recordExists()) {
        throw e;
      }
    }
  }

  private boolean recordExists() throws WarehouseException {
    return !session.query(FIND_RECORD).get(0).get(0).equals("0");
  }

  private Map<Integer, String> applied() throws WarehouseException {
    Map<Integer, String> applied = new TreeMap<>();
    if (recordExists()) {
      for (List<String> row : session.query(READ_RECORD)) {
        applied.put(Integer.valueOf(row.get(0)), row.get(1));
      }
    }
    return applied;
  }

  private void check(Map<Integer, String> applied) throws WarehouseException {
    int newest = versions.size();
    for (Map.Entry<Integer, String> row : applied.entrySet()) {
      int number = row.getKey();
      if (number > newest) {
        throw new WarehouseException(
            "The warehouse has schema version "
                + number
                + ", and this program knows versions up to "
                + newest
                + ": use a program at least as new as the one that brought it.");
      }
      SchemaVersion version = versions.get(number - 1);
      if (!version.checksum().equals(row.getValue())) {
        throw new WarehouseException(
            "Schema "
                + version
                + " was applied with other text (checksum "
                + row.getValue()
                + ") than this program has ("
                + version.checksum()
                + "): a released version must never change. Use the program that applied it, and"
                + " put changes into a new version.");
      }
      if (number > 1 && !applied.containsKey(number - 1)) {
        throw new WarehouseException(
            "The warehouse has schema version "
                + number
                + " but no record of version "
                + (number - 1)
                + " in "
                + WarehouseTables.SCHEMA_VERSIONS
                + ": it is half applied. Restore the missing row, or the schema from a backup.");
      }
    }
  }
}
