package io.karst.edge;

import io.grpc.ServerBuilder;
import io.karst.actors.KarstActors;
import io.karst.edge.auth.AccessTokens;
import io.karst.edge.auth.BearerInterceptor;
import io.karst.edge.auth.EnrolmentTokens;
import io.karst.edge.auth.ServerSecret;
import io.karst.edge.call.Failures;
import io.karst.edge.call.MessageLimits;
import io.karst.edge.call.RandomBytes;
import io.karst.edge.call.RequestIds;
import io.karst.edge.device.DeviceMethods;
import io.karst.edge.device.KeyChecks;
import io.karst.proof.signature.Signatures;
import java.time.InstantSource;

/** The whole API: its services, its interceptors and its limits, to be put onto a gRPC server. */
public final class Api {

  private final KarstActors actors;
  private final EnrolmentTokens enrolment;
  private final AccessTokens tokens;
  private final Failures failures;

  public Api(
      KarstActors actors,
      ServerSecret secret,
      EnrolmentTokens enrolment,
      InstantSource clock,
      RandomBytes random) {
    this.actors = actors;
    this.enrolment = enrolment;
    this.tokens = new AccessTokens(secret, clock);
    this.failures = new Failures(new RequestIds(random));
  }

  /** Adds everything but health and reflection, which are the server's own. */
  public void configure(ServerBuilder<?> builder) {
    builder
        .maxInboundMessageSize(MessageLimits.TRANSPORT_BYTES_MAX)
        .intercept(new BearerInterceptor(tokens, failures))
        .addService(new DeviceMethods(actors.members(), enrolment, new KeyChecks(new Signatures()))
            .bind(failures));
  }
}
