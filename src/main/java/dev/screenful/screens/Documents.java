package dev.screenful.screens;

import dev.screenful.execution.Execution;
import dev.screenful.execution.Prepared;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Documents by their text, parsed and validated once: an app sends the same few over and over. Only
 * valid ones are kept, and of them the ones used last, so that strangers can't fill the memory.
 */
final class Documents {

  /** Documents kept; a screen's parsed form takes some tens of kilobytes. */
  private static final int KEPT = 256;

  private final Execution execution;
  private final Map<String, Prepared.Valid> kept =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Prepared.Valid> eldest) {
              return size() > KEPT;
            }
          });

  Documents(Execution execution) {
    this.execution = execution;
  }

  Prepared of(String text) {
    Prepared.Valid known = kept.get(text);
    if (known != null) {
      return known;
    }
    Prepared prepared = execution.prepare(text);
    if (prepared instanceof Prepared.Valid valid) {
      kept.put(text, valid);
    }
    return prepared;
  }
}
