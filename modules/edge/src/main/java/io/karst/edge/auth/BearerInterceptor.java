package io.karst.edge.auth;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import io.karst.domain.device.AccountRole;
import io.karst.domain.refusal.Reason;
import io.karst.edge.call.Failures;
import io.karst.edge.call.Principal;
import io.karst.edge.standing.DeviceStandings;
import io.karst.edge.status.RefusedException;
import io.karst.wire.v1.AccessServiceGrpc;
import io.karst.wire.v1.AuditServiceGrpc;
import io.karst.wire.v1.AuthServiceGrpc;
import io.karst.wire.v1.DeviceServiceGrpc;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets a call through when its token allows it, and puts the token's principal into the call's
 * context.
 *
 * <p>A method that is not listed as open needs a token, so that one which somebody forgets is
 * closed.
 */
public final class BearerInterceptor implements ServerInterceptor {

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private static final String SCHEME = "Bearer ";

  /** Longer ones are not looked at: ours have fewer than 600 characters. */
  private static final int TOKEN_CHARACTERS_MAX = 2048;

  private static final Set<String> OPEN_SERVICES = Set.of(
      AuthServiceGrpc.SERVICE_NAME, "grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection");

  private static final Set<String> OPEN_METHODS =
      Set.of(DeviceServiceGrpc.getRegisterDeviceMethod().getFullMethodName());

  private final AccessTokens tokens;
  private final DeviceStandings standings;
  private final Failures failures;

  /** A device that {@code standings} do not know to be there gets nothing for its token. */
  public BearerInterceptor(AccessTokens tokens, DeviceStandings standings, Failures failures) {
    this.tokens = tokens;
    this.standings = standings;
    this.failures = failures;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    String service = call.getMethodDescriptor().getServiceName();
    if (OPEN_SERVICES.contains(service)
        || OPEN_METHODS.contains(call.getMethodDescriptor().getFullMethodName())) {
      return next.startCall(call, headers);
    }
    Principal principal;
    try {
      principal = tokens.verify(token(headers));
      requireRole(principal, String.valueOf(service));
    } catch (RuntimeException e) {
      refuse(call, e);
      return new ServerCall.Listener<>() {};
    }
    Context context = Context.current().withValue(Principal.KEY, principal);
    var listener = new PendingListener<Q>();
    standings.isPresent(principal.address()).whenComplete((present, failure) -> {
      if (failure == null && present) {
        listener.begin(Contexts.interceptCall(context, call, headers, next));
      } else {
        refuse(call, new RefusedException(reason(failure)));
      }
    });
    return listener;
  }

  private static Reason reason(@Nullable Throwable failure) {
    return failure == null ? Reason.DEVICE_REVOKED : Reason.UNAVAILABLE;
  }

  private void refuse(ServerCall<?, ?> call, RuntimeException why) {
    StatusRuntimeException refusal = failures.status(why);
    Metadata trailers = refusal.getTrailers();
    call.close(refusal.getStatus(), trailers == null ? new Metadata() : trailers);
  }

  /** An auditor audits, asks who can read, and does nothing else; nobody else audits. */
  private static void requireRole(Principal principal, String service) {
    boolean audit = AuditServiceGrpc.SERVICE_NAME.equals(service);
    boolean auditor = principal.role() == AccountRole.AUDITOR;
    if (audit != auditor && !AccessServiceGrpc.SERVICE_NAME.equals(service)) {
      throw new RefusedException(Reason.PERMISSION_DENIED);
    }
  }

  private static String token(Metadata headers) {
    String header = headers.get(AUTHORIZATION);
    boolean usable = header != null
        && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        && header.length() <= SCHEME.length() + TOKEN_CHARACTERS_MAX;
    if (!usable) {
      throw new RefusedException(Reason.UNAUTHENTICATED);
    }
    return header.substring(SCHEME.length());
  }
}
