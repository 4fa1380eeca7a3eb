package org.invoiceflow.loader.warehouse;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.invoiceflow.model.warehouse.LoadLedger;
import org.invoiceflow.model.warehouse.WarehouseException;

/** Tells staged files that nobody will load from those that somebody may. */
public final class Orphans {

  /** Of RedshiftCopy: it lives as long as one statement. */
  private static final Pattern MANIFEST = Pattern.compile("load-[0-9a-f-]{36}\\.manifest");

  private Orphans() {}

  /**
   * Judges each object.
   *
   * @param objects as listed; the ledger is asked afterwards, so that what is loaded in between is
   *     not taken for an orphan
   * @param youngFrom what was written from then on is kept unless the ledger names it
   */
  public static Map<StagedObject, Fate> judge(
      List<StagedObject> objects, LoadLedger ledger, Instant youngFrom) throws WarehouseException {
    Set<String> loaded =
        ledger.loaded(
            objects.stream()
                .map(StagedObject::name)
                .filter(LoadLedger::isStagedFile)
                .collect(Collectors.toSet()));
    Map<StagedObject, Fate> fates = new LinkedHashMap<>();
    for (StagedObject object : objects) {
      fates.put(object, fate(object, loaded, youngFrom));
    }
    return fates;
  }

  private static Fate fate(StagedObject object, Set<String> loaded, Instant youngFrom) {
    boolean staged = LoadLedger.isStagedFile(object.name());
    if (!staged && !MANIFEST.matcher(object.name()).matches()) {
      return Fate.FOREIGN;
    }
    if (loaded.contains(object.name())) {
      return Fate.LOADED;
    }
    return object.modified().isBefore(youngFrom) ? Fate.ORPHANED : Fate.YOUNG;
  }
}
