package dev.screenful.document;

import graphql.language.AstPrinter;
import graphql.language.AstTransformer;
import graphql.language.Document;
import graphql.language.FloatValue;
import graphql.language.Node;
import graphql.language.NodeVisitorStub;
import graphql.util.TraversalControl;
import graphql.util.TraverserContext;
import graphql.util.TreeTransformerUtil;
import java.math.BigDecimal;

/** Prints a document without comments and white space. */
final class CompactText {

  private CompactText() {}

  static String of(Document document) {
    return AstPrinter.printAstCompact(new AstTransformer().transform(document, new Floats()));
  }

  /** The printer would print {@code 20e0} as {@code 20}, which is an Int. */
  private static final class Floats extends NodeVisitorStub {

    @Override
    public TraversalControl visitFloatValue(FloatValue number, TraverserContext<Node> context) {
      BigDecimal value = number.getValue();
      return value.scale() == 0
          ? TreeTransformerUtil.changeNode(
              context, number.transform(changed -> changed.value(value.setScale(1))))
          : TraversalControl.CONTINUE;
    }
  }
}
