package io.karst.actors.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.actors.scene.TestDevice;
import io.karst.actors.scene.TestGroup;
import io.karst.domain.group.Envelope;
import io.karst.domain.group.GroupCommand.Submission;
import io.karst.domain.refusal.Reason;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.Test;

class AppendBufferTest {

  private static final TestDevice ADA = TestDevice.of("ada");
  private static final TestGroup GROUP = new TestGroup("buffered", List.of(ADA));

  private final AppendBuffer buffer = new AppendBuffer();
  private final TestInbox<AppendReply> inbox = TestInbox.create();
  private long nextFrame;

  @Test
  void asksForOneFlushHoweverManyFramesWait() {
    assertThat(buffer.claimFlush()).isFalse();
    offer(1);
    assertThat(buffer.claimFlush()).isTrue();
    offer(1);
    assertThat(buffer.claimFlush()).isFalse();
    buffer.take();
    assertThat(buffer.claimFlush()).isFalse();
    offer(1);
    assertThat(buffer.claimFlush()).isTrue();
  }

  @Test
  void takesFramesInTheOrderInWhichTheyCame() {
    IntStream.range(0, 10).forEach(i -> offer(1));
    assertThat(buffer.take()).extracting(GroupMessage.Append::frame).isSorted().hasSize(10);
    assertThat(buffer.take()).isEmpty();
  }

  @Test
  void takesAsManyEnvelopesAsOneWriteMayHaveAndLeavesTheRest() {
    IntStream.range(0, 5).forEach(i -> offer(64));
    assertThat(buffer.take()).hasSize(AppendBuffer.WRITE_ENVELOPES_MAX / 64);
    assertThat(buffer.claimFlush()).isTrue();
    assertThat(buffer.take()).hasSize(1);
  }

  @Test
  void takesAsManyBytesAsOneWriteMayHaveButOneFrameAtLeast() {
    offerBytes(Envelope.CIPHERTEXT_MAX, 8);
    offerBytes(Envelope.CIPHERTEXT_MAX, 3);
    offerBytes(Envelope.CIPHERTEXT_MAX, 1);
    offerBytes(1, 1);
    assertThat(buffer.take()).hasSize(1);
    assertThat(buffer.take()).hasSize(2);
    assertThat(buffer.take()).hasSize(1);
  }

  @Test
  void refusesTheFrameThatIsOneTooMany() {
    IntStream.range(0, AppendBuffer.FRAMES_MAX - 1).forEach(i -> offer(1));
    assertThat(buffer.offer(frame(1))).isEmpty();
    assertThat(buffer.offer(frame(1))).contains(Reason.OVERLOADED);
    buffer.take();
    assertThat(buffer.offer(frame(1))).isEmpty();
  }

  @Test
  void refusesTheByteThatIsOneTooMany() {
    long frames = AppendBuffer.BYTES_MAX / (8 * Envelope.CIPHERTEXT_MAX);
    for (long i = 0; i < frames; i++) {
      offerBytes(Envelope.CIPHERTEXT_MAX, 8);
    }
    assertThat(buffer.offer(frame(1))).contains(Reason.OVERLOADED);
    buffer.take();
    assertThat(buffer.offer(frame(1))).isEmpty();
  }

  @Test
  void whileDownRefusesWhatWaitsWhatIsUnderWayAndWhatComes() {
    offer(1);
    buffer.take();
    offer(1);
    buffer.down();
    assertThat(inbox.getAllReceived())
        .containsExactlyInAnyOrder(
            new AppendReply.Refused(0, Reason.UNAVAILABLE),
            new AppendReply.Refused(1, Reason.UNAVAILABLE));
    assertThat(buffer.offer(frame(1))).contains(Reason.UNAVAILABLE);
    buffer.up();
    assertThat(buffer.offer(frame(1))).isEmpty();
    assertThat(buffer.claimFlush()).isTrue();
  }

  @Test
  void doesNotRefuseWhatWasAnsweredAlready() {
    offer(1);
    buffer.take();
    buffer.answered();
    buffer.down();
    assertThat(inbox.hasMessages()).isFalse();
  }

  private void offer(int envelopes) {
    assertThat(buffer.offer(frame(envelopes))).isEmpty();
  }

  private void offerBytes(int size, int envelopes) {
    List<Envelope> sized =
        IntStream.range(0, envelopes).mapToObj(i -> ADA.envelope(1, i, size)).toList();
    var submission = new Submission(ADA.address(), List.of(), sized);
    assertThat(buffer.offer(new GroupMessage.Append(nextFrame++, submission, inbox.getRef())))
        .isEmpty();
  }

  private GroupMessage.Append frame(int envelopes) {
    Submission submission = GROUP.frame(ADA, 1, nextFrame * 64, envelopes);
    return new GroupMessage.Append(nextFrame++, submission, inbox.getRef());
  }
}
