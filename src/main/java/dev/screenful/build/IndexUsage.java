package dev.screenful.build;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The usage of an index by all screens.
 *
 * @param index the name of the index
 * @param requested the attributes that screens request of the items that they find by it
 * @param included the attributes in the index, besides keys
 * @param entries the number of items in the index
 * @param bytesIncluded the average size of an entry
 * @param bytesRequested the average size with the requested attributes only
 * @param bytesAll the average size with all attributes
 */
public record IndexUsage(
    String index,
    Set<String> requested,
    Set<String> included,
    int entries,
    double bytesIncluded,
    double bytesRequested,
    double bytesAll) {

  /** The bytes that half a read unit reads, eventually consistent (DynamoDB's limit). */
  private static final double BYTES_PER_HALF_UNIT = 4096;

  /** Requested attributes that are not in the index, so that items are read from the table too. */
  public Set<String> missing() {
    Set<String> missing = new TreeSet<>(requested);
    missing.removeAll(included);
    return missing;
  }

  /** Attributes in the index that no screen requests. */
  public Set<String> unused() {
    Set<String> unused = new TreeSet<>(included);
    unused.removeAll(requested);
    return unused;
  }

  Map<String, Object> row() {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("index", index);
    row.put("holds", new TreeSet<>(included));
    row.put("missing", missing());
    row.put("unused", unused());
    row.put("entries", entries);
    row.put("bytesIncluded", Math.round(bytesIncluded));
    row.put("bytesRequested", Math.round(bytesRequested));
    row.put("bytesAll", Math.round(bytesAll));
    row.put("storageSavedKb", Math.round(entries * (bytesAll - bytesIncluded) / 1024));
    row.put("unitsPer20", units(bytesIncluded));
    row.put("unitsPer20All", units(bytesAll));
    return row;
  }

  /** The read units for a page of twenty entries. */
  private static double units(double bytes) {
    return Math.ceil(20 * bytes / BYTES_PER_HALF_UNIT) / 2;
  }
}
