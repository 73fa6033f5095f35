package dev.screenful.dynamodb;

/** DynamoDB throttled a call, failed, or could not be reached, in spite of retries. */
public final class DynamoDbUnavailable extends RuntimeException {

  private static final long serialVersionUID = 1;

  DynamoDbUnavailable(String message) {
    super(message);
  }

  DynamoDbUnavailable(Throwable cause) {
    super("DynamoDB did not respond: " + cause.getMessage(), cause);
  }
}
