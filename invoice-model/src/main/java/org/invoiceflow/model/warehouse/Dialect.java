package org.invoiceflow.model.warehouse;

import java.util.List;

/** The few words in which Redshift and its PostgreSQL stand-in differ. */
public enum Dialect {
  REDSHIFT {
    @Override
    public String lock(String table) {
      return "LOCK " + table;
    }

    @Override
    public String now() {
      return "GETDATE()";
    }

    @Override
    public String stagingLayout() {
      return "DISTSTYLE KEY DISTKEY (invoice_no)";
    }

    @Override
    String linesLayout() {
      return "DISTSTYLE KEY DISTKEY (invoice_no) SORTKEY (invoice_date)";
    }

    @Override
    List<String> indexes() {
      return List.of();
    }
  },

  POSTGRESQL {
    @Override
    public String lock(String table) {
      return "LOCK TABLE " + table + " IN EXCLUSIVE MODE";
    }

    @Override
    public String now() {
      return "timezone('UTC', current_timestamp)";
    }

    @Override
    public String stagingLayout() {
      return "";
    }

    @Override
    String linesLayout() {
      return "";
    }

    @Override
    List<String> indexes() {
      return List.of(
          "CREATE INDEX IF NOT EXISTS invoice_lines_identity ON invoice_lines (invoice_no, line_no)",
          "CREATE INDEX IF NOT EXISTS invoice_load_files_file ON invoice_load_files (file)");
    }
  };

  /** The start of Redshift's JDBC URLs. */
  public static final String REDSHIFT_URL = "jdbc:redshift:";

  /** Redshift for its own URLs; anything else is taken to speak PostgreSQL. */
  public static Dialect forUrl(String url) {
    return url.startsWith(REDSHIFT_URL) ? REDSHIFT : POSTGRESQL;
  }

  /** Keeps out other holders of the lock; it takes no snapshot of the data. */
  public abstract String lock(String table);

  /** The present in UTC, as a timestamp without a zone. */
  public abstract String now();

  /** How the temporary table of a load is laid out. */
  public abstract String stagingLayout();

  abstract String linesLayout();

  /**
   * Part of version 1. Without unique keys, so that the stand-in forgives nothing that Redshift
   * would not.
   */
  abstract List<String> indexes();
}
