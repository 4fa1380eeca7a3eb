package org.invoiceflow.loader.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * What the shop sells: about 4,000 articles whose descriptions have the flaws of the real ones
 * (outer and doubled spaces, commas, inch marks, apostrophes), and the codes that are no articles.
 */
final class Catalogue {

  static final Item POSTAGE = new Item("POST", "POSTAGE", 18_000);
  static final Item SHOP_POSTAGE = new Item("DOT", "DOTCOM POSTAGE", 75_040);
  static final Item MANUAL = new Item("M", "Manual", 2_550);
  static final Item DISCOUNT = new Item("D", "Discount", 27_500);
  static final Item BANK_CHARGES = new Item("BANK CHARGES", "Bank Charges", 15_000);
  static final Item MARKETPLACE_FEE = new Item("AMAZONFEE", "AMAZON FEE", 6_706_710);
  static final Item BAD_DEBT = new Item("B", "Adjust bad debt", 9_410_370);
  static final Item PADS = new Item("PADS", "REFILL FOR ALL FRAMES", 1);
  static final Item INCHES = new Item("79320", "PAPER GARLAND 36\"GREY", 4_950);
  static final Item COMMA = new Item("79321", "PAPER FAN,COAL GREY", 850);
  static final Item SPACES = new Item("79322", " TEA TOWEL  BLUE STRIPE ", 2_950);

  private static final List<Integer> VOUCHERS = List.of(10, 20, 30, 40, 50);

  private static final int ARTICLES = 4_000;

  /** Every so many articles there is a second code that differs in case only. */
  private static final int TWIN_EVERY = 37;

  private static final int MAX_DESCRIPTION = 35;

  private static final String[] LEADS = {
    "",
    "",
    "",
    "",
    "SET OF 3 ",
    "SET/6 ",
    "PACK OF 12 ",
    "LARGE ",
    "SMALL ",
    "MINI ",
    "BOX OF 24 ",
    "VINTAGE ",
    "RETRO ",
    "CHILDREN'S "
  };
  private static final String[] LOOKS = {
    "RED",
    "BLUE",
    "PINK",
    "IVORY",
    "GREEN",
    "WHITE",
    "BLACK",
    "SILVER",
    "CREAM",
    "WOODEN",
    "METAL",
    "ENAMEL",
    "CERAMIC",
    "GLASS",
    "PAPER",
    "FELT",
    "ZINC",
    "WICKER",
    "POLKADOT",
    "STRIPED",
    "FLORAL",
    "GINGHAM",
    "ROSE",
    "STAR",
    "HEART",
    "BIRD",
    "OWL",
    "STRAWBERRY"
  };
  private static final String[] THINGS = {
    "T-LIGHT HOLDER", "LUNCH BAG", "CAKE STAND", "MUG", "DOORMAT", "LANTERN", "PHOTO FRAME",
    "TEA TOWEL", "CUSHION COVER", "NAPKINS", "STORAGE TIN", "BUNTING", "KEY RING", "HAND WARMER",
    "WALL CLOCK", "JUG", "COASTER", "DRAWER KNOB", "HOOK", "TRINKET BOX", "SKETCHBOOK",
    "NIGHT LIGHT", "BREAD BIN", "GIFT TAG", "WRAP", "BIRDHOUSE", "WATERING CAN", "COLANDER"
  };
  private static final long[] PRICES = {
    190, 290, 390, 420, 420, 550, 650, 650, 830, 850, 850, 1_000, 1_250, 1_250, 1_250, 1_450, 1_650,
    1_650, 1_650, 1_690, 1_950, 2_080, 2_100, 2_100, 2_500, 2_550, 2_950, 2_950, 3_000, 3_250,
    3_750, 3_750, 4_150, 4_250, 4_950, 4_950, 5_950, 6_750, 7_950, 8_500, 9_950, 10_950, 12_750,
    14_950, 16_950, 39_950
  };

  private final List<Item> articles = new ArrayList<>(ARTICLES);
  private final List<Item> twins = new ArrayList<>();

  Catalogue(Random random) {
    for (int i = 0; i < ARTICLES; i++) {
      boolean twin = i % TWIN_EVERY == 0;
      boolean letter = twin || random.nextInt(4) == 0;
      // 17 is prime to 70,000: the codes do not repeat, and neighbours do not look alike.
      String digits = Integer.toString(20_000 + (i * 17) % 70_000);
      String suffix = letter ? String.valueOf((char) ('A' + random.nextInt(7))) : "";
      Item item = new Item(digits + suffix, description(random), pick(PRICES, random));
      articles.add(item);
      if (twin) {
        twins.add(
            new Item(digits + suffix.toLowerCase(Locale.ROOT), item.description(), item.price()));
      }
    }
  }

  /** Any article; the first are drawn most often. */
  Item draw(Random random) {
    double u = random.nextDouble();
    int index = (int) (ARTICLES * u * u);
    boolean otherCase = index % TWIN_EVERY == 0 && random.nextInt(8) == 0;
    return otherCase ? twins.get(index / TWIN_EVERY) : articles.get(index);
  }

  /** Two codes that differ in case only. */
  List<Item> caseTwins(Random random) {
    int twin = random.nextInt(twins.size());
    return List.of(articles.get(twin * TWIN_EVERY), twins.get(twin));
  }

  /** A gift voucher: the only descriptions with a pound sign. */
  Item voucher(Random random) {
    int pounds = VOUCHERS.get(random.nextInt(VOUCHERS.size()));
    return new Item(
        "gift_0001_" + pounds,
        "Gift Voucher \u00a3" + pounds + ".00",
        pounds * 1_000L * 10 / 12 / 10 * 10);
  }

  private static String description(Random random) {
    String plain =
        pick(LEADS, random)
            + pick(LOOKS, random)
            + " "
            + pick(LOOKS, random)
            + " "
            + pick(THINGS, random);
    int flaw = random.nextInt(1_000);
    String flawed;
    if (flaw < 9) {
      flawed = plain.replaceFirst(" ", ",");
    } else if (flaw < 12) {
      flawed = plain + " 36\"";
    } else if (flaw < 45) {
      flawed = plain.replaceFirst(" ", "  ");
    } else {
      flawed = plain;
    }
    String cut = flawed.substring(0, Math.min(flawed.length(), MAX_DESCRIPTION - 1));
    int outer = random.nextInt(1_000);
    if (outer < 205) {
      return cut + " ";
    }
    return outer < 208 ? " " + cut : cut;
  }

  private static String pick(String[] from, Random random) {
    return from[random.nextInt(from.length)];
  }

  private static long pick(long[] from, Random random) {
    return from[random.nextInt(from.length)];
  }
}
