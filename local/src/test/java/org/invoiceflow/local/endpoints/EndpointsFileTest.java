package org.invoiceflow.local.endpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndpointsFileTest {

  @TempDir Path temp;

  private Path file(String content) throws Exception {
    return Files.writeString(temp.resolve("endpoints.properties"), content);
  }

  @Test
  void the_example_file_names_every_service() throws Exception {
    Path example =
        Path.of(
            EndpointsFileTest.class
                .getResource("/org/invoiceflow/local/endpoints.example.properties")
                .toURI());

    Endpoints endpoints = Endpoints.read(example);

    assertThat(endpoints.services()).isEqualTo(EnumSet.allOf(Service.class));
    assertThat(endpoints.kinesis().access())
        .isEqualTo(
            new AwsAccess(
                Optional.of(URI.create("http://127.0.0.1:4568")),
                "eu-west-1",
                Optional.of(
                    new AwsKeys("AKIAEXAMPLE", "example-secret", Optional.of("example-token")))));
    assertThat(endpoints.kinesis().stream()).isEqualTo("invoice-lines");
    assertThat(endpoints.dynamoDb().invoicesTable()).isEqualTo("invoices");
    assertThat(endpoints.dynamoDb().customersTable()).isEqualTo("customers");
    assertThat(endpoints.s3().bucket()).isEqualTo("invoiceflow");
    assertThat(endpoints.warehouse())
        .isEqualTo(
            new WarehouseEndpoint(
                "jdbc:postgresql://127.0.0.1:5432/postgres", "postgres", "example-password"));
  }

  @Test
  void a_service_without_a_key_is_left_to_the_stand_ins() throws Exception {
    Endpoints named = Endpoints.read(file("s3.region=eu-west-1\ns3.bucket=b\n"));
    Endpoints own =
        Endpoints.of(
            new KinesisEndpoint(
                new AwsAccess(Optional.empty(), "us-east-1", Optional.empty()), "own"));

    assertThat(named.services()).containsExactly(Service.S3);
    assertThat(named.s3().access().endpoint()).isEmpty();
    assertThat(named.s3().access().keys()).isEmpty();
    assertThat(named.or(own).kinesis().stream()).isEqualTo("own");
    assertThat(named.or(own).s3().bucket()).isEqualTo("b");
  }

  @Test
  void everything_that_is_wrong_is_told_at_once() throws Exception {
    Path file =
        file(
            """
            kinesis.endpoint=localhost:4568
            kinesis.access-key-id=AKIA
            kinesis.steam=lines
            dynamodb.region=eu-west-1
            dynamodb.invoices-table=invoices
            dynamodb.customers-table=
            warehouse.jdbc-url=jdbc:mysql://h/d
            warehouse.user=u
            """);

    assertThatThrownBy(() -> Endpoints.read(file))
        .isInstanceOf(EndpointsFileException.class)
        .hasMessageContaining("endpoints.properties")
        .hasMessageContaining("kinesis.endpoint must look like http://host:port")
        .hasMessageContaining("The key kinesis.region is missing or empty.")
        .hasMessageContaining("Give both kinesis.access-key-id and kinesis.secret-access-key")
        .hasMessageContaining("The key kinesis.stream is missing or empty.")
        .hasMessageContaining("The key dynamodb.customers-table is missing or empty.")
        .hasMessageContaining("warehouse.jdbc-url must begin with")
        .hasMessageContaining("The key warehouse.password is missing or empty.")
        .hasMessageContaining("The key kinesis.steam is unknown");
  }

  @Test
  void a_malformed_escape_is_a_message_not_a_trace() throws Exception {
    Path file = file("s3.bucket=\\u12\n");

    assertThatThrownBy(() -> Endpoints.read(file)).isInstanceOf(EndpointsFileException.class);
  }

  @Test
  void secrets_do_not_show() throws Exception {
    Path file =
        file(
            """
            kinesis.region=eu-west-1
            kinesis.stream=lines
            kinesis.access-key-id=first-secret
            kinesis.secret-access-key=second-secret
            kinesis.session-token=third-secret
            warehouse.jdbc-url=jdbc:redshift://h:5439/d?PWD=fourth-secret
            warehouse.user=u
            warehouse.password=fifth-secret
            """);

    assertThat(Endpoints.read(file).toString())
        .contains("lines", "jdbc:redshift://h:5439/d")
        .doesNotContain("secret");
  }
}
