package io.karst.client.hand;

import com.google.protobuf.Any;
import com.google.rpc.ErrorInfo;
import io.grpc.Attributes;
import io.grpc.CallCredentials;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.SecurityLevel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.karst.domain.refusal.Reason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A server that answers at once what a test tells it to, and remembers what it was asked. */
public final class HandServer extends Channel {

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private static final Set<Reason> UNAUTHENTICATED =
      EnumSet.of(Reason.UNAUTHENTICATED, Reason.TOKEN_EXPIRED);

  private final Map<String, Answering<Object, Object>> answering = new HashMap<>();
  private final Map<String, List<Object>> asked = new HashMap<>();

  /** Answers one request, now or later, with any number of messages. */
  @FunctionalInterface
  public interface Answering<Q, A> {
    void answer(Q request, Reply<A> reply);
  }

  /** The server's end of a call. */
  public interface Reply<A> {

    /** What the caller has on its way in the name of its device. */
    String authorization();

    void send(A message);

    void complete();

    void fail(Status status, Metadata trailers);

    /** Ends the call as the real server does when it refuses. */
    default void refuse(Reason reason) {
      StatusRuntimeException refusal = refusal(reason);
      fail(refusal.getStatus(), Objects.requireNonNull(refusal.getTrailers()));
    }
  }

  /** From now on a method answers so. */
  @SuppressWarnings("unchecked") // Whoever calls the method sends and takes its own types.
  public <Q, A> void streams(MethodDescriptor<Q, A> method, Answering<Q, A> how) {
    answering.put(method.getFullMethodName(), (Answering<Object, Object>) (Answering<?, ?>) how);
  }

  /** From now on a unary method answers so; what is thrown ends the call. */
  public <Q, A> void answers(MethodDescriptor<Q, A> method, Function<Q, A> how) {
    streams(method, (request, reply) -> {
      try {
        reply.send(how.apply(request));
        reply.complete();
      } catch (StatusRuntimeException e) {
        reply.fail(e.getStatus(), Optional.ofNullable(e.getTrailers()).orElseGet(Metadata::new));
      }
    });
  }

  /** From now on every call of a method is refused. */
  public void refuses(MethodDescriptor<?, ?> method, Reason reason) {
    answers(method, request -> {
      throw refusal(reason);
    });
  }

  /** What a method was asked, in order. */
  @SuppressWarnings("unchecked") // A method's requests are of its own type.
  public <Q> List<Q> asked(MethodDescriptor<Q, ?> method) {
    return (List<Q>) List.copyOf(asked.getOrDefault(method.getFullMethodName(), List.of()));
  }

  /** A refusal as the real server makes it. */
  public static StatusRuntimeException refusal(Reason reason) {
    Status.Code code = UNAUTHENTICATED.contains(reason)
        ? Status.Code.UNAUTHENTICATED
        : Status.Code.FAILED_PRECONDITION;
    return StatusProto.toStatusRuntimeException(com.google.rpc.Status.newBuilder()
        .setCode(code.value())
        .addDetails(Any.pack(
            ErrorInfo.newBuilder().setDomain("karst").setReason(reason.name()).build()))
        .build());
  }

  @Override
  public String authority() {
    return "by hand";
  }

  @Override
  public <Q, A> ClientCall<Q, A> newCall(MethodDescriptor<Q, A> method, CallOptions options) {
    return new Call<>(method, options);
  }

  private final class Call<Q, A> extends ClientCall<Q, A> implements Reply<A> {

    private final MethodDescriptor<Q, A> method;
    private final CallOptions options;
    private final Deque<A> answers = new ArrayDeque<>();
    private Optional<Listener<A>> listener = Optional.empty();
    private Optional<Q> request = Optional.empty();
    private Optional<Runnable> end = Optional.empty();
    private String authorization = "";
    private int requested;

    Call(MethodDescriptor<Q, A> method, CallOptions options) {
      this.method = method;
      this.options = options;
    }

    @Override
    public void start(Listener<A> to, Metadata headers) {
      listener = Optional.of(to);
      Optional.ofNullable(options.getCredentials()).ifPresent(this::apply);
    }

    private void apply(CallCredentials credentials) {
      credentials.applyRequestMetadata(
          new Info(method, options), Runnable::run, new CallCredentials.MetadataApplier() {
            @Override
            public void apply(Metadata headers) {
              authorization = Optional.ofNullable(headers.get(AUTHORIZATION)).orElse("");
            }

            @Override
            public void fail(Status status) {
              Call.this.fail(status, new Metadata());
            }
          });
    }

    @Override
    public void sendMessage(Q message) {
      request = Optional.of(message);
    }

    @Override
    public void halfClose() {
      if (end.isEmpty()) {
        Q asking = request.orElseThrow();
        asked
            .computeIfAbsent(method.getFullMethodName(), first -> new ArrayList<>())
            .add(asking);
        Optional.ofNullable(answering.get(method.getFullMethodName()))
            .ifPresentOrElse(
                how -> answer(how, asking), () -> fail(Status.UNIMPLEMENTED, new Metadata()));
      }
    }

    @SuppressWarnings("unchecked") // The reply takes what the method answers.
    private void answer(Answering<Object, Object> how, Q asking) {
      how.answer(asking, (Reply<Object>) (Reply<?>) this);
    }

    @Override
    public void request(int count) {
      requested += count;
      deliver();
    }

    @Override
    public void cancel(@Nullable String message, @Nullable Throwable cause) {
      answers.clear();
      fail(Status.CANCELLED, new Metadata());
    }

    @Override
    public String authorization() {
      return authorization;
    }

    @Override
    public void send(A message) {
      answers.add(message);
      deliver();
    }

    @Override
    public void complete() {
      fail(Status.OK, new Metadata());
    }

    @Override
    public void fail(Status status, Metadata trailers) {
      if (end.isEmpty()) {
        end = Optional.of(() -> listener.orElseThrow().onClose(status, trailers));
        deliver();
      }
    }

    private void deliver() {
      while (requested > 0 && !answers.isEmpty()) {
        requested--;
        listener.orElseThrow().onMessage(answers.remove());
      }
      if (answers.isEmpty()) {
        Optional<Runnable> last = end;
        end = end.map(told -> () -> {});
        last.ifPresent(Runnable::run);
      }
    }
  }

  /** What credentials may know of a call. */
  private static final class Info extends CallCredentials.RequestInfo {

    private final MethodDescriptor<?, ?> method;
    private final CallOptions options;

    Info(MethodDescriptor<?, ?> method, CallOptions options) {
      this.method = method;
      this.options = options;
    }

    @Override
    public MethodDescriptor<?, ?> getMethodDescriptor() {
      return method;
    }

    @Override
    public CallOptions getCallOptions() {
      return options;
    }

    @Override
    public SecurityLevel getSecurityLevel() {
      return SecurityLevel.PRIVACY_AND_INTEGRITY;
    }

    @Override
    public String getAuthority() {
      return "by hand";
    }

    @Override
    public Attributes getTransportAttrs() {
      return Attributes.EMPTY;
    }
  }
}
