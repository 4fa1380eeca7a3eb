package org.invoiceflow.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.invoiceflow.local.endpoints.AwsAccess;
import org.invoiceflow.local.endpoints.DynamoDbEndpoint;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.endpoints.S3Endpoint;
import org.invoiceflow.local.endpoints.WarehouseEndpoint;
import org.invoiceflow.model.Arbitraries;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.InvoiceSummary;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that the demo offers do in a shell what they say, whatever the data is. */
class InstructionsITCase {

  private static final AwsAccess AWS =
      new AwsAccess(Optional.empty(), "eu-west-1", Optional.empty());

  private static final Endpoints ENDPOINTS =
      Endpoints.of(new DynamoDbEndpoint(AWS, "invoices", "customers"))
          .or(Endpoints.of(new S3Endpoint(AWS, "lake")))
          .or(Endpoints.of(new WarehouseEndpoint("jdbc:postgresql://127.0.0.1:1/x", "u", "p")));

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "17850",
        "O'Brien",
        "$(touch${IFS}x)",
        "`touch x`",
        "'; touch x; '",
        "a\"b\\c\\",
        "*?~!#&|<>%s",
        "line\nbreak",
        "\u001b[31m\u007f\u009b\u00e9\ud83d\ude00"
      })
  void every_command_takes_the_customer_as_one_word(String customer) throws Exception {
    String text = instructions(customer);

    List<List<String>> calls = run(commands(text));

    assertThat(folder).isEmptyDirectory();
    assertThat(calls).hasSize(5);
    assertThat(calls)
        .filteredOn(call -> call.contains("query"))
        .singleElement()
        .satisfies(
            query -> {
              int values = query.indexOf("--expression-attribute-values");
              assertThat(valueOfS(query.get(values + 1))).isEqualTo(customer);
              assertThat(query.subList(values + 2, query.size()))
                  .containsExactly("--region", "eu-west-1");
            });
    assertThat(text.chars().filter(Character::isISOControl)).containsOnly((int) '\n');
  }

  private static String instructions(String customer) {
    InvoiceLine line =
        Arbitraries.extremeLines().get(0).toBuilder()
            .invoiceNo(customer)
            .customerId(customer)
            .build();
    return new Instructions(
            ENDPOINTS,
            Endpoints.none(),
            URI.create("http://127.0.0.1:2"),
            URI.create("http://127.0.0.1:3"),
            DemoOptions.Mode.IMPORT,
            Path.of("logs"),
            Optional.empty())
        .text(Optional.of(InvoiceSummary.of(List.of(line))));
  }

  /** What a user would copy: the lines of the API and of the views. */
  private static String commands(String text) {
    String commands = text.substring(text.indexOf("  API "), text.indexOf("  lake "));
    return commands.replaceAll("(?m)^  (API|views) ", "");
  }

  /** The words of each call, by a shell whose curl and aws only say them. */
  private List<List<String>> run(String commands) throws IOException, InterruptedException {
    String say = "() { printf '%s\\0' \"$@\"; printf '\\0'; }\n";
    Process shell =
        new ProcessBuilder("sh", "-euc", "curl" + say + "aws" + say + commands)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    shell.getOutputStream().close();
    String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor()).as(said).isZero();
    return Arrays.stream(said.split("\0\0"))
        .filter(call -> !call.isEmpty())
        .map(call -> Stream.of(call.split("\0")).collect(Collectors.toList()))
        .toList();
  }

  private static String valueOfS(String json) throws IOException {
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      while (parser.nextToken() != JsonToken.VALUE_STRING) {
        assertThat(parser.currentToken()).isNotNull();
      }
      assertThat(parser.currentName()).isEqualTo("S");
      return parser.getText();
    }
  }
}
