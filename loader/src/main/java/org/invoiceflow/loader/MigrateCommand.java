package org.invoiceflow.loader;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.invoiceflow.loader.warehouse.WarehouseConnection;
import org.invoiceflow.model.warehouse.SchemaMigration;
import org.invoiceflow.model.warehouse.SchemaVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code loader warehouse migrate}. */
@Command(
    name = "migrate",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description =
        "Makes the warehouse's tables and views, or brings them to this program's version. Each"
            + " version is applied once; run again, it changes nothing.")
final class MigrateCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private WarehouseArguments warehouse = new WarehouseArguments();

  @Option(names = "--dry-run", description = "Print the SQL that would be run, and run none.")
  private boolean dryRun;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    try (WarehouseConnection connection = warehouse.open()) {
      SchemaMigration migration = new SchemaMigration(connection.session(), connection.dialect());
      if (dryRun) {
        print(migration, out);
        return ExitCode.OK;
      }
      List<SchemaVersion> applied = migration.migrate();
      applied.forEach(version -> out.println("applied " + version));
      if (applied.isEmpty()) {
        out.println("The warehouse is up to date.");
      }
    }
    return ExitCode.OK;
  }

  private static void print(SchemaMigration migration, PrintWriter out) throws Exception {
    List<SchemaVersion> pending = migration.pending();
    if (pending.isEmpty()) {
      out.println("-- The warehouse is up to date.");
      return;
    }
    out.println(migration.recordTable() + ";");
    for (SchemaVersion version : pending) {
      out.println();
      out.println("-- " + version + ", in one transaction");
      migration.statements(version).forEach(sql -> out.println(sql + ";"));
    }
  }
}
