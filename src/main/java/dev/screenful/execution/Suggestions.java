package dev.screenful.execution;

import dev.screenful.schema.NearName;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLSchema;
import graphql.validation.ValidationError;
import graphql.validation.ValidationErrorClassification;
import graphql.validation.ValidationErrorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Adds the name that was probably meant to errors about unknown fields and types. They show names
 * of the schema, so they are for documents of developers: screens, and the requests of an open
 * function, which can be introspected.
 */
public final class Suggestions {

  private Suggestions() {}

  /** The error, with a suggestion if there is one. */
  public static ValidationError added(ValidationError error, GraphQLSchema schema) {
    String near = near(error, schema);
    return near == null
        ? error
        : ValidationError.newValidationError()
            .validationErrorType(error.getValidationErrorType())
            .description("%s Did you mean '%s'?".formatted(error.getMessage(), near))
            .sourceLocations(error.getLocations())
            .queryPath(error.getQueryPath())
            .build();
  }

  /** The error has no other trace of the names than its message, which quotes them. */
  private static @Nullable String near(ValidationError error, GraphQLSchema schema) {
    String[] parts = error.getMessage().split("'", -1);
    ValidationErrorClassification kind = error.getValidationErrorType();
    if (kind == ValidationErrorType.FieldUndefined && parts.length == 5) {
      return schema.getType(parts[1]) instanceof GraphQLFieldsContainer type
          ? NearName.of(parts[3], fields(type))
          : null;
    }
    return kind == ValidationErrorType.UnknownType && parts.length == 3
        ? NearName.of(parts[1], types(schema))
        : null;
  }

  private static List<String> fields(GraphQLFieldsContainer type) {
    return type.getFieldDefinitions().stream().map(GraphQLFieldDefinition::getName).toList();
  }

  private static List<String> types(GraphQLSchema schema) {
    return schema.getAllTypesAsList().stream().map(GraphQLNamedType::getName).toList();
  }
}
