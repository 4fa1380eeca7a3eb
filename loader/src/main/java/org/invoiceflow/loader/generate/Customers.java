package org.invoiceflow.loader.generate;

import java.util.List;
import java.util.Random;

/**
 * Who buys. A customer is a function of its rank, so that any number of them costs no memory; low
 * ranks buy most (the first about 1.5 % of a large file, as in the real one).
 */
final class Customers {

  /** Rank of the first customer who orders from two countries. */
  static final int TWO_COUNTRIES = 4;

  private static final int TWO_COUNTRIES_EVERY = 547;

  /** The real file has a customer for every 124 lines. */
  private static final int LINES_PER_CUSTOMER = 124;

  private static final int FEWEST = 150;
  private static final int FIRST_ID = 12_346;

  private static final String HOME = "United Kingdom";

  /** One customer in ten lives abroad; a country's share is its number of places here. */
  private static final List<String> ABROAD =
      List.of(
          "Germany",
          "France",
          "EIRE",
          "Germany",
          "France",
          "Spain",
          "Netherlands",
          "Germany",
          "Belgium",
          "France",
          "Switzerland",
          "EIRE",
          "Portugal",
          "Australia",
          "Germany",
          "Norway",
          "Italy",
          "Channel Islands",
          "Finland",
          "France",
          "Cyprus",
          "Sweden",
          "Austria",
          "Denmark",
          "Japan",
          "Poland",
          "USA",
          "Israel",
          "Unspecified",
          "Singapore",
          "Iceland",
          "Canada",
          "Greece",
          "Malta",
          "RSA",
          "European Community");

  private static final List<String> GUEST_COUNTRIES =
      List.of("EIRE", "Hong Kong", "Unspecified", "Portugal", "France");

  private final int count;

  Customers(long lines) {
    long wanted = Math.max(FEWEST, lines / LINES_PER_CUSTOMER);
    count = (int) Math.min(wanted, Integer.MAX_VALUE / 2);
  }

  int draw(Random random) {
    double u = random.nextDouble();
    return (int) (count * u * u);
  }

  String id(int rank) {
    return Integer.toString(FIRST_ID + rank);
  }

  /** The customer's country on its invoice with this ordinal. */
  String country(int rank, long invoice) {
    if (rank % TWO_COUNTRIES_EVERY == TWO_COUNTRIES) {
      return invoice % 2 == 0 ? "Belgium" : "Denmark";
    }
    // Ranks 9, 19, 29 ... live abroad.
    return rank % 10 == 9 ? ABROAD.get(rank / 10 % ABROAD.size()) : HOME;
  }

  String guestCountry(Random random) {
    return random.nextInt(50) == 0
        ? GUEST_COUNTRIES.get(random.nextInt(GUEST_COUNTRIES.size()))
        : HOME;
  }
}
