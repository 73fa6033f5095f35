package dev.screenful.local;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The Lambda context of an invocation on this machine.
 *
 * @param getAwsRequestId the id of the invocation
 * @param getRemainingTimeInMillis the remaining time of the invocation; it does not decrease
 */
public record LocalContext(String getAwsRequestId, int getRemainingTimeInMillis)
    implements Context {

  /** The timeout of an invocation in milliseconds, as in {@code template.yaml}. */
  private static final int TIMEOUT_MILLIS = 29_000;

  /** The context of a new invocation, with a random id and the timeout of 29 seconds. */
  public LocalContext() {
    this(UUID.randomUUID().toString(), TIMEOUT_MILLIS);
  }

  @Override
  public String getLogGroupName() {
    return "local";
  }

  @Override
  public String getLogStreamName() {
    return "local";
  }

  @Override
  public String getFunctionName() {
    return "local";
  }

  @Override
  public String getFunctionVersion() {
    return "$LATEST";
  }

  @Override
  public String getInvokedFunctionArn() {
    return "arn:aws:lambda:local:000000000000:function:local";
  }

  @Override
  public @Nullable CognitoIdentity getIdentity() {
    return null;
  }

  @Override
  public @Nullable ClientContext getClientContext() {
    return null;
  }

  @Override
  public int getMemoryLimitInMB() {
    return 1024;
  }

  @Override
  public LambdaLogger getLogger() {
    return new LambdaLogger() {
      @Override
      public void log(String message) {
        System.out.println(message);
      }

      @Override
      public void log(byte[] message) {
        log(new String(message, StandardCharsets.UTF_8));
      }
    };
  }
}
