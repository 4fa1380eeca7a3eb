package org.invoiceflow.model.warehouse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Makes the two users of the warehouse, or brings existing ones back to exactly these rights: a
 * loader that can do what a load needs, and a reader for BI tools. Run twice it changes nothing but
 * the passwords that are given.
 */
public final class WarehouseUsers {

  /** What needs no thought about case, length or quotes on any side. */
  private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

  private static final Pattern ROLE_ARN =
      Pattern.compile("arn:aws[a-z-]*:iam::[0-9]{12}:role/\\S+");

  private final SqlSession session;
  private final Dialect dialect;

  public WarehouseUsers(SqlSession session, Dialect dialect) {
    this.session = session;
    this.dialect = dialect;
  }

  /** Whether this can be a user's name: lower case letters, digits and underscores, at most 63. */
  public static boolean isName(String name) {
    return NAME.matcher(name).matches() && !name.equals("public");
  }

  /** Whether this is the ARN of an IAM role. */
  public static boolean isRoleArn(String arn) {
    return ROLE_ARN.matcher(arn).matches() && arn.indexOf('\'') < 0;
  }

  /**
   * A user who can run loads and nothing else: temporary tables; to read and to add rows to lines
   * and ledger; to lock the ledger, for which the database asks the right to update it.
   *
   * @param password what {@link PasswordHash} made of it
   * @param copyRole the role by which COPY reads the staged files; then nobody else may use a role
   * @return the statements, to be run in one transaction
   */
  public List<String> loader(String name, PasswordHash password, Optional<String> copyRole)
      throws WarehouseException {
    List<String> statements = user(name, Optional.of(password));
    statements.add(
        "GRANT TEMPORARY ON DATABASE "
            + quoted(value("current_database()"))
            + " TO "
            + quoted(name));
    statements.add(
        "GRANT SELECT, INSERT ON "
            + String.join(", ", WarehouseTables.LOADED)
            + " TO "
            + quoted(name));
    statements.add("GRANT UPDATE ON " + WarehouseTables.LOADS + " TO " + quoted(name));
    if (dialect == Dialect.REDSHIFT && copyRole.isPresent()) {
      statements.add("REVOKE ASSUMEROLE ON ALL FROM PUBLIC FOR ALL");
      statements.add(
          "GRANT ASSUMEROLE ON '" + copyRole.get() + "' TO " + quoted(name) + " FOR COPY");
    }
    return statements;
  }

  /**
   * A user who can read the lines and the views on them, and nothing else.
   *
   * @param password absent: an existing user keeps the one that it has, a new user has none
   * @return the statements, to be run in one transaction
   */
  public List<String> reader(String name, Optional<PasswordHash> password)
      throws WarehouseException {
    List<String> statements = user(name, password);
    statements.add(
        "GRANT SELECT ON " + String.join(", ", WarehouseTables.REPORTED) + " TO " + quoted(name));
    return statements;
  }

  private List<String> user(String name, Optional<PasswordHash> password)
      throws WarehouseException {
    if (!isName(name)) {
      throw new WarehouseException(
          "'" + name + "' cannot be a user: use lower case letters, digits and underscores.");
    }
    if (value("current_user").equals(name)) {
      throw new WarehouseException(
          "You are connected as " + name + ": give the loader and the reader users of their own.");
    }
    boolean exists =
        !session.query("SELECT usename FROM pg_user WHERE usename = '" + name + "'").isEmpty();
    String schema = quoted(value("current_schema()"));
    List<String> statements = new ArrayList<>();
    if (!exists) {
      String none = dialect == Dialect.REDSHIFT ? "DISABLE" : "NULL";
      statements.add(
          withPassword("CREATE", name, password.map(WarehouseUsers::literal).orElse(none)));
    } else {
      password.ifPresent(hash -> statements.add(withPassword("ALTER", name, literal(hash))));
      statements.add("REVOKE ALL ON ALL TABLES IN SCHEMA " + schema + " FROM " + quoted(name));
    }
    statements.add("REVOKE CREATE ON SCHEMA " + schema + " FROM PUBLIC");
    statements.add("GRANT USAGE ON SCHEMA " + schema + " TO " + quoted(name));
    return statements;
  }

  private static String withPassword(String verb, String name, String password) {
    return verb + " USER " + quoted(name) + " PASSWORD " + password;
  }

  private static String literal(PasswordHash hash) {
    return "'" + hash.text() + "'";
  }

  private String value(String expression) throws WarehouseException {
    return session.query("SELECT " + expression).get(0).get(0);
  }

  private static String quoted(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }
}
