package dev.screenful.schema;

import graphql.Directives;
import graphql.language.AstTransformer;
import graphql.language.Directive;
import graphql.language.DirectiveDefinition;
import graphql.language.Node;
import graphql.language.NodeVisitorStub;
import graphql.language.SDLDefinition;
import graphql.language.SDLExtensionDefinition;
import graphql.language.ScalarTypeDefinition;
import graphql.language.TypeDefinition;
import graphql.language.TypeName;
import graphql.schema.GraphQLScalarType;
import graphql.schema.idl.ScalarInfo;
import graphql.util.TraversalControl;
import graphql.util.TraverserContext;
import graphql.util.TreeTransformerUtil;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The types and directives that SDL uses without defining them. They are reported, and then left
 * out, so that a wrong name does not hide other mistakes.
 */
final class UndefinedNames {

  private final Set<String> types = new TreeSet<>();
  private final Set<String> directives = new TreeSet<>(Directives.BUILT_IN_DIRECTIVES_MAP.keySet());
  private final Map<String, TypeName> missingTypes = new LinkedHashMap<>();
  private final List<String> problems;
  private boolean hasUnknownDirective;

  private UndefinedNames(List<SDLDefinition<?>> definitions, List<String> problems) {
    this.problems = problems;
    for (GraphQLScalarType scalar : ScalarInfo.GRAPHQL_SPECIFICATION_SCALARS) {
      types.add(scalar.getName());
    }
    for (SDLDefinition<?> definition : definitions) {
      if (definition instanceof DirectiveDefinition directive) {
        directives.add(directive.getName());
      } else if (definition instanceof TypeDefinition<?> type
          && !(definition instanceof SDLExtensionDefinition)) {
        types.add(type.getName());
      }
    }
    definitions.forEach(definition -> visit((Node<?>) definition));
  }

  /**
   * The definitions with a scalar in place of each undefined type, and without undefined
   * directives.
   *
   * @param problems receives one line for each use
   */
  static List<SDLDefinition<?>> replaced(
      List<SDLDefinition<?>> definitions, List<String> problems) {
    UndefinedNames names = new UndefinedNames(definitions, problems);
    List<SDLDefinition<?>> replaced = new ArrayList<>();
    for (SDLDefinition<?> definition : definitions) {
      replaced.add(
          names.hasUnknownDirective ? names.withoutUnknownDirectives(definition) : definition);
    }
    for (TypeName missing : names.missingTypes.values()) {
      replaced.add(ScalarTypeDefinition.newScalarTypeDefinition().name(missing.getName()).build());
    }
    return replaced;
  }

  private void visit(Node<?> node) {
    if (node instanceof TypeName type && !types.contains(type.getName())) {
      problems.add(
          "%s: there is no type '%s'%s"
              .formatted(
                  SchemaFiles.at(type.getSourceLocation()),
                  type.getName(),
                  NearName.suggestion(type.getName(), types)));
      missingTypes.putIfAbsent(type.getName(), type);
    } else if (node instanceof Directive directive && isUnknown(directive)) {
      problems.add(
          "%s: there is no directive '@%s'%s"
              .formatted(
                  SchemaFiles.at(directive.getSourceLocation()),
                  directive.getName(),
                  NearName.suggestion(directive.getName(), directives)));
      hasUnknownDirective = true;
    }
    for (Node<?> child : node.getChildren()) {
      visit(child);
    }
  }

  private boolean isUnknown(Directive directive) {
    return !directives.contains(directive.getName());
  }

  private SDLDefinition<?> withoutUnknownDirectives(SDLDefinition<?> definition) {
    NodeVisitorStub visitor =
        new NodeVisitorStub() {
          @Override
          public TraversalControl visitDirective(
              Directive directive, TraverserContext<Node> context) {
            return isUnknown(directive)
                ? TreeTransformerUtil.deleteNode(context)
                : TraversalControl.CONTINUE;
          }
        };
    return (SDLDefinition<?>) new AstTransformer().transform((Node<?>) definition, visitor);
  }
}
