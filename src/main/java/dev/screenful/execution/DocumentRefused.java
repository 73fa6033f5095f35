package dev.screenful.execution;

/** A document that is not executed. */
public final class DocumentRefused extends Exception {

  private static final long serialVersionUID = 1;

  private final transient Answer answer;

  public DocumentRefused(Answer answer) {
    super("refused", null, false, false); // no stack trace: it is an answer, not a fault
    this.answer = answer;
  }

  /** What the client reads. */
  public Answer answer() {
    return answer;
  }
}
