package org.invoiceflow.job.warehouse;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.invoiceflow.model.warehouse.Dialect;

/** The statements of a load. But for the {@link Dialect}'s words they are one text everywhere. */
final class WarehouseSql {

  /** A table of the session: two loads at once never see each other's staged lines. */
  static final String STAGING = "invoice_lines_staged";

  /** The columns of a staged line in the order of {@link LineCsv}. */
  static final List<String> STAGED_COLUMNS =
      List.of(
          "invoice_no",
          "line_no",
          "stock_code",
          "description",
          "quantity",
          "invoice_date",
          "unit_price",
          "customer_id",
          "country",
          "source_file");

  /**
   * A text as it was staged. A staged null is an unquoted {@code \N}, and every text is quoted; no
   * documentation says whether Redshift's COPY takes a quoted {@code \N} for null too. In a column
   * that is never null such a null can only have been that text.
   */
  private static final Set<String> NEVER_NULL_TEXT =
      Set.of("invoice_no", "stock_code", "description", "country");

  private static final String STAGED_LINES =
      STAGED_COLUMNS.stream()
          .map(
              column ->
                  NEVER_NULL_TEXT.contains(column)
                      ? "coalesce(" + column + ", chr(92) || 'N') AS " + column
                      : column)
          .collect(Collectors.joining(", ", "(SELECT ", " FROM " + STAGING + ")"));

  private final Dialect dialect;

  WarehouseSql(Dialect dialect) {
    this.dialect = dialect;
  }

  String createStaging() {
    return "CREATE TEMP TABLE "
        + STAGING
        + " (invoice_no varchar(64), line_no integer NOT NULL,"
        + " stock_code varchar(64), description varchar(1000),"
        + " quantity integer NOT NULL, invoice_date timestamp NOT NULL,"
        + " unit_price decimal(18,4) NOT NULL, customer_id varchar(64),"
        + " country varchar(100), source_file varchar(255)) "
        + dialect.stagingLayout();
  }

  String lockLedger() {
    return dialect.lock(WarehouseSchema.LOADS);
  }

  /** Parameter: the load's id. */
  String findLoad() {
    return "SELECT files, staged, inserted, differing FROM "
        + WarehouseSchema.LOADS
        + " WHERE load_id = ?";
  }

  /** Parameters: names of files. */
  String findFiles(int count) {
    return "SELECT file FROM "
        + WarehouseSchema.LOAD_FILES
        + " WHERE file IN ("
        + "?, ".repeat(count - 1)
        + "?)";
  }

  String countStaged() {
    return "SELECT count(*) FROM " + STAGING;
  }

  /**
   * Of staged lines with the same key one is taken, always the same one, whatever the order in
   * which they were staged; and none whose key is stored.
   */
  String insertNew() {
    String columns = String.join(", ", STAGED_COLUMNS);
    return "INSERT INTO "
        + WarehouseSchema.LINES
        + " ("
        + columns
        + ", loaded_at) SELECT "
        + columns
        + ", "
        + dialect.now()
        + " FROM (SELECT "
        + columns
        + ", row_number() OVER (PARTITION BY invoice_no, line_no ORDER BY invoice_date,"
        + " stock_code, quantity, unit_price, description, customer_id, country, source_file)"
        + " AS contender FROM "
        + STAGED_LINES
        + " t) s WHERE contender = 1 AND NOT EXISTS (SELECT 1 FROM "
        + WarehouseSchema.LINES
        + " l WHERE l.invoice_no = s.invoice_no AND l.line_no = s.line_no)";
  }

  /** To be asked after {@link #insertNew}: then every staged key is stored. */
  String countDiffering() {
    String differs =
        List.of("stock_code", "description", "country").stream()
            .map(column -> textDiffers("s." + column, "l." + column))
            .collect(Collectors.joining(" OR "));
    return "SELECT count(*) FROM "
        + STAGED_LINES
        + " s JOIN "
        + WarehouseSchema.LINES
        + " l ON l.invoice_no = s.invoice_no AND l.line_no = s.line_no"
        + " WHERE s.quantity <> l.quantity OR s.unit_price <> l.unit_price"
        + " OR s.invoice_date <> l.invoice_date OR "
        + differs
        + " OR "
        + textDiffers("coalesce(s.customer_id, '')", "coalesce(l.customer_id, '')");
  }

  /** Redshift ignores blanks at the end when it compares text, so something is put behind them. */
  private static String textDiffers(String one, String other) {
    return one + " || '.' <> " + other + " || '.'";
  }

  /** Parameters: id, files, staged, inserted, repeated, differing. */
  String insertLoad() {
    return "INSERT INTO "
        + WarehouseSchema.LOADS
        + " (load_id, files, staged, inserted, repeated, differing, loaded_at)"
        + " VALUES (?, ?, ?, ?, ?, ?, "
        + dialect.now()
        + ")";
  }

  /** Parameters: file and load id, for each file. */
  String insertFiles(int count) {
    return "INSERT INTO "
        + WarehouseSchema.LOAD_FILES
        + " (file, load_id) VALUES "
        + "(?, ?), ".repeat(count - 1)
        + "(?, ?)";
  }
}
