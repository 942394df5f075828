package dev.pgbound.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.aws.CallListener.Call;
import dev.pgbound.spi.ResourceException;
import dev.pgbound.spi.ResourceException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

final class AwsErrorsTest {

  private static final Call CALL = new Call("dms", "CreateEndpoint");

  @ParameterizedTest
  @CsvSource({
    "ResourceNotFoundFault, 400, NOT_FOUND",
    "InvalidVpcID.NotFound, 400, NOT_FOUND",
    "DBClusterNotFoundFault, 404, NOT_FOUND",
    "NoSuchEntity, 404, NOT_FOUND",
    "Gateway.NotAttached, 400, NOT_FOUND",
    "ResourceAlreadyExistsFault, 400, ALREADY_EXISTS",
    "EntityAlreadyExists, 409, ALREADY_EXISTS",
    "ResourceExistsException, 400, ALREADY_EXISTS",
    "InvalidGroup.Duplicate, 400, ALREADY_EXISTS",
    "DBSubnetGroupAlreadyExists, 400, ALREADY_EXISTS",
    "InvalidResourceStateFault, 400, CONFLICT",
    "InvalidDBClusterStateFault, 400, CONFLICT",
    "InvalidDBSubnetGroupStateFault, 400, CONFLICT",
    "DependencyViolation, 400, CONFLICT",
    "DeleteConflict, 409, CONFLICT",
    "ConcurrentModification, 409, CONFLICT",
    "InvalidGroup.InUse, 400, CONFLICT",
    "InvalidSubnet.Conflict, 400, CONFLICT",
    "Resource.AlreadyAssociated, 400, CONFLICT",
    "AccessDeniedFault, 400, ACCESS_DENIED",
    "KMSAccessDeniedFault, 400, ACCESS_DENIED",
    "UnauthorizedOperation, 403, ACCESS_DENIED",
    "AuthorizationError, 403, ACCESS_DENIED",
    "ExpiredTokenException, 403, ACCESS_DENIED",
    "ThrottlingException, 400, THROTTLED",
    "KMSThrottlingFault, 400, THROTTLED",
    "RequestLimitExceeded, 503, THROTTLED",
    "VpcLimitExceeded, 400, QUOTA_EXCEEDED",
    "ResourceQuotaExceededFault, 400, QUOTA_EXCEEDED",
    "InsufficientResourceCapacityFault, 400, QUOTA_EXCEEDED",
    "InstanceQuotaExceeded, 400, QUOTA_EXCEEDED",
    "InvalidParameterValue, 400, INVALID_REQUEST",
    "ReplicationSubnetGroupDoesNotCoverEnoughAZs, 400, INVALID_REQUEST",
    "InvalidSubnet, 400, INVALID_REQUEST",
    "InternalFailure, 500, UNAVAILABLE",
    "Whatever, 502, UNAVAILABLE"
  })
  void classifiesTheCodesOfTheServices(String code, int status, Kind kind) {
    ResourceException e = translate(refusal(code, status, "Some words"));

    assertThat(e.kind()).isEqualTo(kind);
    assertThat(e.code()).isEqualTo(code);
    assertThat(e).hasMessageStartingWith("dms:CreateEndpoint: Some words.");
  }

  @Test
  void doesNotBlameTheCallerForARoleOfTheService() {
    ResourceException e =
        translate(
            refusal("AccessDeniedFault", 400, "The role dms-vpc-role is not configured properly."));

    assertThat(e)
        .hasMessage("dms:CreateEndpoint: The role dms-vpc-role is not configured properly.");
  }

  @Test
  void advisesToRenewExpiredCredentials() {
    assertThat(translate(refusal("ExpiredToken", 403, "The token has expired")))
        .hasMessageContaining("Renew the AWS credentials");
  }

  @Test
  void saysSomethingWhereTheServiceSaysNothing() {
    assertThat(translate(refusal("InternalFailure", 500, "")))
        .hasMessage("dms:CreateEndpoint: InternalFailure (HTTP status 500).");
  }

  @Test
  void tellsInterruptionFromFailure() {
    assertThat(translate(AbortedException.create("thread interrupted")).kind())
        .isEqualTo(Kind.INTERRUPTED);
  }

  private static ResourceException translate(SdkException failure) {
    return AwsErrors.translate(failure, CALL, words -> words);
  }

  private static AwsServiceException refusal(String code, int status, String message) {
    return AwsServiceException.builder()
        .statusCode(status)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage(message).build())
        .build();
  }
}
