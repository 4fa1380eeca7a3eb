package org.invoiceflow.local.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Athena cannot run here, but what its queries in docs/bi.md name can be held to the tables that
 * Terraform makes. In those queries keywords are capitals, and names small letters.
 */
class AthenaQueriesTest {

  private static final Pattern STRING = Pattern.compile("'[^']*'");
  private static final Pattern FUNCTION = Pattern.compile("\\b[a-z_0-9]+(?=\\()");
  private static final Pattern NEW_NAME = Pattern.compile("\\bAS ([a-z_]+)");
  private static final Pattern UNNESTED = Pattern.compile("\\bAS [a-z]+ \\(([a-z_, ]+)\\)");
  private static final Pattern NAME = Pattern.compile("\\b[a-z_]+\\b");
  private static final Pattern TABLE = Pattern.compile("\\bFROM ([a-z_]+)");
  private static final Pattern PARTITION = Pattern.compile("WHERE ingest_date (=|BETWEEN) '2");

  private static String lake;
  private static List<String> queries;

  @BeforeAll
  static void read() throws IOException {
    lake = Page.read("terraform/modules/storage/lake.tf").text();
    queries = Page.read("docs/bi.md").section("Athena on the lake").sql();
    assertThat(queries).hasSizeGreaterThanOrEqualTo(3);
  }

  private static Set<String> found(String pattern, String text) {
    Set<String> found = new TreeSet<>();
    Pattern.compile(pattern).matcher(text).results().forEach(match -> found.add(match.group(1)));
    return found;
  }

  @Test
  void they_read_tables_of_the_lake() {
    Set<String> tables = found("(?m)^    (\\w+)\\s+= \\{ columns = ", lake);
    assertThat(tables).contains("raw", "rejected");
    for (String query : queries) {
      assertThat(found(TABLE.pattern(), query)).as(query).isNotEmpty().isSubsetOf(tables);
    }
  }

  @Test
  void they_name_no_column_that_the_tables_do_not_have() {
    for (String query : queries) {
      Set<String> known = columns(query.contains("FROM raw") ? "record" : "rejection");
      known.addAll(found(TABLE.pattern(), query));
      String names = STRING.matcher(query).replaceAll(" ");
      UNNESTED
          .matcher(names)
          .results()
          .forEach(match -> known.addAll(List.of(match.group(1).split(", "))));
      NEW_NAME.matcher(names).results().forEach(match -> known.add(match.group(1)));
      names = FUNCTION.matcher(names).replaceAll(" ");
      Set<String> used = new TreeSet<>();
      NAME.matcher(names).results().forEach(match -> used.add(match.group()));
      assertThat(used).as(query).hasSizeGreaterThan(3).isSubsetOf(known);
    }
  }

  @Test
  void they_take_rejections_apart_into_the_fields_that_a_rejection_has() {
    String type = found("name = \"violations\", type = \"([^\"]+)\"", lake).iterator().next();
    Set<String> fields = found("[<,](\\w+):string", type);
    for (String query : queries) {
      UNNESTED
          .matcher(query)
          .results()
          .filter(match -> query.contains("UNNEST(violations)"))
          .forEach(match -> assertThat(match.group(1).split(", ")).hasSameElementsAs(fields));
    }
  }

  @Test
  void they_read_only_the_days_that_they_name() {
    assertThat(queries).allSatisfy(query -> assertThat(query).containsPattern(PARTITION));
  }

  private static Set<String> columns(String kind) {
    String records =
        lake.substring(lake.indexOf("record_columns"), lake.indexOf("rejection_columns"));
    Set<String> columns = found("\\{ name = \"(\\w+)\"", records);
    assertThat(columns).contains("payload");
    if (kind.equals("rejection")) {
      columns.add("violations");
    }
    Set<String> partitions = found("partition_keys \\{\\s+name\\s+= \"(\\w+)\"", lake);
    assertThat(partitions).hasSize(2);
    columns.addAll(partitions);
    return columns;
  }
}
