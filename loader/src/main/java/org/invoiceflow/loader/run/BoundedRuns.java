package org.invoiceflow.loader.run;

import java.io.Closeable;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.invoiceflow.loader.input.InputException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.SfnClientBuilder;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.SfnException;

/**
 * Starts imports and replays on AWS by the state machine that Terraform makes, and waits for them.
 * A run goes on whether somebody waits or not. Credentials come from the AWS SDK's default chain.
 */
public final class BoundedRuns implements Closeable {

  /** A run takes minutes, and its state machine looks at it as often. */
  private static final Duration POLL_INTERVAL = Duration.ofSeconds(10);

  /** arn:PARTITION:states:REGION:ACCOUNT:stateMachine:NAME */
  private static final int ARN_PARTS = 7;

  private final SfnClient stepFunctions;
  private final String stateMachine;
  private final Duration pollInterval;

  BoundedRuns(SfnClient stepFunctions, String stateMachine, Duration pollInterval) {
    this.stepFunctions = stepFunctions;
    this.stateMachine = stateMachine;
    this.pollInterval = pollInterval;
  }

  /**
   * @param stateMachine its ARN, which Terraform prints as {@code import_state_machine}
   * @param endpoint another service than that of AWS
   * @throws InputException if this is no such ARN
   */
  public static BoundedRuns by(String stateMachine, Optional<URI> endpoint) throws InputException {
    String[] arn = stateMachine.split(":", -1);
    if (arn.length != ARN_PARTS || !arn[2].equals("states") || !arn[5].equals("stateMachine")) {
      throw new InputException(
          "'"
              + stateMachine
              + "' is no ARN of a state machine; it looks like"
              + " arn:aws:states:eu-central-1:123456789012:stateMachine:NAME.");
    }
    SfnClientBuilder builder =
        SfnClient.builder()
            .region(Region.of(arn[3]))
            .httpClientBuilder(UrlConnectionHttpClient.builder());
    endpoint.ifPresent(builder::endpointOverride);
    return new BoundedRuns(builder.build(), stateMachine, POLL_INTERVAL);
  }

  /**
   * Starts a run. The name makes a repeated call safe: while the run goes on it finds the same run.
   *
   * @param name also the run's id, by which its completion is recorded
   * @return the execution's ARN
   * @throws RunException if the service cannot be reached or refuses
   */
  public String start(String name, RunInput input) throws RunException {
    try {
      return stepFunctions
          .startExecution(
              request -> request.stateMachineArn(stateMachine).name(name).input(input.toJson()))
          .executionArn();
    } catch (SdkException e) {
      throw new RunException("The run was not started: " + messageOf(e) + ".", e);
    }
  }

  /**
   * Waits until a run has ended.
   *
   * @param execution the execution's ARN
   * @return what the state machine says of the run, as JSON: its completion record
   * @throws RunException if the run did not succeed, with the reason, or if the service cannot be
   *     asked any more
   * @throws InterruptedException if the waiting thread is interrupted; the run goes on
   */
  public String await(String execution) throws RunException, InterruptedException {
    while (true) {
      DescribeExecutionResponse run = describe(execution);
      if (run.status() == ExecutionStatus.SUCCEEDED) {
        return run.output();
      }
      if (run.status() != ExecutionStatus.RUNNING) {
        throw new RunException(failure(run));
      }
      Thread.sleep(pollInterval.toMillis());
    }
  }

  @Override
  public void close() {
    stepFunctions.close();
  }

  private DescribeExecutionResponse describe(String execution) throws RunException {
    try {
      return stepFunctions.describeExecution(request -> request.executionArn(execution));
    } catch (SdkException e) {
      throw new RunException(
          "The run " + execution + " goes on, but cannot be watched: " + messageOf(e) + ".", e);
    }
  }

  private static String failure(DescribeExecutionResponse run) {
    return switch (run.status()) {
      case ABORTED -> "The run " + run.name() + " was stopped by hand.";
      case TIMED_OUT -> "The run " + run.name() + " took too long; see its execution.";
      default ->
          "The run "
              + run.name()
              + " failed: "
              + (run.cause() == null ? "the state machine names no cause." : run.cause());
    };
  }

  private static String messageOf(SdkException e) {
    return e instanceof SfnException refusal && refusal.awsErrorDetails() != null
        ? refusal.awsErrorDetails().errorMessage() + " (status " + refusal.statusCode() + ")"
        : String.valueOf(e.getMessage());
  }
}
