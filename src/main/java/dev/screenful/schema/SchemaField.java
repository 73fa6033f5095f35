package dev.screenful.schema;

import graphql.schema.GraphQLFieldDefinition;
import org.jspecify.annotations.Nullable;

/**
 * A field of an object type, with its registration and the rules that its directives set.
 *
 * @param definition the field in graphql-java's schema
 * @param registration the way it is answered; null for an attribute of the parent item
 * @param access who may read the field
 * @param cacheHint how long a response with this field may be cached
 * @param once whether a repeated mutation runs once
 */
public record SchemaField(
    GraphQLFieldDefinition definition,
    @Nullable Registration registration,
    AccessRule access,
    CacheHint cacheHint,
    OnceRule once) {}
