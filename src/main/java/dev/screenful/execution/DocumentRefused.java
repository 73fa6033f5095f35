package dev.screenful.execution;

/** A document that is not executed. */
public final class DocumentRefused extends Exception {

  private static final long serialVersionUID = 1;

  private final transient GraphqlResponse response;

  public DocumentRefused(GraphqlResponse response) {
    super("refused", null, false, false); // no stack trace: it is a response, not a fault
    this.response = response;
  }

  /** The response to the client. */
  public GraphqlResponse response() {
    return response;
  }
}
