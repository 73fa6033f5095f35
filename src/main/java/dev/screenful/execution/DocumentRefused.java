package dev.screenful.execution;

/** A document that is not executed. */
public final class DocumentRefused extends Exception {

  private static final long serialVersionUID = 1;

  private final transient GraphqlResponse answer;

  public DocumentRefused(GraphqlResponse answer) {
    super("refused", null, false, false); // no stack trace: it is an answer, not a fault
    this.answer = answer;
  }

  /** What the client reads. */
  public GraphqlResponse answer() {
    return answer;
  }
}
