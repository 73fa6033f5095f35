package dev.screenful.schema;

import graphql.language.InterfaceTypeDefinition;
import graphql.language.NamedNode;
import graphql.language.Node;
import graphql.language.ScalarTypeDefinition;
import graphql.language.TypeDefinition;
import graphql.language.UnionTypeDefinition;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.GraphQLUnionType;
import graphql.schema.idl.TypeDefinitionRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds every mismatch between the SDL and the registrations, one line each. */
final class WiringProblems {

  private final GraphQLSchema schema;
  private final RegisteredFields registered;
  private final List<String> problems = new ArrayList<>();

  private WiringProblems(GraphQLSchema schema, RegisteredFields registered) {
    this.schema = schema;
    this.registered = registered;
  }

  /**
   * Throws if there is any problem.
   *
   * @throws InvalidSchema with all problems
   */
  static void refuse(List<String> problems) {
    if (!problems.isEmpty()) {
      throw new InvalidSchema(problems);
    }
  }

  /** Problems that would keep graphql-java from building the schema. */
  static List<String> ofDefinitions(TypeDefinitionRegistry sdl, RegisteredFields registered) {
    List<String> problems = ofScalars(sdl);
    for (TypeDefinition<?> type : abstractTypes(sdl)) {
      if (!registered.typesOf().containsKey(type.getName())) {
        problems.add(
            "%s: no type resolver for %s; register typeOf(\"%s\", ...)."
                .formatted(
                    SchemaFiles.at(type.getSourceLocation()), type.getName(), type.getName()));
      }
    }
    return problems;
  }

  /** Scalars that the engine does not support. */
  static List<String> ofScalars(TypeDefinitionRegistry sdl) {
    List<String> problems = new ArrayList<>();
    for (ScalarTypeDefinition scalar : sdl.scalars().values()) {
      if (scalar.getSourceLocation() != null && !Scalars.has(scalar.getName())) {
        problems.add(
            "%s: unknown scalar '%s'; the engine supports %s."
                .formatted(
                    at(scalar),
                    scalar.getName(),
                    String.join(", ", Scalars.names().stream().sorted().toList())));
      }
    }
    return problems;
  }

  /** The interfaces and unions. */
  static List<TypeDefinition<?>> abstractTypes(TypeDefinitionRegistry sdl) {
    List<TypeDefinition<?>> types = new ArrayList<>();
    for (TypeDefinition<?> type : sdl.types().values()) {
      if (type instanceof InterfaceTypeDefinition || type instanceof UnionTypeDefinition) {
        types.add(type);
      }
    }
    return types;
  }

  /** Fields without an answer, registrations without a field, and directives that do not apply. */
  static List<String> ofFields(GraphQLSchema schema, RegisteredFields registered) {
    WiringProblems found = new WiringProblems(schema, registered);
    Set<String> roots = AppSchema.roots(schema);
    for (GraphQLObjectType type : AppSchema.objectTypes(schema)) {
      found.checkOwner(type);
      for (GraphQLFieldDefinition field : type.getFieldDefinitions()) {
        found.checkField(type, field, roots.contains(type.getName()));
      }
    }
    registered.registrations().forEach(found::checkRegistration);
    found.checkTypes();
    return found.problems;
  }

  private void checkOwner(GraphQLObjectType type) {
    OwnerRule.attribute(type)
        .filter(owner -> !registered.attributes(type.getName()).contains(owner))
        .ifPresent(owner ->
            problems.add(
                "%s: %s has @owner(field: \"%s\"), but no attribute '%s' is registered for it."
                    .formatted(
                        type.getDefinition() == null ? "schema" : at(type.getDefinition()),
                        type.getName(),
                        owner,
                        owner)));
  }

  private void checkField(GraphQLObjectType type, GraphQLFieldDefinition field, boolean isRoot) {
    FieldCoordinates coordinates = FieldCoordinates.coordinates(type, field);
    String name = name(coordinates);
    String at = field.getDefinition() == null ? "schema" : at(field.getDefinition());
    Registration registration = registered.registrations().get(coordinates);
    if (registration == null
        && !ConnectionTypes.answers(type, field)
        && !registered.attributes(type.getName()).contains(field.getName())) {
      problems.add(
          "%s: no resolver answers %s; register a resolver, or an attribute of that name on '%s'."
              .formatted(at, name, type.getName()));
    }
    if (!isRoot && field.hasAppliedDirective("public")) {
      problems.add(
          "%s: @public has no effect on %s, only on fields of Query and Mutation; remove it."
              .formatted(at, name));
    }
    if (isLoadedSeparately(registration, isRoot) && GraphQLTypeUtil.isNonNull(field.getType())) {
      problems.add(
          "%s: %s is loaded separately and can fail separately; make it nullable, or its failure would null its parent."
              .formatted(at, name));
    }
    boolean isMutation = type.equals(schema.getMutationType());
    if (isMutation && registration != null && !(registration instanceof Registration.ByMutation)) {
      problems.add( // any other registration has no transaction to commit with its outcome
          "%s: %s is a mutation; register it with fields.mutation.".formatted(at, name));
    }
    problems.addAll(OnceRule.problems(field, isMutation, at, name));
  }

  /**
   * An error in a non-null field nulls its parent, and so on up to the root. Resolvers of fields
   * below the root are trusted: most only compute a value from their source.
   */
  private static boolean isLoadedSeparately(@Nullable Registration registration, boolean isRoot) {
    return registration instanceof Registration.ByKey
        || registration instanceof Registration.ByExistence
        || registration instanceof Registration.ByBatch
        || (isRoot && registration != null);
  }

  private void checkRegistration(FieldCoordinates field, Registration registration) {
    GraphQLObjectType type = schema.getObjectType(field.getTypeName());
    if (type == null || type.getFieldDefinition(field.getFieldName()) == null) {
      problems.add("%s is registered, but the SDL has no such field.".formatted(name(field)));
    }
    Set<String> attributes = registered.attributes(field.getTypeName());
    for (String need : registration.needs()) {
      if (!attributes.contains(need)) {
        problems.add(
            "%s needs the attribute '%s', but no such attribute is registered for '%s'."
                .formatted(name(field), need, field.getTypeName()));
      }
    }
  }

  private void checkTypes() {
    for (String type : registered.typesWithAttributes()) {
      if (schema.getObjectType(type) == null) {
        problems.add(
            "attributes of '%s' are registered, but the SDL has no such type.".formatted(type));
      }
    }
    for (String type : registered.typesOf().keySet()) {
      if (!(schema.getType(type) instanceof GraphQLInterfaceType
          || schema.getType(type) instanceof GraphQLUnionType)) {
        problems.add(
            "typeOf(\"%s\", ...) is registered, but the SDL has no such interface or union."
                .formatted(type));
      }
    }
    for (FieldCoordinates field : registered.repeated()) {
      problems.add("%s is registered more than once.".formatted(name(field)));
    }
  }

  private static String name(FieldCoordinates field) {
    return field.getTypeName() + "." + field.getFieldName();
  }

  private static <T extends Node<?> & NamedNode<?>> String at(T node) {
    return SchemaFiles.at(node.getSourceLocation());
  }
}
