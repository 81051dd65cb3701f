package io.karst.edge.append;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.karst.edge.scene.TestDevice;
import io.karst.edge.scene.TestGroup;
import io.karst.edge.scene.TestServer;
import io.karst.edge.scene.TestSession;
import io.karst.edge.status.ConformanceInterceptor;
import io.karst.wire.v1.AppendRequest;
import io.karst.wire.v1.AppendStreamRequest;
import io.karst.wire.v1.AppendStreamResponse;
import java.util.ArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Many frames on one stream. */
class AppendStreamIT {

  @RegisterExtension
  static final TestServer SERVER = new TestServer();

  private static TestDevice ada;
  private static TestDevice bo;

  @BeforeAll
  static void register() {
    ada = SERVER.device("ada");
    bo = SERVER.device("bo");
  }

  @Test
  void framesToManyGroupsAreAnsweredEachOnceInTheOrderTheyCameIn() throws InterruptedException {
    var sessions = new ArrayList<TestSession>();
    for (int i = 0; i < 5; i++) {
      sessions.add(new TestSession(ada, TestGroup.created(ada, bo).id(), 1));
    }
    var stream = new Stream(ada, true);
    for (int frame = 0; frame < 500; frame++) {
      stream.send(1000 + frame, sessions.get(frame % 5).frame(4));
    }
    stream.halfClose();
    for (int frame = 0; frame < 500; frame++) {
      AppendStreamResponse answer = stream.answer();
      assertThat(answer.getFrameId()).isEqualTo(1000 + frame);
      assertThat(answer.getAppend().getOutcomesList()).allMatch(outcome -> outcome.hasReceipt());
    }
    assertThat(stream.next()).isEqualTo("completed");
  }

  @Test
  void aFrameThatIsRefusedDoesNotEndTheStream() throws InterruptedException {
    TestGroup group = TestGroup.created(ada, bo);
    var session = new TestSession(ada, group.id(), 1);
    var stream = new Stream(ada, true);
    stream.send(1, session.frame(1));
    stream.send(2, session.frame(0));
    stream.send(3, new TestSession(ada, TestGroup.planned(ada).id(), 1).frame(1));
    stream.send(4, new TestSession(ada, group.id(), 9).frame(1));
    stream.send(5, session.frame(1));
    assertThat(stream.answer().getAppend().getOutcomes(0).hasReceipt()).isTrue();
    assertThat(stream.answer().getRefusal().getReason()).isEqualTo("FIELD_MISSING");
    assertThat(stream.answer().getRefusal().getReason()).isEqualTo("GROUP_NOT_FOUND");
    var stale = stream.answer().getAppend();
    assertThat(stale.getOutcomes(0).getRefusal().getReason()).isEqualTo("STALE_EPOCH");
    assertThat(stale.getCurrentEpoch().getSealedKey().getMemberId())
        .isEqualTo(ada.address().member().value());
    assertThat(stream.answer().getAppend().getOutcomes(0).hasReceipt()).isTrue();
    stream.halfClose();
    assertThat(stream.next()).isEqualTo("completed");
  }

  @Test
  void aClientThatReadsNoAnswersIsReadNoFurtherAndLosesNothing() throws InterruptedException {
    TestGroup group = TestGroup.created(ada, bo);
    var session = new TestSession(ada, group.id(), 1);
    var stream = new Stream(ada, false);
    for (int frame = 0; frame < 400; frame++) {
      stream.send(frame, session.frame(64));
    }
    stream.halfClose();
    long offset = -1;
    for (int frame = 0; frame < 400; frame++) {
      stream.read(1);
      AppendStreamResponse answer = stream.answer();
      assertThat(answer.getFrameId()).isEqualTo(frame);
      long first = answer.getAppend().getOutcomes(0).getReceipt().getOffset();
      assertThat(first).isGreaterThan(offset);
      offset = first;
    }
    assertThat(stream.next()).isEqualTo("completed");
  }

  @Test
  void aStreamNeedsAToken() throws InterruptedException {
    var nobody = new TestDevice(SERVER, SERVER.unique("nobody"));
    var stream = new Stream(nobody, true);
    assertThat(ConformanceInterceptor.info((Throwable) stream.next()).getReason())
        .isEqualTo("UNAUTHENTICATED");
  }

  /** The client's side of one stream. */
  private static final class Stream
      implements ClientResponseObserver<AppendStreamRequest, AppendStreamResponse> {

    private final LinkedBlockingQueue<Object> heard = new LinkedBlockingQueue<>();
    private final boolean reading;
    private final ClientCallStreamObserver<AppendStreamRequest> call;

    Stream(TestDevice device, boolean reading) {
      this.reading = reading;
      this.call =
          (ClientCallStreamObserver<AppendStreamRequest>) device.groupsAsync().appendStream(this);
    }

    void send(long frameId, AppendRequest frame) {
      call.onNext(
          AppendStreamRequest.newBuilder().setFrameId(frameId).setAppend(frame).build());
    }

    void halfClose() {
      call.onCompleted();
    }

    void read(int messages) {
      call.request(messages);
    }

    Object next() throws InterruptedException {
      Object next = heard.poll(60, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("no answer within a minute");
      }
      return next;
    }

    AppendStreamResponse answer() throws InterruptedException {
      Object next = next();
      if (next instanceof AppendStreamResponse answer) {
        return answer;
      }
      throw new AssertionError("the stream ended: " + next);
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<AppendStreamRequest> started) {
      if (!reading) {
        started.disableAutoRequestWithInitial(0);
      }
    }

    @Override
    public void onNext(AppendStreamResponse answer) {
      heard.add(answer);
    }

    @Override
    public void onError(Throwable failure) {
      heard.add(failure);
    }

    @Override
    public void onCompleted() {
      heard.add("completed");
    }
  }
}
