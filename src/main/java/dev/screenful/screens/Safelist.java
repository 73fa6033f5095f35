package dev.screenful.screens;

/** The documents that may run. */
public enum Safelist {
  /** Any document that is valid for the schema. */
  OPEN,
  /** The documents of {@link KnownScreens} only. */
  KNOWN_SCREENS
}
