package org.invoiceflow.local.demo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.invoiceflow.local.endpoints.AwsAccess;
import org.invoiceflow.local.endpoints.DynamoDbEndpoint;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.endpoints.KinesisEndpoint;
import org.invoiceflow.local.endpoints.S3Endpoint;
import org.invoiceflow.local.endpoints.WarehouseEndpoint;
import org.invoiceflow.model.InvoiceSummary;

/**
 * How to look into each store with an ordinary client.
 *
 * @param named the endpoints that the user named; their credentials are not shown
 * @param endpointsFile names all services of the run, if there is such a file
 */
record Instructions(
    Endpoints endpoints,
    Endpoints named,
    URI gateway,
    URI webUi,
    DemoOptions.Mode mode,
    Path folder,
    Optional<Path> endpointsFile) {

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  /**
   * @param example an invoice to ask for, if any is stored
   */
  String text(Optional<InvoiceSummary> example) {
    String invoice = example.map(InvoiceSummary::invoiceNo).orElse("INVOICE_NO");
    String customer = example.flatMap(InvoiceSummary::customerId).orElse("CUSTOMER_ID");
    String dynamoDb = aws(endpoints.dynamoDb().access());
    String s3 = aws(endpoints.s3().access());
    String bucket = endpoints.s3().bucket();
    StringBuilder text = new StringBuilder("Look into the stores:\n");
    text.append(
        """
          page         %s/#/customer/%s
          API          curl -s %s/v1/invoices/%s
                       curl -s %s/v1/customers/%s
                       curl -s '%s/v1/customers/%s/invoices?limit=5'
          views        aws dynamodb scan --table-name %s --max-items 3%s
                       aws dynamodb query --table-name %s --key-condition-expression 'customer_id = :c' \\
                         --expression-attribute-values %s%s
          lake         aws s3 ls --recursive s3://%s/raw/%s
          warehouse    %s
        """
            .formatted(
                gateway,
                inUrl(customer),
                gateway,
                inUrl(invoice),
                gateway,
                inUrl(customer),
                gateway,
                inUrl(customer),
                endpoints.dynamoDb().invoicesTable(),
                dynamoDb,
                endpoints.dynamoDb().customersTable(),
                quoted(attributeValues(customer)),
                dynamoDb,
                bucket,
                s3,
                psql(endpoints.warehouse())));
    if (mode == DemoOptions.Mode.STREAM) {
      text.append(
          """
            stream       aws kinesis describe-stream-summary --stream-name %s%s
            job          %s (Flink's web UI)
          """
              .formatted(endpoints.kinesis().stream(), aws(endpoints.kinesis().access()), webUi));
    }
    endpointsFile.ifPresent(
        file ->
            text.append(
                """
                      replay       bin/replay --endpoints %s --from s3://%s/raw/ --invoices-table rebuilt-invoices \\
                                     --customers-table rebuilt-customers --no-warehouse --create-missing
                    """
                    .formatted(file, bucket)));
    text.append("  rejected     bin/loader rejected --from s3://")
        .append(bucket)
        .append("/rejected/")
        .append(s3)
        .append('\n');
    text.append("  logs         ").append(folder).append('\n');
    standInKeys().ifPresent(text::append);
    if (named.ifDynamoDb().isEmpty()) {
      text.append(
          "DynamoDB Local listens on all interfaces of this machine; everything else on loopback.\n");
    }
    return text.append("Ctrl-C ends everything and leaves nothing behind.").toString();
  }

  /** The stand-ins' keys are no secret, and the one for S3 takes no others. */
  private Optional<String> standInKeys() {
    return Stream.of(
            endpoints.ifS3().filter(s3 -> named.ifS3().isEmpty()).map(S3Endpoint::access),
            endpoints
                .ifDynamoDb()
                .filter(dynamoDb -> named.ifDynamoDb().isEmpty())
                .map(DynamoDbEndpoint::access),
            endpoints
                .ifKinesis()
                .filter(kinesis -> named.ifKinesis().isEmpty())
                .map(KinesisEndpoint::access))
        .flatMap(Optional::stream)
        .flatMap(access -> access.keys().stream())
        .findFirst()
        .map(
            keys ->
                "For the stand-ins: export AWS_ACCESS_KEY_ID="
                    + keys.accessKeyId()
                    + " AWS_SECRET_ACCESS_KEY="
                    + keys.secretAccessKey()
                    + "\n");
  }

  /** Holds nothing that means something to a shell. */
  private static String inUrl(String identifier) {
    return URLEncoder.encode(identifier, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A");
  }

  /** In ASCII without control characters: an identifier may hold what a terminal obeys. */
  private static String attributeValues(String customer) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeObjectFieldStart(":c");
      json.writeStringField("S", customer);
      json.writeEndObject();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return text.toString().replace("\u007F", "\\u007f");
  }

  /** One word of a shell, in which nothing is expanded. */
  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  private static String aws(AwsAccess access) {
    return " --region "
        + access.region()
        + access.endpoint().map(uri -> " --endpoint-url " + uri).orElse("");
  }

  private static String psql(WarehouseEndpoint warehouse) {
    String address =
        warehouse
            .jdbcUrl()
            .replaceFirst("^jdbc:(redshift|postgresql)", "postgresql")
            .replaceFirst("\\?.*", "");
    return "psql '"
        + address.replaceFirst("//", "//" + warehouse.user() + "@")
        + "' -c 'SELECT count(*), sum(quantity * unit_price) FROM invoice_lines'";
  }
}
