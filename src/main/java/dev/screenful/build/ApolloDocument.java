package dev.screenful.build;

import dev.screenful.document.ParsedDocument;
import graphql.language.AstTransformer;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.Node;
import graphql.language.NodeVisitorStub;
import graphql.language.OperationDefinition;
import graphql.language.SelectionSet;
import graphql.util.TraversalControl;
import graphql.util.TraverserContext;
import graphql.util.TreeTransformerUtil;
import java.util.Locale;

/**
 * A screen's document as Apollo Client sends it: with {@code __typename} in every selection set
 * except that of the operation.
 *
 * @param type {@code query}, {@code mutation} or {@code subscription}
 * @param text the document
 */
public record ApolloDocument(String type, String text) {

  private static final Field TYPENAME = Field.newField("__typename").build();

  /** The document of a screen. */
  public static ApolloDocument of(String document) {
    Document parsed = ParsedDocument.of(document).document();
    Document sent = (Document) new AstTransformer().transform(parsed, new Typenames());
    String type =
        parsed
            .getDefinitionsOfType(OperationDefinition.class)
            .getFirst()
            .getOperation()
            .name()
            .toLowerCase(Locale.ROOT);
    return new ApolloDocument(type, GraphqlJsPrinter.print(sent));
  }

  private static final class Typenames extends NodeVisitorStub {
    @Override
    public TraversalControl visitSelectionSet(SelectionSet set, TraverserContext<Node> context) {
      boolean hasTypename =
          set.getSelectionsOfType(Field.class).stream()
              .anyMatch(field -> field.getName().equals(TYPENAME.getName()));
      if (hasTypename || context.getParentNode() instanceof OperationDefinition) {
        return TraversalControl.CONTINUE;
      }
      return TreeTransformerUtil.changeNode(
          context, set.transform(changed -> changed.selection(TYPENAME)));
    }
  }
}
