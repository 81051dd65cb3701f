package io.karst.edge.append;

import io.karst.actors.group.AppendReply;
import io.karst.domain.id.GroupId;
import io.karst.domain.refusal.Reason;
import io.karst.edge.call.Principal;
import io.karst.edge.status.RefusedException;
import io.karst.edge.status.Statuses;
import io.karst.edge.stream.Outlet;
import io.karst.edge.stream.StreamActor;
import io.karst.wire.v1.AppendResponse;
import io.karst.wire.v1.AppendStreamResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/**
 * The answering side of one append stream.
 *
 * <p>Invariant: each frame gets one answer, in the order of the frames, and the client is asked for
 * a further frame only once the transport has taken an answer. So at most
 * {@link FramesInFlight#FRAMES_MAX} frames and answers are held, however slowly the client reads.
 */
final class AppendActor extends StreamActor<AppendMessage, AppendStreamResponse>
    implements AppendMessage.Cases<Behavior<AppendMessage>> {

  private static final Duration TICK = Duration.ofSeconds(5);

  /**
   * Ticks after which a frame is given up: longer than a cluster takes to notice that a node has
   * died.
   */
  private static final int AGE_MAX = 6;

  /** Frames are asked for in batches: one wake-up of the transport for many. */
  private static final int REQUEST_BATCH = 32;

  /**
   * What a stream works with.
   *
   * @param replies where groups send their answers, once the actor has said so
   */
  record Stream(
      Principal principal,
      FramesInFlight frames,
      AtomicReference<@Nullable ActorRef<AppendReply>> replies,
      FrameNews news,
      Outlet<AppendStreamResponse> outlet) {}

  private final Stream stream;
  private final FramesInFlight frames;
  private final AnswerQueue answers = new AnswerQueue();
  private int credit;
  private boolean closing;
  private boolean draining;

  private AppendActor(ActorContext<AppendMessage> context, Stream stream) {
    super(context, stream.outlet());
    this.stream = stream;
    this.frames = stream.frames();
  }

  static Behavior<AppendMessage> create(Stream stream) {
    return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
      timers.startTimerWithFixedDelay(AppendMessage.Signal.TICK, TICK);
      stream.replies().set(context.messageAdapter(AppendReply.class, AppendMessage.Replied::new));
      stream.outlet().begin();
      stream.outlet().request(FramesInFlight.FRAMES_MAX);
      return new AppendActor(context, stream);
    }));
  }

  @Override
  protected Behavior<AppendMessage> handle(AppendMessage message) {
    return message.match(this);
  }

  @Override
  public Behavior<AppendMessage> replied(AppendMessage.Replied message) {
    AppendReply reply = message.reply();
    if (reply.frame() < answers.next()) {
      return this;
    }
    return reply.match(new AppendReply.Cases<>() {
      @Override
      public Behavior<AppendMessage> judged(AppendReply.Judged judged) {
        return AppendActor.this.judged(judged);
      }

      @Override
      public Behavior<AppendMessage> refused(AppendReply.Refused refused) {
        return refuse(refused.frame(), refused.reason());
      }
    });
  }

  private Behavior<AppendMessage> judged(AppendReply.Judged judged) {
    Optional<GroupId> group = frames.group(judged.frame());
    if (group.isEmpty() || FrameNews.needsNone(judged)) {
      return answer(judged.frame(), FrameAnswers.response(judged).build());
    }
    getContext()
        .pipeToSelf(
            stream.news().answer(judged, group.get(), stream.principal().address()),
            (response, failure) -> new AppendMessage.Informed(
                judged.frame(),
                failure == null ? response : FrameAnswers.response(judged).build()));
    return this;
  }

  @Override
  public Behavior<AppendMessage> informed(AppendMessage.Informed message) {
    return answer(message.frame(), message.response());
  }

  @Override
  public Behavior<AppendMessage> refused(AppendMessage.Refused message) {
    return refuse(message.frame(), message.refusal().reason());
  }

  private Behavior<AppendMessage> refuse(long frame, Reason reason) {
    return put(frame, response(frame).setRefusal(Statuses.inBand(reason)));
  }

  private Behavior<AppendMessage> answer(long frame, AppendResponse response) {
    return put(frame, response(frame).setAppend(response));
  }

  private AppendStreamResponse.Builder response(long frame) {
    return AppendStreamResponse.newBuilder().setFrameId(frames.frameId(frame));
  }

  private Behavior<AppendMessage> put(long frame, AppendStreamResponse.Builder answer) {
    answers.put(frame, answer.build());
    return flush();
  }

  private Behavior<AppendMessage> flush() {
    for (var answer = answers.poll(); answer.isPresent(); answer = answers.poll()) {
      outlet().send(answer.get());
      credit++;
    }
    if (credit >= REQUEST_BATCH && !draining && outlet().isReady()) {
      outlet().request(credit);
      credit = 0;
    }
    if (answers.next() == frames.arrived()) {
      finish();
    }
    return this;
  }

  private void finish() {
    if (closing) {
      outlet().complete();
    } else if (draining) {
      outlet().fail(new RefusedException(Reason.UNAVAILABLE));
    }
  }

  @Override
  public Behavior<AppendMessage> broken(AppendMessage.Broken message) {
    outlet().fail(message.failure());
    return this;
  }

  @Override
  public Behavior<AppendMessage> signal(AppendMessage.Signal signal) {
    return switch (signal) {
      case READY -> flush();
      case HALF_CLOSED -> close();
      case GONE -> gone();
      case TICK -> giveUpOldFrames();
      case DRAIN -> drain();
      case REVOKED -> revoked();
    };
  }

  private Behavior<AppendMessage> close() {
    closing = true;
    return flush();
  }

  private Behavior<AppendMessage> drain() {
    draining = true;
    return flush();
  }

  private Behavior<AppendMessage> revoked() {
    outlet().fail(new RefusedException(Reason.DEVICE_REVOKED));
    return this;
  }

  private Behavior<AppendMessage> gone() {
    outlet().abandon();
    return this;
  }

  /** A message to a group can be lost when its node dies; the client may repeat what it held. */
  private Behavior<AppendMessage> giveUpOldFrames() {
    frames.tick();
    while (answers.next() < frames.arrived() && frames.age(answers.next()) >= AGE_MAX) {
      refuse(answers.next(), Reason.UNAVAILABLE);
    }
    return this;
  }
}
