package org.invoiceflow.local.stores;

import java.util.Comparator;

/**
 * The order of text by its bytes in UTF-8, which is the order of code points: that of DynamoDB's
 * sort keys and of collation "C". It differs from {@link String#compareTo} beyond U+FFFF.
 */
final class Bytewise {

  static final Comparator<String> ORDER = Bytewise::compare;

  private Bytewise() {}

  private static int compare(String a, String b) {
    int common = Math.min(a.length(), b.length());
    for (int i = 0; i < common; i++) {
      char ca = a.charAt(i);
      char cb = b.charAt(i);
      if (ca != cb) {
        boolean beyond = Character.isSurrogate(ca);
        return beyond == Character.isSurrogate(cb) ? ca - cb : (beyond ? 1 : -1);
      }
    }
    return a.length() - b.length();
  }
}
