package dev.screenful.build;

/**
 * Default limits of the template, and quotas of an AWS account in one Region. {@code
 * docs/capacity.md} links their sources.
 *
 * @param stageRequests requests to the stage of the API a second, which the template sets
 * @param concurrency concurrent executions of all Lambda functions
 * @param lambdaRequests requests to Lambda functions a second: ten for each concurrent execution
 * @param gatewayRequests requests to all APIs of API Gateway a second
 * @param tableReadUnits read units a second of a table on demand, and of each index
 * @param tableWriteUnits write units a second of a table on demand, and of each index
 * @param partitionReadUnits read units a second of one partition; fixed
 * @param partitionWriteUnits write units a second of one partition; fixed
 */
public record Quotas(
    double stageRequests,
    double concurrency,
    double lambdaRequests,
    double gatewayRequests,
    double tableReadUnits,
    double tableWriteUnits,
    double partitionReadUnits,
    double partitionWriteUnits) {

  /** The defaults on 2026-11-29. */
  public static final Quotas DEFAULTS =
      new Quotas(200, 1_000, 10_000, 10_000, 40_000, 40_000, 3_000, 1_000);
}
