package dev.screenful.runtime;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An invocation of the function. What does not differ between invocations comes from the
 * environment variables of the function.
 *
 * @param event the event as JSON
 * @param deadline the time at which Lambda ends the invocation
 * @param getXrayTraceId the tracing header of AWS X-Ray; null if there is none
 */
record Invocation(
    byte[] event,
    String getAwsRequestId,
    Instant deadline,
    String getInvokedFunctionArn,
    @Nullable String getXrayTraceId)
    implements Context {

  @Override
  public int getRemainingTimeInMillis() {
    return (int) (deadline.toEpochMilli() - System.currentTimeMillis());
  }

  @Override
  public String getFunctionName() {
    return variable("AWS_LAMBDA_FUNCTION_NAME");
  }

  @Override
  public String getFunctionVersion() {
    return variable("AWS_LAMBDA_FUNCTION_VERSION");
  }

  @Override
  public int getMemoryLimitInMB() {
    return Integer.parseInt(variable("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"));
  }

  @Override
  public String getLogGroupName() {
    return variable("AWS_LAMBDA_LOG_GROUP_NAME");
  }

  @Override
  public String getLogStreamName() {
    return variable("AWS_LAMBDA_LOG_STREAM_NAME");
  }

  private static String variable(String name) {
    String value = System.getenv(name);
    return value == null ? "" : value;
  }

  /** Always null: only the AWS Mobile SDK sends an identity, not a gateway. */
  @Override
  public @Nullable CognitoIdentity getIdentity() {
    return null;
  }

  /** Always null: only the AWS Mobile SDK sends a client context, not a gateway. */
  @Override
  public @Nullable ClientContext getClientContext() {
    return null;
  }

  @Override
  public LambdaLogger getLogger() {
    return LambdaRuntime.getLogger();
  }
}
