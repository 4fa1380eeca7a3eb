package org.invoiceflow.loader.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Makes one invoice after another. Keeps the catalogue and a few hundred recent lines, nothing that
 * grows with the number of invoices.
 */
final class InvoiceMaker {

  private static final int[] QUANTITIES = {
    1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 4, 4, 4, 6, 6, 6, 8, 10, 12, 12, 12, 24, 25, 48
  };
  private static final String[] REMARKS = {
    "damaged", "check", "?", "lost", "found", "wrongly marked", "Damages", "sold as set"
  };
  private static final Spread CUSTOMER_LINES = Spread.of(1, 3, 6, 10, 13, 16, 20, 24, 31, 45, 180);
  private static final Spread GUEST_LINES = Spread.of(1, 3, 5, 12, 20, 30, 40, 60, 80, 160, 480);

  private final Random random;
  private final Catalogue catalogue;
  private final Customers customers;
  private final RecentSales sales = new RecentSales();
  private long nextNumber;
  private long ordinal;

  InvoiceMaker(GenerateOptions options) {
    random = new Random(options.seed());
    catalogue = new Catalogue(random);
    customers = new Customers(options.lines());
    nextNumber = options.firstInvoice();
  }

  /** The rows of the next invoice, and of those that go with it, as they stand in the file. */
  List<Row> next(long minute) {
    Quirk quirk = Quirk.of(ordinal, random);
    ordinal++;
    return switch (quirk) {
      case NONE, TWO_COUNTRIES -> sale(minute, customer(quirk), CUSTOMER_LINES.draw(random));
      case GUEST -> guest(minute, GUEST_LINES.draw(random));
      case CANCELLATION -> cancellation(minute, linesOfCancellation());
      case WRITE_OFF -> stockTaking(minute, -QUANTITIES[random.nextInt(QUANTITIES.length)]);
      case STOCK_FOUND -> stockTaking(minute, QUANTITIES[random.nextInt(QUANTITIES.length)]);
      case ADJUSTMENT -> adjustments(minute);
      case TWO_TIMESTAMPS -> twoTimestamps(minute);
      case INTERLEAVED -> interleaved(minute);
      case TWO_PRICES -> twoPrices(minute);
      case TWENTY_ALIKE -> twentyAlike(minute);
      case VOUCHER -> with(guest(minute, 6), List.of(catalogue.voucher(random)), 1);
      case SUB_CENT -> with(ordinarySale(minute), List.of(Catalogue.PADS), 1);
      case BOTH_CASES -> with(ordinarySale(minute), catalogue.caseTwins(random), 2);
      case FREE_LINE -> with(ordinarySale(minute), List.of(catalogue.draw(random).at(0)), 12);
      case HUGE_AND_CANCELLED -> hugeAndCancelled(minute);
      case BANK_CHARGES -> fee(minute, Catalogue.BANK_CHARGES);
      case MARKETPLACE_FEE -> fee(minute, Catalogue.MARKETPLACE_FEE);
      case PUNCTUATION ->
          with(
              ordinarySale(minute),
              List.of(Catalogue.COMMA, Catalogue.INCHES, Catalogue.SPACES),
              24);
    };
  }

  /** A customer's invoice of so many lines. */
  List<Row> large(long minute, int lines) {
    ordinal++;
    return sale(minute, customer(Quirk.NONE), lines);
  }

  private List<Row> ordinarySale(long minute) {
    return sale(minute, customer(Quirk.NONE), CUSTOMER_LINES.draw(random));
  }

  private int customer(Quirk quirk) {
    return quirk == Quirk.TWO_COUNTRIES ? Customers.TWO_COUNTRIES : customers.draw(random);
  }

  private List<Row> sale(long minute, int customer, int lines) {
    String number = number("");
    String country = customers.country(customer, ordinal);
    List<Row> rows = new ArrayList<>(lines + 2);
    for (int i = 0; i < lines; i++) {
      int quantity = QUANTITIES[random.nextInt(QUANTITIES.length)];
      rows.add(
          again(rows)
              ? rows.get(random.nextInt(rows.size()))
              : new Row(
                  number, article(quantity), quantity, minute, customers.id(customer), country));
    }
    if (!country.equals("United Kingdom") && random.nextInt(2) == 0) {
      rows.add(
          new Row(
              number,
              Catalogue.POSTAGE,
              1 + random.nextInt(3),
              minute,
              customers.id(customer),
              country));
    }
    sales.add(rows.get(random.nextInt(rows.size())));
    return rows;
  }

  /** Bulk costs less a piece. */
  private Item article(int quantity) {
    Item item = catalogue.draw(random);
    if (random.nextInt(330) == 0) {
      return Catalogue.MANUAL.at((1 + random.nextInt(9_000)) * 10L);
    }
    return quantity >= 48 ? item.at(item.price() * 85 / 100 / 10 * 10) : item;
  }

  /** One row in a hundred repeats another of its invoice, letter for letter. */
  private boolean again(List<Row> rows) {
    return rows.size() >= 3 && random.nextInt(100) == 0;
  }

