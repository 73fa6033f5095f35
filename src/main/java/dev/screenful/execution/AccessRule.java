package dev.screenful.execution;

import dev.screenful.identity.Caller;
import dev.screenful.resolver.ClientError;
import dev.screenful.resolver.ErrorCode;
import graphql.schema.GraphQLAppliedDirective;
import graphql.schema.GraphQLFieldDefinition;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Who may ask for a field, as the SDL says it: fields of {@code Query} and {@code Mutation} are for
 * signed-in callers, except where {@code @public} opens one to all, and {@code @role} keeps any
 * field to some.
 */
sealed interface AccessRule {

  /** Anyone may ask. */
  record Anyone() implements AccessRule {}

  /** Callers who are signed in may ask. */
  record SignedIn() implements AccessRule {}

  /** Callers with one of the roles may ask. */
  record AnyRole(Set<String> roles) implements AccessRule {}

  static AccessRule of(GraphQLFieldDefinition field, boolean root) {
    GraphQLAppliedDirective role = field.getAppliedDirective("role");
    if (role != null) {
      List<String> any = Objects.requireNonNull(role.getArgument("any")).getValue();
      return new AnyRole(Set.copyOf(any));
    }
    return root && field.getAppliedDirective("public") == null ? new SignedIn() : new Anyone();
  }

  /**
   * Lets a caller pass.
   *
   * @throws ClientError {@code UNAUTHENTICATED} or {@code FORBIDDEN}
   */
  default void check(Caller caller) {
    switch (this) {
      case Anyone() -> {}
      case SignedIn() -> signedIn(caller);
      case AnyRole(Set<String> roles) -> {
        if (signedIn(caller).roles().stream().noneMatch(roles::contains)) {
          throw new ClientError(ErrorCode.FORBIDDEN, "This is not for you.");
        }
      }
    }
  }

  private static Caller.Verified signedIn(Caller caller) {
    if (caller instanceof Caller.Verified verified) {
      return verified;
    }
    throw ClientError.unauthenticated();
  }
}
