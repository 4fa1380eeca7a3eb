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
import org.invoiceflow.job.completion.CompletionRecord;
import org.invoiceflow.job.lake.LakeSinks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each right on a table, its index, or a folder of the bucket, as action and resource: an action
 * that is allowed for one of them says nothing about the others. The byte code tells no resource,
 * so that what the code does where is written down here.
 */
class RightsOnStoresITCase {

  private static final String TABLES = "arn:aws:dynamodb:eu-central-1:000000000000:table/";
  private static final String BUCKET = "arn:aws:s3:::inv-000000000000-eu-central-1";

  /** Where every run writes, and reads again what it wrote. */
  private static final Set<String> WRITTEN =
      Set.of(LakeSinks.RAW, LakeSinks.REJECTED, LakeSinks.DUPLICATES, "staging");

  /** The views' sinks and their access check write both tables; the merge reads one. */
  @ParameterizedTest
  @ValueSource(strings = {"stream", "import"})
  void an_application_writes_both_views_and_reads_stored_invoices(String name) throws Exception {
    assertThat(rights(application("by_default", name), "dynamodb:"))
        .containsExactlyInAnyOrder(
            "dynamodb:BatchWriteItem " + TABLES + "inv-invoices",
            "dynamodb:BatchWriteItem " + TABLES + "inv-customers",
            "dynamodb:BatchGetItem " + TABLES + "inv-invoices");
  }

  @Test
  void the_query_function_reads_both_views_and_the_index_by_date() throws Exception {
    assertThat(rights(function("by_default", "query"), "dynamodb:"))
        .containsExactlyInAnyOrder(
            "dynamodb:Query " + TABLES + "inv-invoices",
            "dynamodb:Query " + TABLES + "inv-customers",
            "dynamodb:Query " + TABLES + "inv-customers/index/by_date");
  }

  @Test
  void the_stream_application_writes_its_folders_and_reads_its_jar() throws Exception {
    assertThat(rights(application("by_default", "stream"), "s3:"))
        .isEqualTo(onBucket(WRITTEN.stream()));
  }

  /** A replay reads {@code raw/}, which an import writes. */
  @Test
  void the_import_application_reads_imports_and_leaves_its_record_too() throws Exception {
    Set<String> needed =
        onBucket(Stream.concat(WRITTEN.stream(), Stream.of(CompletionRecord.FOLDER)));
    needed.add("s3:GetObject " + BUCKET + "/import/*");

    assertThat(rights(application("by_default", "import"), "s3:")).isEqualTo(needed);
  }

  private static Set<String> onBucket(Stream<String> written) {
    Set<String> needed =
        written
            .flatMap(
                folder ->
                    Stream.of("GetObject", "PutObject", "DeleteObject", "AbortMultipartUpload")
                        .map(action -> "s3:" + action + " " + BUCKET + "/" + folder + "/*"))
            .collect(Collectors.toCollection(TreeSet::new));
    needed.add("s3:ListBucket " + BUCKET);
    needed.add("s3:GetBucketLocation " + BUCKET);
    needed.add("s3:GetObject " + BUCKET + "/jars/*");
    needed.add("s3:GetObjectVersion " + BUCKET + "/jars/*");
    return needed;
  }

  /** Action and resource of each right on a service. */
  private static Set<String> rights(String policy, String service) {
    return statements(policy).stream()
        .flatMap(
            statement ->
                texts(statement.get("Action"))
                    .filter(action -> action.startsWith(service))
                    .flatMap(
                        action ->
                            texts(statement.get("Resource"))
                                .map(resource -> action + " " + resource)))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
