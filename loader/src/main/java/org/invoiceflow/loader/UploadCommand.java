package org.invoiceflow.loader;

import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.invoiceflow.loader.input.SourceFile;
import org.invoiceflow.loader.upload.S3Upload;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code loader upload}. */
@Command(
    name = "upload",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description =
        "Puts a CSV or JSON Lines file (plain or gzip) where the bounded import reads it. A file"
            + " that the import could not read is refused before; what is said here of how a CSV"
            + " file is written, the import must be told too. Credentials are found as the AWS"
            + " command line finds them.")
final class UploadCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private CsvArguments csv = new CsvArguments();

  @Parameters(paramLabel = "FILE", description = "The file to upload.")
  private Path file = Path.of("");

  @Option(names = "--bucket", required = true, paramLabel = "B", description = "The bucket.")
  private String bucket = "";

  @Option(
      names = "--prefix",
      paramLabel = "P",
      description = "Prefix of the key (default: ${DEFAULT-VALUE}).")
  private String prefix = "import/";

  @Option(
      names = "--endpoint-url",
      paramLabel = "URL",
      converter = SendCommand.UrlConverter.class,
      description = "Another S3 than that of AWS; the bucket then stands in the path.")
  private Optional<URI> endpoint = Optional.empty();

  @Option(
      names = "--region",
      paramLabel = "R",
      description = "Region of the bucket. As for the AWS command line if absent.")
  private Optional<String> region = Optional.empty();

  @Override
  public Integer call() throws Exception {
    SourceFile source = SourceFile.of(file);
    PrintWriter err = spec.commandLine().getErr();
    source
        .check(csv.options())
        .ifPresent(warning -> ReadingNotes.warn(err, source.name(), warning));
    try (S3Upload upload = S3Upload.to(endpoint, region)) {
      spec.commandLine().getOut().println(upload.put(source, bucket, prefix));
    }
    return ExitCode.OK;
  }
}
