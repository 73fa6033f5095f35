package dev.screenful;

import dev.screenful.identity.TokenVerifier;
import dev.screenful.resolver.Resolvers;
import dev.screenful.store.TableDefinition;
import java.util.List;
import java.util.Optional;

/** An app on the engine. Its SDL and screens are files in the schema folder. */
public interface App {

  /** The resolver classes of the SDL's fields. */
  List<Resolvers> resolvers();

  /** The definition of the app's table. */
  TableDefinition table();

  /**
   * Verifies the tokens that the app issues itself, such as in a mutation {@code login}, because it
   * has no identity provider. The function and the development server accept them beside the tokens
   * of their issuer. By default there are none.
   */
  default Optional<TokenVerifier> tokens() {
    return Optional.empty();
  }

  /**
   * The scheme that the app's clients send before the token in {@code authorization}, for released
   * clients that can't send {@code Bearer}, which is always accepted. Empty if they send the token
   * alone.
   */
  default String authorizationScheme() {
    return "Bearer";
  }
}
