package dev.layover;

import dev.screenful.store.Key;
import java.util.Set;

/** The airlines in the table. */
public final class Airlines {

  /** The attributes of an airline's item. */
  public static final Set<String> ATTRIBUTES = Set.of("code", "name");

  private Airlines() {}

  /** The key of an airline. */
  public static Key key(String code) {
    return new Key("AIRLINE#" + code, "AIRLINE");
  }
}
