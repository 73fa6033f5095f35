package dev.screenful.schema;

import graphql.language.NamedNode;
import graphql.language.Node;
import graphql.language.ScalarTypeDefinition;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.GraphQLUnionType;
import graphql.schema.idl.TypeDefinitionRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds every mismatch between the SDL and the registrations, one line each. */
final class WiringProblems {

  private final GraphQLSchema schema;
  private final Set<String> releasedNonNull;
  private final RegisteredFields registered;
  private final Set<String> used;
  private final List<String> problems = new ArrayList<>();

  private WiringProblems(AppSchema.Sdl sdl, RegisteredFields registered) {
    this.schema = sdl.types();
    this.releasedNonNull = sdl.releasedNonNull();
    this.registered = registered;
    this.used = UsedTypes.of(schema);
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

  /** Scalars without a coercing. */
  static List<String> ofScalars(TypeDefinitionRegistry sdl, RegisteredFields registered) {
    List<String> problems = new ArrayList<>();
    for (ScalarTypeDefinition scalar : sdl.scalars().values()) {
      String name = scalar.getName();
      if (scalar.getSourceLocation() != null && registered.scalar(name) == null) {
        problems.add(
            Scalars.isSpecified(name)
                ? "%s: the scalar '%s' is built in; remove this line.".formatted(at(scalar), name)
                : unknownScalar(at(scalar), name));
      }
    }
    return problems;
  }

  /** The problem of a scalar that neither the engine nor the app knows. */
  static String unknownScalar(String at, String name) {
    if (name.equals("Upload")) {
      return at
          + ": files do not pass through GraphQL, because Lambda accepts at most 6 MB. Apps upload to S3 with a presigned URL (docs/uploads.md); remove 'scalar Upload'.";
    }
    return "%s: unknown scalar '%s'; register it with fields.scalar, or use one of the engine's: %s."
        .formatted(at, name, String.join(", ", new TreeSet<>(Scalars.names())));
  }

  /** Fields without an answer, registrations without a field, and directives that do not apply. */
  static List<String> ofFields(AppSchema.Sdl sdl, RegisteredFields registered) {
    WiringProblems found = new WiringProblems(sdl, registered);
    Set<String> roots = AppSchema.roots(sdl.types());
    for (GraphQLObjectType type : AppSchema.objectTypes(sdl.types())) {
      found.checkOwner(type);
      for (GraphQLFieldDefinition field : type.getFieldDefinitions()) {
        found.checkField(type, field, roots.contains(type.getName()));
      }
    }
    for (GraphQLNamedType type : sdl.types().getAllTypesAsList()) {
      if (type instanceof GraphQLInterfaceType face) {
        face.getFieldDefinitions().forEach(field -> found.checkField(face, field));
        found.checkTypeOf(face);
      }
      if (type instanceof GraphQLUnionType union) {
        found.checkTypeOf(union);
      }
    }
    registered.registrations().forEach(found::checkRegistration);
    found.checkTypes();
    return found.problems;
  }

  /** Without the function, no object of an interface or a union can be answered. */
  private void checkTypeOf(GraphQLNamedType type) {
    String name = type.getName();
    if (used.contains(name) && !registered.typesOf().containsKey(name)) {
      String at =
          type.getDefinition() == null
              ? "schema"
              : SchemaFiles.at(type.getDefinition().getSourceLocation());
      problems.add(
          "%s: no type resolver for %s; register typeOf(\"%s\", ...).".formatted(at, name, name));
    }
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
        && used.contains(type.getName())
        && !ConnectionTypes.answers(type, field)
        && !registered.attributes(type.getName()).contains(field.getName())) {
      problems.add(
          "%s: no resolver answers %s; register a resolver, or an attribute of that name on '%s'."
              .formatted(at, name, type.getName()));
    }
    if (!isRoot && field.hasAppliedDirective("public")) {
      problems.add(publicWithoutEffect(at, name));
    }
    problems.addAll(
        NonNullRule.problems(
            field,
            isLoadedSeparately(registration, isRoot),
            releasedNonNull.contains(name),
            at,
            name));
    checkList(field, registration, at, name);
    boolean isMutation = type.equals(schema.getMutationType());
    if (isMutation && registration != null && !(registration instanceof Registration.ByMutation)) {
      problems.add( // any other registration has no transaction to commit with its outcome
          "%s: %s is a mutation; register it with fields.mutation.".formatted(at, name));
    }
    problems.addAll(OnceRule.problems(field, isMutation, at, name));
    if (type.equals(schema.getSubscriptionType())) {
      checkSubscription(field, registration, at, name);
    }
  }

  /** A live screen is a query that stays open, so its fields are answered like those of a query. */
  private void checkSubscription(
      GraphQLFieldDefinition field, @Nullable Registration registration, String at, String name) {
    if (registration instanceof Registration.ByMutation
        || registration instanceof Registration.BySync) {
      problems.add(
          "%s: %s is a subscription; register it with fields.on, or remove the registration to answer it like Query.%s."
              .formatted(at, name, field.getName()));
    }
    GraphQLFieldDefinition ofQuery = schema.getQueryType().getFieldDefinition(field.getName());
    boolean isAnsweredByQuery =
        ofQuery != null
            && registration != null
            && registration.equals(
                registered
                    .registrations()
                    .get(FieldCoordinates.coordinates(schema.getQueryType(), ofQuery)));
    if (isAnsweredByQuery && !signature(ofQuery).equals(signature(field))) {
      problems.add(
          "%s: %s is answered like Query.%s, so it must have the same arguments and the same type; it has %s instead of %s."
              .formatted(at, name, field.getName(), signature(field), signature(ofQuery)));
    }
  }

