package dev.screenful.resolver;

/** A class that answers fields of the schema. */
public interface Resolvers {

  /** Registers the fields. Called once, at start-up. */
  void register(Fields fields);
}
