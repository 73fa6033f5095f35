package dev.screenful.dynamodb;

/** DynamoDB refused a request, and a retry would not help. */
public class DynamoDbException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String code;

  DynamoDbException(String code, String message) {
    super(code + ": " + message);
    this.code = code;
  }

  /** The error code without its namespace, such as {@code ValidationException}. */
  public String code() {
    return code;
  }
}