  /** The arguments and the type of a field. */
  private static String signature(GraphQLFieldDefinition field) {
    String arguments =
        field.getArguments().stream()
            .map(argument ->
                argument.getName() + ": " + GraphQLTypeUtil.simplePrint(argument.getType()))
            .sorted()
            .collect(Collectors.joining(", "));
    return "(%s): %s".formatted(arguments, GraphQLTypeUtil.simplePrint(field.getType()));
  }

  private void checkList(
      GraphQLFieldDefinition field, @Nullable Registration registration, String at, String name) {
    boolean isList = GraphQLTypeUtil.isList(GraphQLTypeUtil.unwrapNonNull(field.getType()));
    if (isList && registration instanceof Registration.ByKey) {
      problems.add(
          "%s: the type of %s is a list; register it with fields.loadAll.".formatted(at, name));
    }
    if (!isList && registration instanceof Registration.ByKeys) {
      problems.add(
          "%s: the type of %s is no list; register it with fields.load.".formatted(at, name));
    }
  }

  private static String publicWithoutEffect(String at, String name) {
    return "%s: @public has no effect on %s, only on fields of Query, Mutation and Subscription; remove it."
        .formatted(at, name);
  }

  /** Rules apply to the fields of objects; those of their interfaces would only look like it. */
  private void checkField(GraphQLInterfaceType type, GraphQLFieldDefinition field) {
    String at = field.getDefinition() == null ? "schema" : at(field.getDefinition());
    String name = type.getName() + "." + field.getName();
    if (field.hasAppliedDirective("public")) {
      problems.add(publicWithoutEffect(at, name));
    }
    if (NonNullRule.isDeclared(field)) {
      problems.add(NonNullRule.withoutEffect(at, name));
    }
  }

  /**
   * An error in a non-null field nulls its parent, and so on up to the root. Resolvers of fields
   * below the root are trusted: most only compute a value from their source.
   */
  private static boolean isLoadedSeparately(@Nullable Registration registration, boolean isRoot) {
    return registration instanceof Registration.ByKey
        || registration instanceof Registration.ByKeys
        || registration instanceof Registration.ByExistence
        || registration instanceof Registration.ByBatch
        || (isRoot && registration != null);
  }

  private void checkRegistration(FieldCoordinates field, Registration registration) {
    String name = name(field);
    GraphQLObjectType type = schema.getObjectType(field.getTypeName());
    if (type == null) {
      unknown(
          name,
          "the SDL has no type '" + field.getTypeName() + "'",
          field.getTypeName(),
          typeNames());
    } else if (type.getFieldDefinition(field.getFieldName()) == null) {
      List<String> fields =
          type.getFieldDefinitions().stream().map(GraphQLFieldDefinition::getName).toList();
      unknown(name, "the SDL has no such field", field.getFieldName(), fields);
    }
    Set<String> attributes = registered.attributes(field.getTypeName());
    for (String need : registration.needs()) {
      if (!attributes.contains(need)) {
        problems.add(
            "%s: %s needs the attribute '%s', but no such attribute is registered for '%s'%s"
                .formatted(
                    places(name),
                    name,
                    need,
                    field.getTypeName(),
                    NearName.suggestion(need, attributes)));
      }
    }
  }

  /** A registration of something that the SDL lacks. */
  private void unknown(String registered, String why, String name, Collection<String> known) {
    problems.add(
        "%s: %s is registered, but %s%s"
            .formatted(places(registered), registered, why, NearName.suggestion(name, known)));
  }

  private String places(String registration) {
    return String.join(", ", registered.places(registration));
  }

  private List<String> typeNames() {
    return AppSchema.objectTypes(schema).stream().map(GraphQLObjectType::getName).toList();
  }

  private void checkTypes() {
    for (String type : registered.typesWithAttributes()) {
      if (schema.getObjectType(type) == null) {
        problems.add(
            "%s: attributes of '%s' are registered, but the SDL has no such type%s"
                .formatted(places(type), type, NearName.suggestion(type, typeNames())));
      }
    }
    for (String type : registered.typesOf().keySet()) {
      if (!(schema.getType(type) instanceof GraphQLInterfaceType
          || schema.getType(type) instanceof GraphQLUnionType)) {
        problems.add(
            "%s: typeOf(\"%s\", ...) is registered, but the SDL has no such interface or union."
                .formatted(places(type), type));
      }
    }
    for (String scalar : registered.scalars()) {
      if (Scalars.isSpecified(scalar) || Scalars.declared(scalar) != null) {
        problems.add(
            "%s: the scalar '%s' is the engine's; register another name."
                .formatted(places(scalar), scalar));
      } else if (!(schema.getType(scalar) instanceof GraphQLScalarType)) {
        problems.add(
            "%s: the scalar '%s' is registered, but the SDL does not declare it; add 'scalar %s'."
                .formatted(places(scalar), scalar, scalar));
      }
    }
    for (String name : registered.repeated()) {
      problems.add("%s: %s is registered more than once.".formatted(places(name), name));
    }
  }

  private static String name(FieldCoordinates field) {
    return field.getTypeName() + "." + field.getFieldName();
  }

  private static <T extends Node<?> & NamedNode<?>> String at(T node) {
    return SchemaFiles.at(node.getSourceLocation());
  }
}
