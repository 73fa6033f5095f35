package dev.screenful.screens;

/** Which documents may run. */
public enum Safelist {
  /** Any that fits the schema. */
  OPEN,
  /** Those that apps are known to send, see {@link KnownScreens}. */
  KNOWN_SCREENS
}
