package dev.screenful.build;

import dev.screenful.document.ParsedDocument;
import dev.screenful.screens.KnownScreens;
import dev.screenful.screens.Manifest;
import dev.screenful.screens.Screen;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLSchema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A deprecated field, and the screens that still use it.
 *
 * @param coordinate as {@code Type.field}
 * @param users screens, and screens of released apps; empty if the field can be removed
 */
public record DeprecatedField(String coordinate, List<String> users) {

  /** The deprecated fields of a schema folder that passed {@link SchemaCheck}. */
  public static List<DeprecatedField> of(Path schemaFolder) {
    GraphQLSchema schema = ClientSchema.of(schemaFolder).schema();
    Map<String, FieldUsage> uses = new LinkedHashMap<>();
    for (Screen screen : Screen.folder(schemaFolder.resolve("screens"))) {
      uses.put("screen " + screen.name(), use(screen.document(), schema));
    }
    for (Manifest app : KnownScreens.manifests(schemaFolder)) {
      for (String text : app.documents().values()) {
        String name = ParsedDocument.of(text).operationNames().getFirst();
        uses.put("%s %s, screen %s".formatted(app.app(), app.version(), name), use(text, schema));
      }
    }
    List<DeprecatedField> deprecated = new ArrayList<>();
    for (GraphQLFieldsContainer type : containers(schema)) {
      for (GraphQLFieldDefinition field : type.getFieldDefinitions()) {
        if (field.isDeprecated()) {
          String coordinate = type.getName() + "." + field.getName();
          List<String> users =
              uses.entrySet().stream()
                  .filter(use -> use.getValue().fields().contains(coordinate))
                  .map(Map.Entry::getKey)
                  .toList();
          deprecated.add(new DeprecatedField(coordinate, users));
        }
      }
    }
    return deprecated;
  }

  private static FieldUsage use(String document, GraphQLSchema schema) {
    return FieldUsage.of(ParsedDocument.of(document).document(), schema);
  }

  private static List<GraphQLFieldsContainer> containers(GraphQLSchema schema) {
    return schema.getAllTypesAsList().stream()
        .filter(type -> !type.getName().startsWith("__"))
        .filter(GraphQLFieldsContainer.class::isInstance)
        .map(GraphQLFieldsContainer.class::cast)
        .toList();
  }

  @Override
  public String toString() {
    return users.isEmpty()
        ? coordinate + " is deprecated, and no screen or recorded release uses it. Remove it."
        : "%s is deprecated, but still used by %s.".formatted(coordinate, String.join("; ", users));
  }
}
