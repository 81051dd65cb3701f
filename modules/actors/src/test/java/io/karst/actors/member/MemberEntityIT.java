package io.karst.actors.member;

import static io.karst.actors.scene.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.karst.actors.scene.TestClock;
import io.karst.actors.scene.TestDevice;
import io.karst.actors.scene.TestNode;
import io.karst.domain.device.AccountRole;
import io.karst.domain.device.InboxItem;
import io.karst.domain.device.MemberCommand;
import io.karst.domain.device.SignedKey;
import io.karst.domain.id.GroupId;
import io.karst.domain.refusal.Reason;
import io.karst.testkit.TestCassandra;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MemberEntityIT {

  @RegisterExtension
  static final TestCassandra CASSANDRA = new TestCassandra();

  private static final TestClock CLOCK = new TestClock();
  private static final GroupId GROUP = new GroupId("00112233445566778899aabbccddeeff");
  private static final TestDevice EVE = TestDevice.of("eve");

  private static TestNode node;

  @BeforeAll
  static void start() {
    TestNode.install(CASSANDRA);
    node = startNode();
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void isKnownOnceItHasRegistered() {
    TestDevice ada = TestDevice.of("ada");
    assertThat(await(members().account(ada.member())))
        .isEqualTo(new AccountReply.Refused(Reason.MEMBER_NOT_FOUND));
    assertThat(await(members().ask(ada.member(), ada.register(5))))
        .isEqualTo(new MemberReply.Stored(5, List.of()));
    assertThat(await(members().account(ada.member())))
        .isEqualTo(new AccountReply.Known(ada.list(), AccountRole.MEMBER));
    assertThat(await(members().registered(Set.of(ada.member(), EVE.member()))))
        .isEqualTo(Map.of(ada.member(), ada.list()));
  }

  @Test
  void saysHowManyKeysItHoldsAndWhichItRefused() {
    TestDevice cy = registered("cy", 2);
    List<SignedKey> known = cy.oneTimeKeys(2, 1);
    List<SignedKey> fresh = cy.oneTimeKeys(3, 4);
    var all = new ArrayList<>(known);
    all.addAll(fresh);
    var upload = new MemberCommand.UploadKeys(cy.address(), all, List.of());
    assertThat(await(members().ask(cy.member(), upload)))
        .isEqualTo(new MemberReply.Stored(6, List.of()));
  }

  @Test
  void handsEachOneTimeKeyOutOnceUnderFiftyClaimsAndAcrossARestart() {
    TestDevice bo = registered("bo", 60);
    var claimed = new ArrayList<>(claim(bo, 25));
    restart();
    claimed.addAll(claim(bo, 25));
    assertThat(claimed).doesNotHaveDuplicates().noneMatch(SignedKey::fallback);
    List<SignedKey> rest = claim(bo, 12);
    assertThat(rest.subList(10, 12)).allMatch(SignedKey::fallback);
    claimed.addAll(rest.subList(0, 10));
    assertThat(claimed).containsExactlyInAnyOrderElementsOf(bo.oneTimeKeys(1, 60));
  }

  @Test
  void keepsItsInboxAcrossARestartUntilItIsAcknowledged() {
    TestDevice di = registered("di", 20);
    deliver(di, 1);
    deliver(di, 2);
    deliver(di, 2);
    deliver(di, 1);
    restart();
    assertThat(epochs(inbox(di, 0))).containsExactly(1L, 2L);
    assertThat(epochs(inbox(di, 1))).containsExactly(2L);
    var acknowledge = new MemberCommand.AcknowledgeInbox(di.address(), 1);
    assertThat(await(members().ask(di.member(), acknowledge))).isEqualTo(new MemberReply.Done());
    restart();
    assertThat(epochs(inbox(di, 0))).containsExactly(2L);
    assertThat(await(members().inbox(EVE.address(), 0, 10)))
        .isEqualTo(new InboxReply.Refused(Reason.MEMBER_NOT_FOUND));
  }

  @Test
  void tellsAWatcherWhereTheInboxIsAndWhenItGrows() {
    TestDevice fay = registered("fay", 20);
    TestProbe<InboxChanged> watcher = TestProbe.create(node.system());
    members()
        .tell(fay.member(), new MemberMessage.WatchInbox(fay.address().device(), watcher.getRef()));
    watcher.expectMessage(TestNode.PATIENCE, new InboxChanged(fay.address(), 0));
    deliver(fay, 1);
    watcher.expectMessage(TestNode.PATIENCE, new InboxChanged(fay.address(), 1));
    members()
        .tell(
            fay.member(), new MemberMessage.UnwatchInbox(fay.address().device(), watcher.getRef()));
    deliver(fay, 2);
    assertNothingCame(watcher);
  }

  @Test
  void forgetsAWatcherThatDoesNotRenewItself() {
    TestDevice gil = registered("gil", 20);
    TestProbe<InboxChanged> watcher = TestProbe.create(node.system());
    members()
        .tell(gil.member(), new MemberMessage.WatchInbox(gil.address().device(), watcher.getRef()));
    watcher.expectMessage(TestNode.PATIENCE, new InboxChanged(gil.address(), 0));
    CLOCK.advance(Members.WATCH_LEASE.plusMillis(1));
    deliver(gil, 1);
    assertNothingCame(watcher);
  }

  private static TestDevice registered(String name, int oneTimeKeys) {
    TestDevice device = TestDevice.of(name);
    node.register(oneTimeKeys, List.of(device));
    return device;
  }

  private static List<SignedKey> claim(TestDevice device, int times) {
    var command = new MemberCommand.ClaimKey(device.address(), EVE.address());
    List<CompletionStage<MemberReply>> replies = IntStream.range(0, times)
        .mapToObj(i -> members().ask(device.member(), command))
        .toList();
    return replies.stream().map(r -> ((MemberReply.Claimed) await(r)).key()).toList();
  }

  /** As a group's fan-out would; returns once the inbox holds the key. */
  private static void deliver(TestDevice device, long epoch) {
    var take = new MemberCommand.TakeSealedKeys(
        GROUP, epoch, EVE.address(), List.of(device.sealed(epoch)));
    TestProbe<Delivered> group = TestProbe.create(node.system());
    members().tell(device.member(), new MemberMessage.Deliver(take, group.getRef()));
    group.expectMessage(TestNode.PATIENCE, new Delivered(device.member(), epoch));
  }

  /** What came was told before whatever is told now. */
  private static void assertNothingCame(TestProbe<InboxChanged> watcher) {
    var last = new InboxChanged(EVE.address(), 0);
    watcher.getRef().tell(last);
    assertThat(watcher.receiveMessage(TestNode.PATIENCE)).isEqualTo(last);
  }

  private static List<InboxItem> inbox(TestDevice device, long after) {
    InboxReply reply = await(members().inbox(device.address(), after, 10));
    assertThat(reply).isInstanceOf(InboxReply.Page.class);
    return ((InboxReply.Page) reply).items();
  }

  private static List<Long> epochs(List<InboxItem> items) {
    return items.stream().map(item -> ((InboxItem.SealedEpochKey) item).epoch()).toList();
  }

  private static void restart() {
    node.close();
    node = startNode();
  }

  private static TestNode startNode() {
    return TestNode.start(CASSANDRA, CLOCK, "karst.actors.member.snapshot-every = 7");
  }

  private static Members members() {
    return node.actors().members();
  }
}
