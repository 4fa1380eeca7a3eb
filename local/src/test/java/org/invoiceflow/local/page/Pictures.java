package org.invoiceflow.local.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.invoiceflow.loader.generate.GenerateOptions;
import org.invoiceflow.local.testing.GeneratedFile;
import org.invoiceflow.model.InvoiceKind;
import org.invoiceflow.model.InvoiceLine;

/**
 * Makes README's pictures: runs {@code ./demo} on a generated file and takes pictures of its page,
 * in light and dark. Run by {@code bin/pictures}.
 */
final class Pictures {

  private static final int LINES = 40_000;
  private static final long SEED = 7;

  /** README is read on slow lines too. */
  private static final long MAX_BYTES = 200_000;

  private static final Pattern ADDRESS =
      Pattern.compile("Watch it in a browser: (\\S+)/#/pipeline");

  private final Path folder;
  private final Browser browser;
  private final String address;

  private Pictures(Path folder, Browser browser, String address) {
    this.folder = folder;
    this.browser = browser;
    this.address = address;
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]).toAbsolutePath();
    Path program =
        Chromium.find()
            .orElseThrow(
                () ->
                    new IllegalStateException("no Chromium: apt-get install chromium fonts-inter"));
    Path work = Files.createTempDirectory("invoiceflow-pictures-");
    GeneratedFile file =
        GeneratedFile.write(work.resolve("invoices.csv"), GenerateOptions.of(LINES, SEED));
    Path root = Path.of(System.getProperty("invoiceflow.root"));
    Process demo =
        new ProcessBuilder(root.resolve("demo").toString(), file.path().toString())
            .directory(work.toFile())
            .redirectOutput(work.resolve("out").toFile())
            .redirectError(work.resolve("err").toFile())
            .start();
    try (Chromium chromium = Chromium.start(program);
        Browser browser = Browser.open(chromium)) {
      String address = address(demo, work.resolve("err"));
      new Pictures(folder, browser, address).take(file.lines());
    } finally {
      demo.destroy();
      demo.waitFor();
      delete(work);
    }
    System.out.println("The pictures are in " + folder);
  }

  /** What the demo prints once its gateway takes requests. */
  private static String address(Process demo, Path err) throws IOException {
    Waiting.until("the demo says its address")
        .until(
            () -> {
              if (!demo.isAlive()) {
                throw new IllegalStateException("the demo ended: " + Files.readString(err));
              }
              return ADDRESS.matcher(Files.readString(err)).find();
            });
    return ADDRESS.matcher(Files.readString(err)).results().findFirst().orElseThrow().group(1);
  }

  private void take(List<InvoiceLine> lines) throws IOException {
    browser.size(1180, 860, 1, false);
    browser.load(address + "/#/pipeline");
    // In the midst of it: some lines are everywhere, some have only just been accepted.
    browser.until(
        "(n => n('warehouse') > 0.15 * n('accepted') && n('invoices') > 0 && n('accepted') > "
            + LINES / 3
            + ")((stage) => Number((document.querySelector('#stage-' + stage + ' .lines')"
            + "?.innerText ?? '0').replaceAll(',', '')))");
    picture("pipeline");
    browser.awaitText(".account", "Every line is accounted for");
    browser.size(1180, 770, 1, false);
    picture("account");

    String customer = mostFaithful(lines);
    browser.size(1180, 1000, 1, false);
    browser.load(address + "/#/customer/" + customer);
    browser.awaitText(".products", "By what was spent");
    picture("customer");

    browser.size(1180, 930, 1, false);
    browser.load(address + "/#/invoice/" + typicalInvoice(lines, customer));
    browser.awaitText(".paper", "Total");
    picture("invoice");
  }

  private void picture(String name) throws IOException {
    for (String colours : List.of("light", "dark")) {
      browser.colours(colours);
      // Canvases are drawn anew in the next frame.
      browser.text("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 400)))");
      Path file = folder.resolve(name + "-" + colours + ".png");
      browser.picture(file);
      if (Files.size(file) > MAX_BYTES) {
        throw new IllegalStateException(file + " is larger than " + MAX_BYTES + " bytes");
      }
    }
    browser.colours("light");
  }

  /** The customer with the most invoices among those who also cancelled. */
  private static String mostFaithful(List<InvoiceLine> lines) {
    Map<String, Long> invoices =
        lines.stream()
            .filter(line -> line.customerId().isPresent())
            .collect(
                Collectors.groupingBy(
                    line -> line.customerId().orElseThrow(),
                    Collectors.mapping(
                        InvoiceLine::invoiceNo,
                        Collectors.collectingAndThen(
                            Collectors.toSet(), numbers -> (long) numbers.size()))));
    return invoices.entrySet().stream()
        .max(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .orElseThrow()
        .getKey();
  }

  /** A sale of the customer that fills the picture. */
  private static String typicalInvoice(List<InvoiceLine> lines, String customer) {
    Map<String, Long> sizes =
        lines.stream()
            .filter(line -> line.customerId().orElse("").equals(customer))
            .filter(line -> InvoiceKind.ofInvoiceNo(line.invoiceNo()) == InvoiceKind.SALE)
            .collect(Collectors.groupingBy(InvoiceLine::invoiceNo, Collectors.counting()));
    return sizes.entrySet().stream()
        .min(
            Comparator.<Map.Entry<String, Long>>comparingLong(
                    entry -> Math.abs(entry.getValue() - 9))
                .thenComparing(Map.Entry.comparingByKey()))
        .orElseThrow()
        .getKey();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
