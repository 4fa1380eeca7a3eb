package org.invoiceflow.job.warehouse;

import java.util.List;

/** The few words in which Redshift and its PostgreSQL stand-in differ. */
enum Dialect {
  REDSHIFT {
    @Override
    String lock(String table) {
      return "LOCK " + table;
    }

    @Override
    String now() {
      return "GETDATE()";
    }

    @Override
    String linesLayout() {
      return "DISTSTYLE KEY DISTKEY (invoice_no) SORTKEY (invoice_date)";
    }

    @Override
    String stagingLayout() {
      return "DISTSTYLE KEY DISTKEY (invoice_no)";
    }

    @Override
    List<String> indexes() {
      return List.of();
    }
  },

  POSTGRESQL {
    @Override
    String lock(String table) {
      return "LOCK TABLE " + table + " IN EXCLUSIVE MODE";
    }

    @Override
    String now() {
      return "timezone('UTC', current_timestamp)";
    }

    @Override
    String linesLayout() {
      return "";
    }

    @Override
    String stagingLayout() {
      return "";
    }

    @Override
    List<String> indexes() {
      return List.of(
          "CREATE INDEX IF NOT EXISTS invoice_lines_identity ON invoice_lines (invoice_no, line_no)",
          "CREATE INDEX IF NOT EXISTS invoice_load_files_file ON invoice_load_files (file)");
    }
  };

  static final String REDSHIFT_URL = "jdbc:redshift:";

  /** Redshift for its own URLs; anything else is taken to speak PostgreSQL. */
  static Dialect forUrl(String url) {
    return url.startsWith(REDSHIFT_URL) ? REDSHIFT : POSTGRESQL;
  }

  /** Keeps out other holders of the lock; it takes no snapshot of the data. */
  abstract String lock(String table);

  /** The present in UTC, as a timestamp without a zone. */
  abstract String now();

  abstract String linesLayout();

  abstract String stagingLayout();

  /** Without unique keys, so that the stand-in forgives nothing that Redshift would not. */
  abstract List<String> indexes();
}
