package org.invoiceflow.query;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import org.invoiceflow.model.Decimals;
import org.invoiceflow.model.ViewSchema;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * One item of a view, read by the names of {@link ViewSchema}.
 *
 * @param attributes as DynamoDB gave them
 */
record Item(Map<String, AttributeValue> attributes) {

  /**
   * @throws IllegalStateException if the attribute is absent or no string: the table is not ours
   */
  String text(String name) {
    return optionalText(name).orElseThrow(() -> missing(name));
  }

  Optional<String> optionalText(String name) {
    return Optional.ofNullable(attributes.get(name)).map(AttributeValue::s);
  }

  /**
   * The exact number.
   *
   * @throws IllegalStateException if the attribute is absent or no number: the table is not ours
   */
  BigDecimal number(String name) {
    return Optional.ofNullable(attributes.get(name))
        .map(AttributeValue::n)
        .map(number -> Decimals.canonical(new BigDecimal(number)))
        .orElseThrow(() -> missing(name));
  }

  long wholeNumber(String name) {
    return number(name).longValueExact();
  }

  private static IllegalStateException missing(String name) {
    return new IllegalStateException("an item of the view has no readable attribute " + name);
  }
}
