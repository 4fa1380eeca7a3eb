package org.invoiceflow.local.docs;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Computes the bill of docs/cost.md from the prices and assumptions that stand there. */
class CostPageTest {

  private static final List<Integer> SIZES = List.of(10, 100, 1_000);

  /** Rows that a deployment without a warehouse does not have. */
  private static final Set<String> OF_THE_WAREHOUSE =
      Set.of(
          "RPU-hours of loads",
          "RPU-hours of analysts",
          "GB in the warehouse, of this month",
          "endpoint-hours",
          "GB through endpoints",
          "secrets");

  private final Page page = read();
  private final Map<String, Double> prices =
      page.table("| name | dollars | for | known from |").stream()
          .collect(toMap(row -> name(row.get(0)), row -> Double.valueOf(row.get(1))));
  private final Map<String, Double> assumed =
      page.table("| name | value | where from |").stream()
          .collect(toMap(row -> name(row.get(0)), row -> Double.valueOf(row.get(1))));
  private final Map<String, List<String>> assumedBySize =
      page.table("| | 10 lines/s | 100 lines/s | 1,000 lines/s |").stream()
          .collect(toMap(row -> name(row.get(0)), row -> row.subList(1, row.size())));

  private final class Size {
    private final double linesPerSecond;
    private final double parallelism;
    private final double loadSeconds;

    Size(int index) {
      linesPerSecond = SIZES.get(index);
      parallelism = Double.parseDouble(assumedBySize.get("parallelism").get(index));
      loadSeconds = Double.parseDouble(assumedBySize.get("load_seconds").get(index));
    }

    double lines() {
      return linesPerSecond * of("hours") * 3600;
    }

    double invoices() {
      return lines() / of("lines_per_invoice");
    }

    double requests() {
      return invoices() * (1 + of("reads_per_invoice"));
    }

    double gigabytes(String bytesPerLine) {
      return lines() * of(bytesPerLine) / 1e9;
    }
  }

  private double of(String assumption) {
    return assumed.get(assumption);
  }

  /** In the order of the table. */
  private Map<String, ToDoubleFunction<Size>> quantities() {
    Map<String, ToDoubleFunction<Size>> rows = new LinkedHashMap<>();
    rows.put("KPU-hours", s -> (s.parallelism + 1) * of("hours"));
    rows.put("running storage, GB-months", s -> s.parallelism * 50);
    rows.put("stream-hours", s -> of("hours"));
    rows.put("GB into the stream", s -> s.gigabytes("stream_bytes_per_line"));
    rows.put("GB out of it", s -> s.gigabytes("stream_bytes_per_line"));
    rows.put(
        "GB-months kept beyond a day",
        s ->
            s.linesPerSecond
                * of("stream_bytes_per_line")
                * (of("retention_hours") - 24)
                * 3600
                / 1e9);
    rows.put("million requests to the API", s -> s.requests() / 1e6);
    rows.put("million calls of functions", s -> s.requests() / 1e6);
    rows.put(
        "thousand GB-seconds of functions",
        s -> s.requests() * of("lambda_ms") / 1000 * of("lambda_mb") / 1024 / 1e3);
    rows.put("million write units", s -> s.invoices() * of("write_units_per_invoice") / 1e6);
    rows.put(
        "million read units",
        s -> s.invoices() * (of("read_units_per_invoice") + of("reads_per_invoice")) / 1e6);
    rows.put("GB in the views, of this month", s -> s.gigabytes("view_bytes_per_line"));
    rows.put("GB in the views recoverable", s -> s.gigabytes("view_bytes_per_line"));
    rows.put("GB on S3, of this month", s -> s.gigabytes("raw_bytes_per_line"));
    rows.put(
        "thousand puts to S3",
        s ->
            s.parallelism
                * of("files_per_checkpoint")
                * of("requests_per_file")
                * of("hours")
                * 60
                / 1e3);
    rows.put(
        "RPU-hours of loads",
        s -> of("loads_per_day") * of("hours") / 24 * s.loadSeconds / 3600 * of("base_rpu"));
    rows.put("RPU-hours of analysts", s -> of("analyst_hours") * of("base_rpu"));
    rows.put("GB in the warehouse, of this month", s -> s.gigabytes("warehouse_bytes_per_line"));
    rows.put("endpoint-hours", s -> of("endpoints") * of("zones") * of("hours"));
    rows.put("GB through endpoints", s -> s.gigabytes("stream_bytes_per_line"));
    rows.put("alarms", s -> of("alarms"));
    rows.put("dashboards", s -> 1);
    rows.put("metrics of the functions", s -> of("function_metrics"));
    rows.put("GB of logs", s -> 0.5 + s.requests() * of("log_bytes_per_request") / 1e9);
    rows.put("secrets", s -> 2);
    rows.put("keys", s -> 1);
    return rows;
  }

  @Test
  void every_figure_of_the_bill_follows_from_the_prices_and_assumptions() {
    List<List<String>> expected = new ArrayList<>();
    List<List<String>> bill =
        page.table("| what, in a month | price | 10 lines/s | | 100 lines/s | | 1,000 lines/s | |");
    Map<String, String> priceOf =
        bill.stream().collect(toMap(row -> row.get(0), row -> name(row.get(1))));
    BigDecimal[] all = {BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO};
    BigDecimal[] withoutWarehouse = all.clone();
    quantities()
        .forEach(
            (what, quantity) -> {
              String price = priceOf.get(what);
              List<String> row = new ArrayList<>(List.of(what, "`" + price + "`"));
              for (int i = 0; i < SIZES.size(); i++) {
                double amount = quantity.applyAsDouble(new Size(i));
                String dollars = money(amount * prices.get(price));
                row.add(number(amount));
                row.add(dollars);
                BigDecimal cost = new BigDecimal(dollars.replace(",", ""));
                all[i] = all[i].add(cost);
                if (!OF_THE_WAREHOUSE.contains(what)) {
                  withoutWarehouse[i] = withoutWarehouse[i].add(cost);
                }
              }
              expected.add(row);
            });
    expected.add(totals("all of it", all));
    expected.add(totals("without a warehouse", withoutWarehouse));
    assertThat(bill).isEqualTo(expected);
  }

  @Test
  void every_price_is_used_and_says_how_it_is_known() {
    List<List<String>> bill =
        page.table("| what, in a month | price | 10 lines/s | | 100 lines/s | | 1,000 lines/s | |");
    assertThat(bill.stream().map(row -> name(row.get(1))).filter(price -> !price.isEmpty()))
        .containsAll(prices.keySet());
    assertThat(page.table("| name | dollars | for | known from |"))
        .allSatisfy(row -> assertThat(row.get(3)).isIn("AWS", "list", "others", "memory"));
  }

  private static List<String> totals(String what, BigDecimal[] sums) {
    List<String> row = new ArrayList<>(List.of("**" + what + "**", ""));
    for (BigDecimal sum : sums) {
      row.add("");
      row.add("**" + money(sum.doubleValue()) + "**");
    }
    return row;
  }

  private static String number(double value) {
    return String.format(
        Locale.ROOT, value >= 100 || value == Math.rint(value) ? "%,.0f" : "%,.2f", value);
  }

  private static String money(double value) {
    return String.format(Locale.ROOT, "%,.2f", value);
  }

  private static String name(String cell) {
    return cell.replace("`", "");
  }

  private static Page read() {
    try {
      return Page.read("docs/cost.md");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
