package dev.screenful.screens;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A map that keeps the entries used last, so that strangers can't fill the memory. To be used under
 * a lock.
 */
final class Recent<K, V> extends LinkedHashMap<K, V> {

  private static final long serialVersionUID = 1;

  private final int most;

  Recent(int most) {
    super(16, 0.75f, true);
    this.most = most;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > most;
  }
}
