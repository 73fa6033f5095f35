package dev.screenful.build;

import dev.screenful.document.ParsedDocument;
import dev.screenful.screens.Screen;
import dev.screenful.screens.ScreenExample;
import graphql.language.NonNullType;
import graphql.language.OperationDefinition;
import graphql.language.VariableDefinition;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares the example of a screen with the variables of its document. Callers and placeholders are
 * the app's, so the development server and the tests check those.
 */
final class ExampleCheck {

  private ExampleCheck() {}

  /** An error for each variable that is missing in the example, or that the screen lacks. */
  static List<SchemaFinding> findings(Screen screen) {
    ScreenExample example;
    try {
      example = ScreenExample.of(screen);
    } catch (IllegalStateException unreadable) {
      return List.of(SchemaFinding.error(String.valueOf(unreadable.getMessage())));
    }
    List<String> declared = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (VariableDefinition variable : variables(screen)) {
      declared.add(variable.getName());
      if (variable.getType() instanceof NonNullType
          && variable.getDefaultValue() == null
          && example.variables().get(variable.getName()) == null) {
        missing.add(variable.getName());
      }
    }
    List<SchemaFinding> findings = new ArrayList<>();
    if (!missing.isEmpty()) {
      findings.add(
          SchemaFinding.error(
              "%s %s. The tests and the build open the screen with these variables."
                  .formatted(
                      example.file(),
                      Files.exists(example.file())
                          ? "lacks the required variables " + missing
                          : "does not exist. Create it with values for " + missing)));
    }
    for (String name : example.variables().keySet()) {
      if (!declared.contains(name)) {
        findings.add(
            SchemaFinding.error(
                "%s: The screen has no variable '%s'. Its variables are %s."
                    .formatted(example.file(), name, declared)));
      }
    }
    return findings;
  }

  private static List<VariableDefinition> variables(Screen screen) {
    return ParsedDocument.of(screen.document())
        .document()
        .getDefinitionsOfType(OperationDefinition.class)
        .getFirst()
        .getVariableDefinitions();
  }
}
