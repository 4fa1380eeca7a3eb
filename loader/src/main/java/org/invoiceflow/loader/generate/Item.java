package org.invoiceflow.loader.generate;

/**
 * Something that can stand on a line.
 *
 * @param description as it is, unquoted
 * @param price in thousandths of a pound
 */
record Item(String code, String description, long price) {

  Item at(long otherPrice) {
    return new Item(code, description, otherPrice);
  }

  Item described(String otherDescription) {
    return new Item(code, otherDescription, price);
  }
}
