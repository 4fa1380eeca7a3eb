package org.invoiceflow.model;

/**
 * What a record or a line can break. The names are part of the contract: they stand in the API's
 * answers, in rejects files and in {@code rejected/}, and metrics are counted by them. Add, never
 * rename.
 */
public enum Rule {
  /**
   * The record is not what its format says: not UTF-8, not JSON, no row of the expected columns,
   * too deep or too large.
   */
  UNREADABLE,
  /** A required field is absent, null or empty. */
  MISSING,
  /** A field stands twice in one JSON object. */
  DUPLICATE_FIELD,
  /** A field that the contract does not know. */
  UNKNOWN_FIELD,
  /** A JSON value of the wrong type, such as an object where text is expected. */
  WRONG_TYPE,
  /** Text that is no number (or no whole number) where one is expected. */
  NOT_A_NUMBER,
  /** Text that is no date of the expected format, or a date that does not exist. */
  NOT_A_DATE,
  /** A number or a year outside its range. */
  OUT_OF_RANGE,
  /** More decimals than a price may have. */
  TOO_MANY_DECIMALS,
  /** More bytes of UTF-8, bare or within JSON, than every store can hold. */
  TOO_LONG,
  /** White space before or after an identifier; the stores disagree about it. */
  OUTER_WHITESPACE,
  /** NUL or half of a surrogate pair; not every store can hold it. */
  UNSTORABLE_CHARACTER,
  /** The same line identity with other content than the line that is stored. */
  CONFLICTING_CONTENT,
  /** Not broken, but listed: a duplicate of a stored line that came from another file. */
  REPEATED_FROM_OTHER_FILE,
  /** Another customer than the one whom the invoice's stored lines name. */
  CONFLICTING_CUSTOMER
}
