package dev.screenful.local;

import java.util.Set;

/**
 * Someone to sign in as on the development server.
 *
 * @param id the caller's id
 * @param name what GraphiQL calls them
 * @param roles what they may act as
 */
public record DevelopmentIdentity(String id, String name, Set<String> roles) {}
