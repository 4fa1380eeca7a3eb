package org.invoiceflow.loader;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code loader warehouse}. */
@Command(
    name = "warehouse",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = "Prepares the warehouse (Redshift), and tidies up behind its loads.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {MigrateCommand.class, UsersCommand.class, OrphansCommand.class})
final class WarehouseCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Say what to do: one of migrate, users and orphans.");
  }
}