  private List<Row> guest(long minute, int lines) {
    String number = number("");
    String country = customers.guestCountry(random);
    List<Row> rows = new ArrayList<>(lines + 2);
    for (int i = 0; i < lines; i++) {
      Item item = catalogue.draw(random);
      rows.add(
          again(rows)
              ? rows.get(random.nextInt(rows.size()))
              : new Row(
                  number,
                  item.at(item.price() * 197 / 100 / 10 * 10),
                  1 + random.nextInt(4),
                  minute,
                  "",
                  country));
    }
    if (lines > 20) {
      rows.set(
          lines - 1,
          new Row(number, Catalogue.SHOP_POSTAGE.at(lines * 1_730L), 1, minute, "", country));
    }
    return rows;
  }

  private int linesOfCancellation() {
    int drawn = random.nextInt(20);
    return drawn < 11 ? 1 : drawn < 16 ? 2 : 2 + random.nextInt(7);
  }

  private List<Row> cancellation(long minute, int lines) {
    String number = number("C");
    Row sold =
        sales
            .draw(random)
            .orElseGet(
                () ->
                    new Row(
                        "", catalogue.draw(random), 4, minute, customers.id(0), "United Kingdom"));
    boolean guest = random.nextInt(50) == 0;
    List<Row> rows = new ArrayList<>(lines);
    for (int i = 0; i < lines; i++) {
      boolean exact = i == 0 && random.nextInt(3) > 0;
      Item item =
          exact
              ? sold.item()
              : random.nextInt(40) == 0 ? Catalogue.DISCOUNT : catalogue.draw(random);
      int quantity = exact ? -sold.quantity() : -1 - random.nextInt(12);
      rows.add(
          new Row(number, item, quantity, minute, guest ? "" : sold.customerId(), sold.country()));
    }
    return rows;
  }

  private List<Row> stockTaking(long minute, int quantity) {
    String remark = random.nextInt(100) < 65 ? "" : REMARKS[random.nextInt(REMARKS.length)];
    Item item = catalogue.draw(random).at(0).described(remark);
    return List.of(new Row(number(""), item, quantity, minute, "", "United Kingdom"));
  }

  private List<Row> adjustments(long minute) {
    Item debt = Catalogue.BAD_DEBT.at(Catalogue.BAD_DEBT.price() + random.nextInt(1_000) * 10L);
    List<Row> rows = new ArrayList<>(3);
    for (int i = 0; i < 3; i++) {
      Item entry = i == 0 ? debt : debt.at(-debt.price());
      rows.add(new Row(number("A"), entry, 1, minute, "", "United Kingdom"));
    }
    return rows;
  }

  private List<Row> twoTimestamps(long minute) {
    List<Row> rows = sale(minute, customer(Quirk.NONE), 4 + CUSTOMER_LINES.draw(random));
    for (int i = rows.size() / 2; i < rows.size(); i++) {
      Row row = rows.get(i);
      rows.set(
          i,
          new Row(
              row.invoiceNo(),
              row.item(),
              row.quantity(),
              minute + 1,
              row.customerId(),
              row.country()));
    }
    return rows;
  }

  private List<Row> interleaved(long minute) {
    List<Row> between = cancellation(minute, 2);
    List<Row> rows = sale(minute, customer(Quirk.NONE), 6 + CUSTOMER_LINES.draw(random));
    rows.addAll(rows.size() / 2, between);
    return rows;
  }

  private List<Row> twoPrices(long minute) {
    List<Row> rows = ordinarySale(minute);
    Row row = rows.get(random.nextInt(rows.size()));
    Item dearer = row.item().at(row.item().price() + 420);
    rows.add(new Row(row.invoiceNo(), dearer, 1, minute, row.customerId(), row.country()));
    return rows;
  }

  private List<Row> twentyAlike(long minute) {
    List<Row> rows = ordinarySale(minute);
    Row row = rows.get(rows.size() - 1);
    for (int i = 1; i < 20; i++) {
      rows.add(row);
    }
    return rows;
  }

  private List<Row> hugeAndCancelled(long minute) {
    List<Row> rows = sale(minute, customer(Quirk.NONE), 1);
    Row first = rows.get(0);
    int units = 40_000 + random.nextInt(40_000);
    Item item = first.item().at(1_040);
    rows.clear();
    rows.add(new Row(first.invoiceNo(), item, units, minute, first.customerId(), first.country()));
    rows.add(new Row(number("C"), item, -units, minute, first.customerId(), first.country()));
    return rows;
  }

  private List<Row> fee(long minute, Item fee) {
    Item charged = fee.at(fee.price() + random.nextInt(300) * 10L);
    return List.of(new Row(number("C"), charged, -1, minute, "", "United Kingdom"));
  }

  private List<Row> with(List<Row> rows, List<Item> more, int quantity) {
    Row like = rows.get(0);
    for (Item item : more) {
      rows.add(
          new Row(
              like.invoiceNo(), item, quantity, like.minute(), like.customerId(), like.country()));
    }
    return rows;
  }

  private String number(String prefix) {
    return prefix + nextNumber++;
  }
}
