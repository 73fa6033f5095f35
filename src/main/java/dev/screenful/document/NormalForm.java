package dev.screenful.document;

import graphql.language.Argument;
import graphql.language.AstTransformer;
import graphql.language.Definition;
import graphql.language.Directive;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.Node;
import graphql.language.NodeVisitorStub;
import graphql.language.ObjectField;
import graphql.language.ObjectValue;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.VariableDefinition;
import graphql.util.TraversalControl;
import graphql.util.TraverserContext;
import graphql.util.TreeTransformerUtil;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The normal form of a document: the same text for all equivalent documents. It drops the additions
 * of client libraries, and every order without meaning:
 *
 * <ul>
 *   <li>a single {@code __typename} in a selection set, which clients add for their caches. It
 *       stays if it is the only field, or has an alias or a directive;
 *   <li>{@code @budget} and {@code @logged}, which are for the server and may change after an app
 *       is released;
 *   <li>comments, white space and commas;
 *   <li>the order of arguments, input fields, variables and definitions.
 * </ul>
 *
 * A document with a known normal form is not validated again. So the dropped parts must be unable
 * to contain anything else. The order of selections stays, because responses follow it. Fragments
 * stay too.
 */
final class NormalForm {

  private static final String TYPENAME = "__typename";

  private NormalForm() {}

  static String of(Document document) {
    Normaliser normaliser = new Normaliser(isTypenameTaken(document));
    Node<?> normal = new AstTransformer().transform(document, normaliser);
    return CompactText.of(sorted((Document) normal));
  }

  /** Whether a field has this alias. Then the real {@code __typename} is an error and must stay. */
  private static boolean isTypenameTaken(Node<?> node) {
    if (node instanceof Field field && TYPENAME.equals(field.getAlias())) {
      return true;
    }
    for (Node<?> child : node.getChildren()) {
      if (isTypenameTaken(child)) {
        return true;
      }
    }
    return false;
  }

  private static Document sorted(Document document) {
    Comparator<OperationDefinition> byName =
        Comparator.comparing(operation -> String.valueOf(operation.getName()));
    List<Definition> definitions = new ArrayList<>();
    definitions.addAll(
        document.getDefinitionsOfType(OperationDefinition.class).stream().sorted(byName).toList());
    definitions.addAll(
        document.getDefinitionsOfType(FragmentDefinition.class).stream()
            .sorted(Comparator.comparing(FragmentDefinition::getName))
            .toList());
    Stream<Definition> others =
        document.getDefinitions().stream()
            .filter(definition ->
                !(definition instanceof OperationDefinition
                    || definition instanceof FragmentDefinition));
    definitions.addAll(others.toList());
    return document.transform(changed -> changed.definitions(definitions));
  }

  private static final class Normaliser extends NodeVisitorStub {

    private final boolean typenameIsTaken;

    Normaliser(boolean typenameIsTaken) {
      this.typenameIsTaken = typenameIsTaken;
    }

    @Override
    public TraversalControl visitOperationDefinition(
        OperationDefinition operation, TraverserContext<Node> context) {
      List<VariableDefinition> variables =
          operation.getVariableDefinitions().stream()
              .sorted(Comparator.comparing(VariableDefinition::getName))
              .map(Normaliser::unlogged)
              .toList();
      return TreeTransformerUtil.changeNode(
          context,
          operation.transform(changed ->
              changed
                  .directives(withoutSingle(operation.getDirectives(), Budget::matches))
                  .variableDefinitions(variables)));
    }

    private static VariableDefinition unlogged(VariableDefinition variable) {
      return variable.transform(changed ->
          changed.directives(withoutSingle(variable.getDirectives(), LoggedVariables::matches)));
    }

    @Override
    public TraversalControl visitSelectionSet(SelectionSet set, TraverserContext<Node> context) {
      boolean ofSubscription =
          context.getParentNode() instanceof OperationDefinition operation
              && operation.getOperation() == OperationDefinition.Operation.SUBSCRIPTION;
      if (typenameIsTaken || ofSubscription || set.getSelections().size() == 1) {
        return TraversalControl.CONTINUE; // a single field stays
      }
      return TreeTransformerUtil.changeNode(
          context,
          set.transform(changed ->
              changed.selections(withoutSingle(set.getSelections(), Normaliser::isAdded))));
    }

    /** Exactly as client libraries write it, so that nothing can hide in it. */
    private static boolean isAdded(Selection<?> selection) {
      return selection instanceof Field field
          && field.getName().equals(TYPENAME)
          && field.getAlias() == null
          && field.getArguments().isEmpty()
          && field.getDirectives().isEmpty()
          && field.getSelectionSet() == null;
    }

    /** Clients add exactly one; if there are more, all stay. */
    private static <T> List<T> withoutSingle(List<T> all, Predicate<? super T> added) {
      List<T> kept = all.stream().filter(one -> !added.test(one)).toList();
      return kept.size() == all.size() - 1 ? kept : all;
    }

    @Override
    public TraversalControl visitField(Field field, TraverserContext<Node> context) {
      return TreeTransformerUtil.changeNode(
          context, field.transform(changed -> changed.arguments(sorted(field.getArguments()))));
    }

    @Override
    public TraversalControl visitDirective(Directive directive, TraverserContext<Node> context) {
      return TreeTransformerUtil.changeNode(
          context,
          directive.transform(changed -> changed.arguments(sorted(directive.getArguments()))));
    }

    private static List<Argument> sorted(List<Argument> arguments) {
      return arguments.stream().sorted(Comparator.comparing(Argument::getName)).toList();
    }

    @Override
    public TraversalControl visitObjectValue(ObjectValue object, TraverserContext<Node> context) {
      List<ObjectField> fields =
          object.getObjectFields().stream()
              .sorted(Comparator.comparing(ObjectField::getName))
              .toList();
      return TreeTransformerUtil.changeNode(
          context, object.transform(changed -> changed.objectFields(fields)));
    }
  }
}
