package dev.pgbound.simulator.service;

import static dev.pgbound.simulator.world.World.ACCOUNT;

import dev.pgbound.simulator.wire.QueryProtocol;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** STS: whoever calls is the same user. */
public final class Sts {

  /** The ARN of the user that makes all calls. */
  static final String CALLER = "arn:aws:iam::" + ACCOUNT + ":user/simulated";

  /** What the service answers to. */
  public Operations operations() {
    return new Operations("sts", QueryProtocol.QUERY)
        .on("GetCallerIdentity", GetCallerIdentityRequest::builder, this::getCallerIdentity);
  }

  private GetCallerIdentityResponse getCallerIdentity(GetCallerIdentityRequest request) {
    return GetCallerIdentityResponse.builder()
        .account(ACCOUNT)
        .userId("AIDASIMULATEDUSER0001")
        .arn(CALLER)
        .build();
  }
}
