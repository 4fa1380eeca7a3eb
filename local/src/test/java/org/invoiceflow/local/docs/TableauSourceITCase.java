package org.invoiceflow.local.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.invoiceflow.job.warehouse.WarehouseSchema;
import org.invoiceflow.local.testing.TestPostgres;
import org.invoiceflow.model.warehouse.JdbcSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Tableau cannot run here, but its data source can be held to the views that it names. */
class TableauSourceITCase {

  private static Document source;

  @BeforeAll
  static void parse() throws Exception {
    source =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(Page.repository().resolve("docs/tableau/invoiceflow.tds").toFile());
  }

  @Test
  void it_has_every_column_of_every_view_with_its_type() throws Exception {
    Map<String, String> described = new TreeMap<>();
    for (Element record : elements("metadata-record")) {
      String view = name(child(record, "parent-name"));
      assertThat(name(child(record, "object-id"))).isEqualTo(view);
      described.put(view + "." + child(record, "remote-name"), child(record, "local-type"));
    }
    assertThat(described).isEqualTo(viewsOfTheWarehouse());
  }

  @Test
  void each_field_of_its_own_is_one_column_of_one_view() {
    Map<String, String> fields = new TreeMap<>();
    for (Element record : elements("metadata-record")) {
      fields.put(
          child(record, "local-name"),
          child(record, "parent-name") + ".[" + child(record, "remote-name") + "]");
    }
    Map<String, String> mapped = new TreeMap<>();
    elements("map").forEach(map -> mapped.put(map.getAttribute("key"), map.getAttribute("value")));
    assertThat(mapped).isEqualTo(fields).hasSameSizeAs(elements("metadata-record"));
    assertThat(elements("column"))
        .extracting(column -> column.getAttribute("name"))
        .containsExactlyInAnyOrderElementsOf(fields.keySet());
  }

  @Test
  void it_relates_the_views_by_the_keys_that_the_page_names() throws Exception {
    Map<String, String> columns = new TreeMap<>();
    elements("map").forEach(map -> columns.put(map.getAttribute("key"), map.getAttribute("value")));
    List<String> relations = new ArrayList<>();
    for (Element relationship : elements("relationship")) {
      List<Element> sides = elements(relationship, "expression");
      relations.add(
          columns.get(sides.get(1).getAttribute("op"))
              + " = "
              + columns.get(sides.get(2).getAttribute("op")));
    }
    assertThat(relations)
        .containsExactlyInAnyOrder(
            "[invoice_stock].[invoice_no] = [invoice].[invoice_no]",
            "[invoice_stock].[stock_code] = [stock].[stock_code]",
            "[invoice].[customer_id] = [customer].[customer_id]");
  }

  @Test
  void it_names_nobody_and_asks_for_tls() {
    assertThat(elements("connection"))
        .filteredOn(connection -> connection.getAttribute("class").equals("redshift"))
        .singleElement()
        .satisfies(
            connection -> {
              assertThat(connection.getAttribute("server")).isEqualTo("WAREHOUSE-HOST");
              assertThat(connection.getAttribute("port")).isEqualTo("5439");
              assertThat(connection.getAttribute("dbname")).isEqualTo("invoiceflow");
              assertThat(connection.getAttribute("sslmode")).isEqualTo("require");
              assertThat(connection.getAttribute("username")).isEmpty();
              assertThat(connection.hasAttribute("password")).isFalse();
            });
  }

  private static Map<String, String> viewsOfTheWarehouse() throws Exception {
    Map<String, String> types =
        Map.of(
            "character varying", "string",
            "text", "string",
            "integer", "integer",
            "bigint", "integer",
            "numeric", "real",
            "timestamp without time zone", "datetime");
    Map<String, String> columns = new TreeMap<>();
    try (EmbeddedPostgres postgres = TestPostgres.builder().start();
        Connection connection = postgres.getPostgresDatabase().getConnection()) {
      WarehouseSchema.create(connection);
      for (List<String> row :
          new JdbcSession(connection)
              .query(
                  "SELECT c.table_name, c.column_name, c.data_type FROM information_schema.columns c"
                      + " JOIN information_schema.views v ON v.table_name = c.table_name"
                      + " WHERE v.table_schema = 'public' AND c.table_schema = 'public'")) {
        columns.put(row.get(0) + "." + row.get(1), types.getOrDefault(row.get(2), row.get(2)));
      }
    }
    assertThat(new TreeSet<>(columns.values())).isSubsetOf(types.values());
    return columns;
  }

  private static List<Element> elements(String name) {
    return elements(source.getDocumentElement(), name);
  }

  private static List<Element> elements(Element parent, String name) {
    NodeList nodes = parent.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  private static String child(Element parent, String name) {
    return elements(parent, name).get(0).getTextContent();
  }

  private static String name(String inBrackets) {
    return inBrackets.substring(1, inBrackets.length() - 1);
  }
}
