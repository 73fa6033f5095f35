package dev.screenful.resolver;

import dev.screenful.store.ChangeLog;
import java.util.List;

/** Which items a caller's phones keep, see {@link Fields#changes}. */
public interface Sync {

  /**
   * The partition of the caller's items.
   *
   * @throws ClientError {@code UNAUTHENTICATED} for callers who have none
   */
  String owner(Call call);

  /**
   * The caller's items that show parts of other items and may still change by them. They are read
   * whole and consistently.
   */
  List<ChangeLog.Showing> showing(Call call);
}
