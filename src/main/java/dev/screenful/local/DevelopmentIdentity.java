package dev.screenful.local;

import java.util.Set;

/**
 * A user to sign in as on the development server.
 *
 * @param id the caller's id
 * @param name the display name in GraphiQL and in the token
 * @param roles the roles for {@code @role}
 */
public record DevelopmentIdentity(String id, String name, Set<String> roles) {

  /** In a list of identities: any other id can sign in too, as a user without roles. */
  public static final DevelopmentIdentity ANYONE = new DevelopmentIdentity("*", "Anyone", Set.of());
}
