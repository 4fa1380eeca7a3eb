package org.invoiceflow.local.demo;

import java.net.URI;
import java.nio.file.Path;
import org.invoiceflow.local.endpoints.AwsAccess;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.endpoints.WarehouseEndpoint;

/** How to look into each store with an ordinary client. */
record Instructions(
    Endpoints endpoints, URI gateway, URI webUi, DemoOptions.Mode mode, Path folder) {

  String text() {
    String dynamoDb = aws(endpoints.dynamoDb().access());
    String s3 = aws(endpoints.s3().access());
    String bucket = endpoints.s3().bucket();
    StringBuilder text = new StringBuilder("Look into the stores:\n");
    text.append(
        """
          API          curl -s %s/v1/invoices/536365
                       curl -s %s/v1/customers/17850
                       curl -s '%s/v1/customers/17850/invoices?limit=5'
          views        aws dynamodb scan --table-name %s --max-items 3%s
                       aws dynamodb query --table-name %s --key-condition-expression 'customer_id = :c' \\
                         --expression-attribute-values '{":c":{"S":"17850"}}'%s
          lake         aws s3 ls --recursive s3://%s/raw/%s
          warehouse    %s
        """
            .formatted(
                gateway,
                gateway,
                gateway,
                endpoints.dynamoDb().invoicesTable(),
                dynamoDb,
                endpoints.dynamoDb().customersTable(),
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
    text.append("  logs         ").append(folder).append('\n');
    boolean standIns = endpoints.dynamoDb().access().endpoint().isPresent();
    if (standIns) {
      text.append(
          """
          The stand-ins take any AWS credentials, for example AWS_ACCESS_KEY_ID=dummy AWS_SECRET_ACCESS_KEY=dummysecret.
          DynamoDB Local listens on all interfaces of this machine; everything else on loopback.
          """);
    }
    return text.append("Ctrl-C ends everything and leaves nothing behind.").toString();
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
