package io.karst.edge.append;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.karst.actors.group.AppendReply;
import io.karst.actors.group.GroupMessage;
import io.karst.actors.group.Groups;
import io.karst.edge.call.Arrival;
import io.karst.edge.call.Failures;
import io.karst.edge.call.Principal;
import io.karst.edge.message.Fields;
import io.karst.edge.status.RefusedException;
import io.karst.edge.stream.Outlet;
import io.karst.edge.stream.Streams;
import io.karst.wire.v1.AppendStreamRequest;
import io.karst.wire.v1.AppendStreamResponse;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * {@code AppendStream}: reads frames on the transport's thread and sends each straight to its
 * group.
 *
 * <p>A hand-off between threads costs more than reading a frame, so there are three for each: to
 * the group, back to the stream's actor, back to the transport.
 */
final class AppendStreamHandler
    implements ServerCallHandler<Arrival<AppendStreamRequest>, AppendStreamResponse> {

  private final Groups groups;
  private final FrameNews news;
  private final FrameReader reader;
  private final Streams streams;
  private final Failures failures;

  AppendStreamHandler(
      Groups groups, FrameNews news, FrameReader reader, Streams streams, Failures failures) {
    this.groups = groups;
    this.news = news;
    this.reader = reader;
    this.streams = streams;
    this.failures = failures;
  }

  @Override
  public ServerCall.Listener<Arrival<AppendStreamRequest>> startCall(
      ServerCall<Arrival<AppendStreamRequest>, AppendStreamResponse> call, Metadata headers) {
    var outlet = new Outlet<>(call, failures);
    var stream = new AppendActor.Stream(
        Principal.current(), new FramesInFlight(), new AtomicReference<>(), news, outlet);
    try {
      return new Listener(
          stream,
          streams.open(
              "append",
              stream.principal().address(),
              AppendMessage.class,
              AppendActor.create(stream),
              new Streams.Ends<>(AppendMessage.Signal.DRAIN, AppendMessage.Signal.REVOKED)));
    } catch (RefusedException e) {
      outlet.fail(e);
      return new ServerCall.Listener<>() {};
    }
  }

  /** The receiving side of one stream; its callbacks come from one thread at a time. */
  private final class Listener extends ServerCall.Listener<Arrival<AppendStreamRequest>> {

    private final Principal principal;
    private final FramesInFlight frames;
    private final AtomicReference<@Nullable ActorRef<AppendReply>> replies;
    private final ActorRef<AppendMessage> actor;

    Listener(AppendActor.Stream stream, ActorRef<AppendMessage> actor) {
      this.principal = stream.principal();
      this.frames = stream.frames();
      this.replies = stream.replies();
      this.actor = actor;
    }

    @Override
    public void onMessage(Arrival<AppendStreamRequest> arrival) {
      AppendStreamRequest request;
      try {
        request = arrival.message();
      } catch (RefusedException e) {
        actor.tell(new AppendMessage.Broken(e));
        return;
      }
      long frame = frames.add(request.getFrameId());
      try {
        submit(frame, request);
      } catch (RuntimeException e) {
        actor.tell(new AppendMessage.Refused(frame, failures.refusal(e)));
      }
    }

    private void submit(long frame, AppendStreamRequest request) {
      Fields.present("append", request.hasAppend());
      Frame read = reader.read(principal, request.getAppend());
      frames.submitted(frame, read.group());
      // The actor asks for the first frame only after it has said where answers go.
      ActorRef<AppendReply> replyTo = Objects.requireNonNull(replies.get());
      var append = new GroupMessage.Append(frame, read.submission(), replyTo);
      if (read.submission().owner().isEmpty()) {
        groups.tell(read.group(), append);
        return;
      }
      var unused = news.prepare(read, principal.address()).whenComplete((ready, failure) -> {
        if (failure == null) {
          groups.tell(read.group(), append);
        } else {
          actor.tell(new AppendMessage.Refused(frame, failures.refusal(failure)));
        }
      });
    }

    @Override
    public void onHalfClose() {
      actor.tell(AppendMessage.Signal.HALF_CLOSED);
    }

    @Override
    public void onCancel() {
      actor.tell(AppendMessage.Signal.GONE);
    }

    @Override
    public void onComplete() {
      actor.tell(AppendMessage.Signal.GONE);
    }

    @Override
    public void onReady() {
      actor.tell(AppendMessage.Signal.READY);
    }
  }
}
