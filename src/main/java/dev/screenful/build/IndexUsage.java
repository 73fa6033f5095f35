package dev.screenful.build;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What all screens together ask of an index, and what it holds.
 *
 * @param index its name
 * @param asked attributes that screens ask of the items that they find by it
 * @param held attributes that it holds, besides keys
 * @param entries items in it
 * @param bytesHeld what an entry takes on average, as it is
 * @param bytesAsked what one would take that holds just what is asked
 * @param bytesAll what one would take that holds the whole item
 */
public record IndexUsage(
    String index,
    Set<String> asked,
    Set<String> held,
    int entries,
    double bytesHeld,
    double bytesAsked,
    double bytesAll) {

  /** Bytes that half a read unit reads, eventually consistent (DynamoDB's limit). */
  private static final double BYTES_PER_HALF_UNIT = 4096;

  /** Attributes that the index lacks, so that items are read from the table too. */
  public Set<String> missing() {
    Set<String> missing = new TreeSet<>(asked);
    missing.removeAll(held);
    return missing;
  }

  /** Attributes that no screen shows. */
  public Set<String> unused() {
    Set<String> unused = new TreeSet<>(held);
    unused.removeAll(asked);
    return unused;
  }

  Map<String, Object> row() {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("index", index);
    row.put("holds", new TreeSet<>(held));
    row.put("missing", missing());
    row.put("unused", unused());
    row.put("entries", entries);
    row.put("bytesHeld", Math.round(bytesHeld));
    row.put("bytesAsked", Math.round(bytesAsked));
    row.put("bytesAll", Math.round(bytesAll));
    row.put("storageSavedKb", Math.round(entries * (bytesAll - bytesHeld) / 1024));
    row.put("unitsPer20", units(bytesHeld));
    row.put("unitsPer20All", units(bytesAll));
    return row;
  }

  /** Read units for twenty entries, which a page is. */
  private static double units(double bytes) {
    return Math.ceil(20 * bytes / BYTES_PER_HALF_UNIT) / 2;
  }
}
