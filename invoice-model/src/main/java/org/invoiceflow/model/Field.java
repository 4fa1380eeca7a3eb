package org.invoiceflow.model;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The fields of a line, in the order of the row JSON, and the names by which CSV headers call them.
 */
enum Field {
  INVOICE_NO("InvoiceNo", true, "Invoice"),
  LINE_NO("LineNo", false),
  STOCK_CODE("StockCode", true),
  DESCRIPTION("Description", true),
  QUANTITY("Quantity", true),
  INVOICE_DATE("InvoiceDate", true),
  UNIT_PRICE("UnitPrice", true, "Price"),
  CUSTOMER_ID("CustomerID", true),
  COUNTRY("Country", true),
  SOURCE_FILE("SourceFile", false);

  private static final Map<String, Field> BY_NAME = new HashMap<>();
  private static final Map<String, Field> BY_HEADER = new HashMap<>();

  static {
    for (Field field : values()) {
      BY_NAME.put(field.fieldName, field);
      BY_HEADER.put(headerKey(field.fieldName), field);
      BY_HEADER.put(headerKey(field.otherHeader), field);
    }
  }

  private final String fieldName;
  private final boolean requiredInHeader;
  private final String otherHeader;

  Field(String fieldName, boolean requiredInHeader) {
    this(fieldName, requiredInHeader, fieldName);
  }

  Field(String fieldName, boolean requiredInHeader, String otherHeader) {
    this.fieldName = fieldName;
    this.requiredInHeader = requiredInHeader;
    this.otherHeader = otherHeader;
  }

  /** The name in the row JSON and in violations. */
  String fieldName() {
    return fieldName;
  }

  /** Whether a CSV file must have a column for it. */
  boolean requiredInHeader() {
    return requiredInHeader;
  }

  /** The field with exactly this name in the row JSON. */
  static Optional<Field> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /**
   * The field that a CSV header means by this name. Case, blanks and underscores do not matter,
   * which covers both editions of the public data set (InvoiceNo and Invoice, CustomerID and
   * Customer ID) and the warehouse's own names (invoice_no, customer_id).
   */
  static Optional<Field> ofHeader(String name) {
    return Optional.ofNullable(BY_HEADER.get(headerKey(name)));
  }

  /** All names in the row JSON, for messages. */
  static List<String> names() {
    return Collections.unmodifiableList(
        Arrays.stream(values()).map(Field::fieldName).collect(Collectors.toList()));
  }

  private static String headerKey(String name) {
    return name.replace(" ", "").replace("_", "").toLowerCase(Locale.ROOT);
  }
}
