package dev.screenful.schema;

import dev.screenful.identity.Caller;
import dev.screenful.resolver.ClientError;
import dev.screenful.resolver.ErrorCode;
import graphql.schema.GraphQLAppliedDirective;
import graphql.schema.GraphQLFieldDefinition;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Who may read a field. Fields of {@code Query}, {@code Mutation} and {@code Subscription} require
 * a signed-in caller, unless {@code @public} opens them to everyone. {@code @role} restricts any
 * field to callers with one of its roles.
 */
public sealed interface AccessRule {

  /** Every caller. */
  record Anyone() implements AccessRule {}

  /** Signed-in callers. */
  record SignedIn() implements AccessRule {}

  /** Callers with at least one of the roles. */
  record AnyRole(Set<String> roles) implements AccessRule {}

  /**
   * The rule of a field.
   *
   * @param root whether it belongs to a root operation type
   */
  static AccessRule of(GraphQLFieldDefinition field, boolean root) {
    GraphQLAppliedDirective role = field.getAppliedDirective("role");
    if (role != null) {
      List<String> any = Objects.requireNonNull(role.getArgument("any")).getValue();
      return new AnyRole(Set.copyOf(any));
    }
    return root && field.getAppliedDirective("public") == null ? new SignedIn() : new Anyone();
  }

  /**
   * Checks a caller.
   *
   * @throws ClientError {@code UNAUTHENTICATED} or {@code FORBIDDEN}
   */
  default void check(Caller caller) {
    switch (this) {
      case Anyone() -> {}
      case SignedIn() -> signedIn(caller);
      case AnyRole(Set<String> roles) -> {
        if (signedIn(caller).roles().stream().noneMatch(roles::contains)) {
          throw new ClientError(
              ErrorCode.FORBIDDEN, "You do not have the role that this field requires.");
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
