package org.invoiceflow.local.faults;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.invoiceflow.job.warehouse.WarehouseSchema;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.stores.CustomersView;
import org.invoiceflow.local.stores.Findings;
import org.invoiceflow.local.stores.InvoicesView;
import org.invoiceflow.local.stores.LakeCounts;
import org.invoiceflow.local.stores.LakeReader;
import org.invoiceflow.local.stores.WarehouseReader;
import org.invoiceflow.model.InvoiceLine;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * All stores, read back by ordinary clients and held against the lines that they should hold.
 *
 * @param raw lines in {@code raw/}, each receipt counted
 * @param rejected lines in {@code rejected/}
 * @param listed lines in {@code duplicates/}
 * @param stored lines in the invoices view
 * @param lost lines that the invoices view or the warehouse lacks
 * @param duplicated rows beyond the first of their key, and lines in a store that nobody sent
 * @param findings what else does not fit, in sentences
 */
record StoreAudit(
    long raw,
    long rejected,
    long listed,
    long stored,
    long lost,
    long duplicated,
    List<String> findings) {

  /** Identity of a line. */
  private record Key(String invoiceNo, int lineNo) {
    static Key of(InvoiceLine line) {
      return new Key(line.invoiceNo(), line.lineNo());
    }
  }

  /**
   * @param expected the distinct lines that must be stored, and no others; the stores were empty
   *     before
   */
  static StoreAudit of(Endpoints stores, Collection<InvoiceLine> expected) throws SQLException {
    return ofContenders(stores, expected.stream().map(Set::of).toList());
  }

  /**
   * @param expected for each identity the contents of which exactly one must be stored, the same in
   *     all stores
   */
  static StoreAudit ofContenders(Endpoints stores, Collection<Set<InvoiceLine>> expected)
      throws SQLException {
    Map<Key, Set<InvoiceLine>> truth = new HashMap<>();
    for (Set<InvoiceLine> contents : expected) {
      truth.put(Key.of(contents.iterator().next()), contents);
    }
    Comparison view = new Comparison("The invoices view", truth);
    Comparison warehouse = new Comparison("The warehouse", truth);
    try (DynamoDbClient dynamoDb = stores.dynamoDb().client();
        S3Client s3 = stores.s3().client()) {
      InvoicesView invoices =
          InvoicesView.read(
              dynamoDb, stores.dynamoDb().invoicesTable(), lines -> lines.forEach(view::add));
      CustomersView customers = CustomersView.read(dynamoDb, stores.dynamoDb().customersTable());
      new WarehouseReader(stores.warehouse()::connect, WarehouseSchema.LINES)
          .forEachLine(warehouse::add);
      LakeCounts lake = new LakeReader(s3, stores.s3().bucket(), "").refresh();
      Findings within =
          invoices
              .findings()
              .plus(customers.findings())
              .plus(customers.differencesFrom(invoices))
              .plus(lake.findings());
      List<String> findings = new ArrayList<>(within.sentences());
      findings.addAll(view.findings);
      findings.addAll(warehouse.findings);
      findings.addAll(warehouse.differencesFrom(view));
      BigDecimal due = view.totalDue();
      checkTotal(findings, "the invoices view", view.total, due);
      checkTotal(findings, "the warehouse", warehouse.total, due);
      return new StoreAudit(
          lake.raw().lines(),
          lake.rejected().lines(),
          lake.duplicates().lines(),
          invoices.lines(),
          view.lost() + warehouse.lost(),
          view.surplus + warehouse.surplus,
          List.copyOf(findings));
    }
  }

  /** Raw - rejected - stored: what the job must have dropped as repeated. */
  long duplicatesByStores() {
    return raw - rejected - stored;
  }

  private static void checkTotal(
      List<String> findings, String store, BigDecimal total, BigDecimal due) {
    if (total.compareTo(due) != 0) {
      findings.add(
          String.format(
              Locale.ROOT,
              "The lines of %s add up to %s instead of %s",
              store,
              total.toPlainString(),
              due.toPlainString()));
    }
  }

  /** One store's lines, seen one by one from any thread. */
  private static final class Comparison {
    private static final int KEPT = 5;

    private final String store;
    private final Map<Key, Set<InvoiceLine>> truth;
    private final Map<Key, InvoiceLine> seen = new HashMap<>();
    private final List<String> findings = new ArrayList<>();
    private BigDecimal total = BigDecimal.ZERO;
    private long surplus;

    Comparison(String store, Map<Key, Set<InvoiceLine>> truth) {
      this.store = store;
      this.truth = truth;
    }

    synchronized void add(InvoiceLine line) {
      Key key = Key.of(line);
      total = total.add(line.amount());
      if (!truth.getOrDefault(key, Set.of()).contains(line)) {
        surplus++;
        find("%s holds a line that was not to be stored: %s", line);
      } else if (seen.putIfAbsent(key, line) != null) {
        surplus++;
        find("%s holds a line twice: %s", line);
      }
    }

    long lost() {
      truth.forEach(
          (key, contents) -> {
            if (!seen.containsKey(key)) {
              find("%s lacks %s", contents.iterator().next());
            }
          });
      return truth.size() - seen.size();
    }

    /** Where two stores have let different contenders in. */
    List<String> differencesFrom(Comparison other) {
      return seen.entrySet().stream()
          .filter(
              entry -> {
                InvoiceLine theirs = other.seen.get(entry.getKey());
                return theirs != null && !theirs.equals(entry.getValue());
              })
          .limit(KEPT)
          .map(entry -> store + " holds another contender than the view: " + entry.getValue())
          .toList();
    }

    /** What all lines that must be stored add up to; of contenders, the one that is here. */
    BigDecimal totalDue() {
      return truth.entrySet().stream()
          .map(due -> seen.getOrDefault(due.getKey(), due.getValue().iterator().next()))
          .map(InvoiceLine::amount)
          .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private void find(String format, InvoiceLine line) {
      if (findings.size() < KEPT) {
        findings.add(String.format(Locale.ROOT, format, store, line));
      }
    }
  }
}
