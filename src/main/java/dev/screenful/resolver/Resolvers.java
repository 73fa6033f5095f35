package dev.screenful.resolver;

/** A class that answers some fields of the schema. */
public interface Resolvers {

  /** Names the fields and what answers each; called once, at start-up. */
  void register(Fields fields);
}
