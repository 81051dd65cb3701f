package io.karst.edge.append;

import io.grpc.ServerCallHandler;
import io.karst.actors.group.AppendReply;
import io.karst.actors.group.Groups;
import io.karst.edge.call.Arrival;
import io.karst.edge.call.Failures;
import io.karst.edge.call.Principal;
import io.karst.edge.epoch.EpochRecords;
import io.karst.edge.owner.OwnerLogs;
import io.karst.edge.status.RefusedException;
import io.karst.edge.stream.Streams;
import io.karst.wire.v1.AppendRequest;
import io.karst.wire.v1.AppendResponse;
import io.karst.wire.v1.AppendStreamRequest;
import io.karst.wire.v1.AppendStreamResponse;
import java.util.concurrent.CompletionStage;

/** {@code Append} and {@code AppendStream}. */
public final class AppendMethods {

  private final Groups groups;
  private final FrameNews news;
  private final FrameReader reader;

  public AppendMethods(Groups groups, EpochRecords epochs, OwnerLogs owners, FrameReader reader) {
    this.groups = groups;
    this.news = new FrameNews(epochs, owners);
    this.reader = reader;
  }

  /** One frame. */
  public CompletionStage<AppendResponse> append(Principal principal, AppendRequest request) {
    Frame frame = reader.read(principal, request);
    return news.prepare(frame, principal.address())
        .thenCompose(ready -> groups.append(frame.group(), frame.submission()))
        .thenCompose(reply -> reply.match(new Answer(frame, principal)));
  }

  /** Many frames, on one stream. */
  public ServerCallHandler<Arrival<AppendStreamRequest>, AppendStreamResponse> stream(
      Streams streams, Failures failures) {
    return new AppendStreamHandler(groups, news, reader, streams, failures);
  }

  private final class Answer implements AppendReply.Cases<CompletionStage<AppendResponse>> {

    private final Frame frame;
    private final Principal principal;

    Answer(Frame frame, Principal principal) {
      this.frame = frame;
      this.principal = principal;
    }

    @Override
    public CompletionStage<AppendResponse> judged(AppendReply.Judged reply) {
      return news.answer(reply, frame.group(), principal.address());
    }

    @Override
    public CompletionStage<AppendResponse> refused(AppendReply.Refused reply) {
      throw new RefusedException(reply.reason());
    }
  }
}
