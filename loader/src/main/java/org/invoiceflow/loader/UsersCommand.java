package org.invoiceflow.loader;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.invoiceflow.loader.input.InputException;
import org.invoiceflow.loader.warehouse.WarehouseConnection;
import org.invoiceflow.model.warehouse.PasswordHash;
import org.invoiceflow.model.warehouse.WarehouseUsers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code loader warehouse users}. */
@Command(
    name = "users",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description =
        "Makes the user that the job loads with and a read-only user for BI tools, or brings them"
            + " back to exactly their rights. The loader gets the password of its secret, the"
            + " reader the one that is given; without one it keeps what it has. Run it after"
            + " migrate. Passwords come from Secrets Manager or the environment, never from"
            + " arguments, and leave this program hashed.")
final class UsersCommand implements Callable<Integer> {

  private static final String LOADER_VARIABLE = "INVOICEFLOW_LOADER_PASSWORD";
  private static final String READER_VARIABLE = "INVOICEFLOW_READER_PASSWORD";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private WarehouseArguments warehouse = new WarehouseArguments();

  @Option(
      names = "--loader",
      paramLabel = "NAME",
      description = "The user that the job loads with.")
  private Optional<String> loader = Optional.empty();

  @Option(
      names = "--loader-secret",
      paramLabel = "ARN",
      description =
          "Secret with the loader's password, the one that the job's warehouse/secret.arn names."
              + " Else "
              + LOADER_VARIABLE
              + " holds it.")
  private Optional<String> loaderSecret = Optional.empty();

  @Option(
      names = "--iam-role",
      paramLabel = "ARN",
      description =
          "Role by which COPY reads the staged files. The loader may use it for COPY, and no other"
              + " user any role without a grant of its own. Redshift only.")
  private Optional<String> iamRole = Optional.empty();

  @Option(names = "--reader", paramLabel = "NAME", description = "The user of BI tools.")
  private Optional<String> reader = Optional.empty();

  @Option(
      names = "--reader-secret",
      paramLabel = "ARN",
      description =
          "Secret with the reader's password. Else "
              + READER_VARIABLE
              + " holds it. Without either the reader keeps its password; a new one has none.")
  private Optional<String> readerSecret = Optional.empty();

  @Option(
      names = "--dry-run",
      description = "Print the SQL that would be run, without the hashes, and run none.")
  private boolean dryRun;

  @Override
  public Integer call() throws Exception {
    check();
    PrintWriter out = spec.commandLine().getOut();
    try (WarehouseConnection connection = warehouse.open()) {
      WarehouseUsers users = new WarehouseUsers(connection.session(), connection.dialect());
      List<String> statements = new ArrayList<>();
      if (loader.isPresent()) {
        statements.addAll(users.loader(loader.get(), loaderPassword(loader.get()), iamRole));
      }
      if (reader.isPresent()) {
        statements.addAll(users.reader(reader.get(), readerPassword(reader.get())));
      }
      if (dryRun) {
        statements.forEach(
            sql ->
                out.println(sql.replaceFirst("PASSWORD 'md5[0-9a-f]+'", "PASSWORD '***'") + ";"));
        return ExitCode.OK;
      }
      connection.session().run(statements);
      loader.ifPresent(name -> out.println("the loader " + name + " can load, and nothing else"));
      reader.ifPresent(name -> out.println("the reader " + name + " can read, and nothing else"));
    }
    return ExitCode.OK;
  }

  private void check() throws InputException {
    if (loader.isEmpty() && reader.isEmpty()) {
      throw new InputException("Name a user, by --loader, --reader or both.");
    }
    if (loader.equals(reader)) {
      throw new InputException("The loader and the reader must be two users.");
    }
    for (Optional<String> name : List.of(loader, reader)) {
      if (name.isPresent() && !WarehouseUsers.isName(name.get())) {
        throw new InputException(
            "'"
                + name.get()
                + "' cannot be a user: use lower case letters, digits and"
                + " underscores, at most 63.");
      }
    }
    if (iamRole.isPresent() && !WarehouseUsers.isRoleArn(iamRole.get())) {
      throw new InputException("'" + iamRole.get() + "' is not the ARN of an IAM role.");
    }
  }

  private PasswordHash loaderPassword(String name) throws InputException {
    return PasswordHash.of(
        name, warehouse.password("the loader " + name, loaderSecret, LOADER_VARIABLE));
  }

  private Optional<PasswordHash> readerPassword(String name) throws InputException {
    return warehouse
        .findPassword(readerSecret, READER_VARIABLE)
        .map(password -> PasswordHash.of(name, password));
  }
}
