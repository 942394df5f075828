package dev.pgbound.aws;

import dev.pgbound.aws.CallListener.Call;
import dev.pgbound.spi.ResourceException;
import dev.pgbound.spi.ResourceException.Kind;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/** Says what the exceptions of the SDK mean. Applied to every call by {@link CallInterceptor}. */
final class AwsErrors {

  /** Parts of error codes and the kind of error they stand for; the first rule that fits wins. */
  private record Rule(Kind kind, List<String> parts) {
    boolean fits(String code) {
      return parts.stream().anyMatch(code::contains);
    }
  }

  private static final List<Rule> RULES =
      List.of(
          rule(Kind.THROTTLED, "Throttl", "RequestLimitExceeded", "TooManyRequests", "SlowDown"),
          rule(Kind.NOT_FOUND, "NotFound", "NoSuchEntity", "NonExistent", "NotAttached"),
          rule(Kind.ALREADY_EXISTS, "AlreadyExist", "Duplicate", "ResourceExists"),
          rule(
              Kind.ACCESS_DENIED,
              "AccessDenied",
              "Unauthorized",
              "NotAuthorized",
              "NoAuthorization",
              "AuthorizationError",
              "AuthFailure",
              "ExpiredToken",
              "InvalidClientTokenId",
              "UnrecognizedClient",
              "SignatureDoesNotMatch",
              "OptInRequired"),
          rule(
              Kind.CONFLICT,
              "DependencyViolation",
              "DeleteConflict",
              "ConcurrentModification",
              "InUse",
              "InvalidResourceState",
              "StateFault",
              "InvalidDBClusterState",
              "InvalidDBInstanceState",
              "IncorrectState",
              "FailedDependency",
              "AlreadyAssociated",
              "Conflict"),
          rule(Kind.QUOTA_EXCEEDED, "LimitExceeded", "QuotaExceeded", "Insufficient"),
          rule(Kind.UNAVAILABLE, "ServiceUnavailable", "InternalFailure", "InternalError"));

  /** Refusals of the credentials themselves: no policy would help. */
  private static final Set<String> CREDENTIALS =
      Set.of(
          "AuthFailure",
          "ExpiredToken",
          "ExpiredTokenException",
          "InvalidClientTokenId",
          "UnrecognizedClientException",
          "SignatureDoesNotMatch");

  /** Refusals for want of a permission, whose message does not always name the action. */
  private static final Set<String> PERMISSIONS =
      Set.of(
          "AccessDenied", "AccessDeniedException", "AuthorizationError", "UnauthorizedOperation");

  private AwsErrors() {}

  private static Rule rule(Kind kind, String... parts) {
    return new Rule(kind, List.of(parts));
  }

  /**
   * What {@code failure} of {@code call} means, in the service's words.
   *
   * @param discretion leaves out of these words what is secret
   */
  static ResourceException translate(
      SdkException failure, Call call, UnaryOperator<String> discretion) {
    if (failure instanceof AbortedException) {
      return new ResourceException(
          Kind.INTERRUPTED, "Interrupted", call + " was interrupted", failure);
    }
    if (failure instanceof SdkServiceException refusal) {
      return refusal(refusal, call, discretion);
    }
    return new ResourceException(
        Kind.UNAVAILABLE, "Unreachable", call + ": " + unreachable(failure), failure);
  }

  /** A refusal of a part of a call that as a whole succeeded. */
  static ResourceException partial(Call call, String code, String words) {
    return new ResourceException(
        kind(code).orElse(Kind.INVALID_REQUEST), code, call + ": " + words);
  }

  /** Whether the service answered with one of these codes. */
  static Predicate<ResourceException> code(String... codes) {
    return e -> List.of(codes).contains(e.code());
  }

  /** Whether the service says that what the call is about does not exist. */
  static boolean isNotFound(ResourceException e) {
    return e.kind() == Kind.NOT_FOUND;
  }

  private static ResourceException refusal(
      SdkServiceException refusal, Call call, UnaryOperator<String> discretion) {
    String code = code(refusal);
    Kind kind = kind(refusal, code);
    String message = call + ": " + discretion.apply(words(refusal, code));
    if (CREDENTIALS.contains(code)) {
      message += " Renew the AWS credentials, for instance with `aws sso login`.";
    } else if (PERMISSIONS.contains(code) && !message.contains("perform: ")) {
      message += " The IAM action " + call + " is not allowed.";
    }
    return new ResourceException(kind, code, message, refusal);
  }

  private static Kind kind(SdkServiceException refusal, String code) {
    Kind other = refusal.statusCode() >= 500 ? Kind.UNAVAILABLE : Kind.INVALID_REQUEST;
    return refusal.isThrottlingException() ? Kind.THROTTLED : kind(code).orElse(other);
  }

  private static Optional<Kind> kind(String code) {
    return RULES.stream().filter(rule -> rule.fits(code)).map(Rule::kind).findFirst();
  }

  private static String code(SdkServiceException refusal) {
    return refusal instanceof AwsServiceException aws && aws.awsErrorDetails() != null
        ? Optional.ofNullable(aws.awsErrorDetails().errorCode()).orElse("Unknown")
        : "Unknown";
  }

  private static String words(SdkServiceException refusal, String code) {
    Optional<String> words =
        refusal instanceof AwsServiceException aws && aws.awsErrorDetails() != null
            ? Optional.ofNullable(aws.awsErrorDetails().errorMessage())
            : Optional.empty();
    String text =
        words
            .map(AwsErrors::withoutEncodedPart)
            .filter(message -> !message.isBlank())
            .orElse(code + " (HTTP status " + refusal.statusCode() + ")");
    return text.endsWith(".") ? text : text + ".";
  }

  /** EC2 appends an encrypted copy of the decision, which says nothing to a reader. */
  private static String withoutEncodedPart(String message) {
    int at = message.indexOf("Encoded authorization failure message");
    return (at < 0 ? message : message.substring(0, at)).strip();
  }

  private static String unreachable(SdkException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownHostException) {
        return "the host "
            + cause.getMessage()
            + " is unknown. Check the region and the network connection.";
      }
      if (cause instanceof IOException) {
        return "AWS cannot be reached ("
            + cause.getMessage()
            + "). Check the network connection and the proxy settings.";
      }
    }
    return String.valueOf(failure.rawMessage());
  }
}
