package dev.screenful.build;

import dev.screenful.schema.InvalidSchema;
import dev.screenful.schema.SdlTypes;
import graphql.ExecutionInput;
import graphql.GraphQL;
import graphql.introspection.IntrospectionQueryBuilder;
import graphql.introspection.IntrospectionQueryBuilder.Options;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.SchemaPrinter;
import java.nio.file.Path;
import java.util.Map;

/**
 * The schema in the two forms that client code generators read.
 *
 * @param schema the schema of all SDL files, without data fetchers
 */
record ClientSchema(GraphQLSchema schema) {

  /**
   * The schema of a folder.
   *
   * @throws InvalidSchema if the SDL is invalid
   */
  static ClientSchema of(Path schemaFolder) {
    return new ClientSchema(SdlTypes.of(schemaFolder));
  }

  /** All SDL files as one document. */
  String sdl() {
    return new SchemaPrinter(
            SchemaPrinter.Options.defaultOptions()
                .includeScalarTypes(true)
                .includeDirectives(true)
                .includeDirectiveDefinitions(true))
        .print(schema);
  }

  /** The response to the introspection query of client tools. */
  Map<String, Object> introspection() {
    String query = IntrospectionQueryBuilder.build(Options.defaultOptions());
    return GraphQL.newGraphQL(schema)
        .build()
        .execute(ExecutionInput.newExecutionInput(query))
        .toSpecification();
  }
}
