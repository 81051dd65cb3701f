package io.karst.edge.append;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.stub.ClientCallStreamObserver;
import io.karst.edge.scene.Heard;
import io.karst.edge.scene.TestDevice;
import io.karst.edge.scene.TestGroup;
import io.karst.edge.scene.TestServer;
import io.karst.edge.scene.TestSession;
import io.karst.edge.status.ConformanceInterceptor;
import io.karst.wire.v1.AppendRequest;
import io.karst.wire.v1.AppendStreamRequest;
import io.karst.wire.v1.AppendStreamResponse;
import java.util.ArrayList;
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
  void framesToManyGroupsAreAnsweredEachOnceInTheOrderTheyCameIn() {
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
  void aFrameThatIsRefusedDoesNotEndTheStream() {
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
  void aClientThatReadsNoAnswersIsReadNoFurtherAndLosesNothing() {
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
  void aStreamNeedsAToken() {
    var nobody = new TestDevice(SERVER, SERVER.unique("nobody"));
    var stream = new Stream(nobody, true);
    assertThat(ConformanceInterceptor.info((Throwable) stream.next()).getReason())
        .isEqualTo("UNAUTHENTICATED");
  }

  /** The client's side of one stream. */
  private static final class Stream {

    private final Heard<AppendStreamRequest, AppendStreamResponse> heard;
    private final ClientCallStreamObserver<AppendStreamRequest> call;

    Stream(TestDevice device, boolean reading) {
      this.heard = new Heard<>(reading);
      this.call =
          (ClientCallStreamObserver<AppendStreamRequest>) device.groupsAsync().appendStream(heard);
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

    Object next() {
      return heard.next();
    }

    AppendStreamResponse answer() {
      Object next = next();
      if (next instanceof AppendStreamResponse answer) {
        return answer;
      }
      throw new AssertionError("the stream ended: " + next);
    }
  }
}
