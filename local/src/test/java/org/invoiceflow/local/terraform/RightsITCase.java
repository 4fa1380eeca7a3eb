package org.invoiceflow.local.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.invoiceflow.local.terraform.Policy.application;
import static org.invoiceflow.local.terraform.Policy.function;
import static org.invoiceflow.local.terraform.Policy.statements;
import static org.invoiceflow.local.terraform.Policy.texts;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Functions and applications may do what their code calls for, and nothing else. On what they may,
 * {@link RightsOnStoresITCase} says.
 */
class RightsITCase {

  private static final String KINESIS_CONSUMER =
      "org.apache.flink.streaming.connectors.kinesis.proxy.KinesisProxy";
  private static final String DYNAMODB_SINK =
      "org.apache.flink.connector.dynamodb.sink.DynamoDbSinkWriter";

  /** Of Flink's S3 file system: it lists, reads, writes in parts, gives up parts, deletes. */
  private static final Set<String> FILES =
      Set.of(
          "s3:ListBucket",
          "s3:GetBucketLocation",
          "s3:GetObject",
          "s3:PutObject",
          "s3:AbortMultipartUpload",
          "s3:DeleteObject");

  /** Of the service that runs the job: it fetches the jar and writes the log. */
  private static final Set<String> SERVICE =
      Set.of(
          "s3:GetObjectVersion",
          "logs:DescribeLogGroups",
          "logs:DescribeLogStreams",
          "logs:PutLogEvents");

  /** Of the service too, to join a VPC. */
  private static final Set<String> NETWORK =
      Set.of(
          "ec2:DescribeVpcs",
          "ec2:DescribeSubnets",
          "ec2:DescribeSecurityGroups",
          "ec2:DescribeDhcpOptions",
          "ec2:DescribeNetworkInterfaces",
          "ec2:CreateNetworkInterface",
          "ec2:CreateNetworkInterfacePermission",
          "ec2:DeleteNetworkInterface");

  private static final String SECRET = "secretsmanager:GetSecretValue";

  @Test
  void the_ingest_function_may_do_what_it_calls() throws Exception {
    assertThat(ServiceCalls.inPackages("org.invoiceflow.ingest", "org.invoiceflow.http"))
        .isNotEmpty()
        .isEqualTo(withoutLogs(function("by_default", "ingest")));
  }

  @Test
  void the_query_function_may_do_what_it_calls() throws Exception {
    assertThat(ServiceCalls.inPackages("org.invoiceflow.query", "org.invoiceflow.http"))
        .isNotEmpty()
        .isEqualTo(withoutLogs(function("by_default", "query")));
  }

  @Test
  void the_stream_application_may_do_what_job_and_connectors_call() throws Exception {
    Set<String> needed = ServiceCalls.inPackages("org.invoiceflow.job");
    assertThat(needed).contains("dynamodb:BatchGetItem", "kinesis:ListShards", SECRET);
    needed.addAll(ServiceCalls.inClass(KINESIS_CONSUMER));
    needed.addAll(ServiceCalls.inClass(DYNAMODB_SINK));

    assertThat(actions(application("by_default", "stream")))
        .isEqualTo(union(needed, FILES, SERVICE, NETWORK));
  }

  @Test
  void the_import_application_has_no_right_on_the_stream() throws Exception {
    Set<String> needed = ServiceCalls.inPackages("org.invoiceflow.job");
    needed.addAll(ServiceCalls.inClass(DYNAMODB_SINK));
    needed.removeIf(action -> action.startsWith("kinesis:"));

    assertThat(actions(application("by_default", "import")))
        .isEqualTo(union(needed, FILES, SERVICE, NETWORK));
  }

  @Test
  void without_a_warehouse_there_is_neither_its_network_nor_its_secret() throws Exception {
    assertThat(actions(application("without_warehouse", "stream")))
        .isNotEmpty()
        .doesNotContain(SECRET)
        .doesNotContainAnyElementsOf(NETWORK);
  }

  private static Set<String> withoutLogs(String policy) {
    Set<String> actions = actions(policy);
    assertThat(actions).contains("logs:CreateLogStream", "logs:PutLogEvents");
    actions.removeIf(action -> action.startsWith("logs:"));
    return actions;
  }

  private static Set<String> actions(String policy) {
    return statements(policy).stream()
        .flatMap(statement -> texts(statement.get("Action")))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @SafeVarargs
  private static Set<String> union(Set<String>... sets) {
    return Stream.of(sets).flatMap(Set::stream).collect(Collectors.toCollection(TreeSet::new));
  }
}
