package io.karst.edge.standing;

import static io.karst.edge.scene.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.karst.domain.refusal.Reason;
import io.karst.edge.scene.Heard;
import io.karst.edge.scene.TestDevice;
import io.karst.edge.scene.TestGroup;
import io.karst.edge.scene.TestServer;
import io.karst.edge.scene.TestSession;
import io.karst.edge.scene.TestStream;
import io.karst.edge.status.ConformanceInterceptor;
import io.karst.wire.v1.AppendStreamRequest;
import io.karst.wire.v1.AppendStreamResponse;
import io.karst.wire.v1.FetchInboxRequest;
import io.karst.wire.v1.GetGroupRequest;
import io.karst.wire.v1.SubscribeResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two nodes: what one is told of a device, the other knows. */
class RevocationIT {

  @Order(1)
  @RegisterExtension
  static final TestServer HERE = TestServer.first();

  @Order(2)
  @RegisterExtension
  static final TestServer THERE = TestServer.beside(HERE);

  /** Half the time in which a node that was not told would find out by asking. */
  private static final Duration AT_ONCE = Duration.ofSeconds(10);

  /** Several, so that their actors are on both nodes. */
  private static final int MEMBERS = 4;

  @Test
  void aDeviceThatIsRevokedAtOneNodeLosesItsStreamsAndCallsAtBoth() {
    for (int i = 0; i < MEMBERS; i++) {
      TestDevice phone = HERE.device("eve");
      TestDevice tablet = phone.link("tablet");
      losesAll(phone, tablet);
    }
  }

  private static void losesAll(TestDevice phone, TestDevice tablet) {
    TestGroup group = TestGroup.created(tablet, phone);
    TestDevice elsewhere = phone.at(THERE);
    var appended = new Heard<AppendStreamRequest, AppendStreamResponse>(true);
    var frames = phone.groupsAsync().appendStream(appended);
    frames.onNext(AppendStreamRequest.newBuilder()
        .setFrameId(1)
        .setAppend(new TestSession(phone, group.id(), 1).frame(1))
        .build());
    assertThat(appended.next()).isInstanceOf(AppendStreamResponse.class);
    try (TestStream here = phone.subscribe();
        TestStream there = elsewhere.subscribe();
        TestStream tablets = tablet.at(THERE).subscribe()) {
      for (TestStream stream : List.of(here, there, tablets)) {
        stream.fromBeginning(group.id());
        stream.next(SubscribeResponse::hasCaughtUp);
      }
      tablet.at(THERE).revoke(phone);
      assertTimeoutPreemptively(AT_ONCE, () -> {
        assertRevoked(appended.next());
        assertRevoked(here.end());
        assertRevoked(there.end());
      });
      for (TestDevice node : List.of(phone, elsewhere)) {
        assertRefused(Reason.DEVICE_REVOKED, () -> node.groups().getGroup(view(group)));
        assertRefused(
            Reason.DEVICE_REVOKED,
            () -> node.delivery().fetchInbox(FetchInboxRequest.getDefaultInstance()));
        assertRefused(Reason.PROOF_INVALID, node::newToken);
      }
      tablets.next(RevocationIT::tellsOfRevokedDevices);
    }
  }

  private static GetGroupRequest view(TestGroup group) {
    return GetGroupRequest.newBuilder().setGroupId(group.id().value()).build();
  }

  private static boolean tellsOfRevokedDevices(SubscribeResponse message) {
    return message.getEntries().getEntriesList().stream().anyMatch(e -> e.hasDevicesRevoked());
  }

  private static void assertRevoked(Object end) {
    assertThat(ConformanceInterceptor.info((Throwable) end).getReason())
        .isEqualTo(Reason.DEVICE_REVOKED.name());
  }
}
