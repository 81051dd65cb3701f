package io.karst.edge.delivery;

import static io.karst.edge.scene.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.karst.domain.id.GroupId;
import io.karst.domain.refusal.Reason;
import io.karst.edge.scene.TestDevice;
import io.karst.edge.scene.TestGroup;
import io.karst.edge.scene.TestServer;
import io.karst.edge.scene.TestStream;
import io.karst.edge.status.ConformanceInterceptor;
import io.karst.wire.v1.AcknowledgeInboxRequest;
import io.karst.wire.v1.Cursor;
import io.karst.wire.v1.FetchInboxRequest;
import io.karst.wire.v1.GetGroupRequest;
import io.karst.wire.v1.Head;
import io.karst.wire.v1.SubscribeGroup;
import io.karst.wire.v1.SubscribeRequest;
import io.karst.wire.v1.SubscribeResponse;
import io.karst.wire.v1.SubscriptionEnded;
import io.karst.wire.v1.UnsubscribeGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each way in which a subscription can be wrong. */
class DeliveryRefusalsIT {

  @RegisterExtension
  static final TestServer SERVER = new TestServer();

  private final TestDevice ada = SERVER.device("ada");
  private final TestGroup group = TestGroup.created(ada);

  @Test
  void aCursorThatTheLogNeverWasIsUnknownOrAhead() {
    Head head = ada.groups()
        .getGroup(GetGroupRequest.newBuilder().setGroupId(group.id().value()).build())
        .getHead();
    Head forged = head.toBuilder().setRoot(ByteString.copyFrom(new byte[32])).build();
    try (var stream = ada.subscribe()) {
      assertThat(reason(stream, after(forged))).isEqualTo("CURSOR_UNKNOWN");
      assertThat(reason(stream, after(forged.toBuilder().setSize(1).build())))
          .isEqualTo("CURSOR_UNKNOWN");
      assertThat(reason(stream, after(forged.toBuilder().setSize(0).build())))
          .isEqualTo("CURSOR_UNKNOWN");
      assertThat(reason(stream, after(head.toBuilder().setSize(1_000_000).build())))
          .isEqualTo("CURSOR_AHEAD");
      stream.say(after(head));
      assertThat(stream.next().getStarted().getNextOffset()).isEqualTo(head.getSize());
    }
  }

  @Test
  void aStartMustBeNamedAndReached() {
    try (var stream = ada.subscribe()) {
      assertThat(reason(stream, request(group().build()))).isEqualTo("FIELD_MISSING");
      assertThat(reason(stream, request(group().setBeginning(false).build())))
          .isEqualTo("FIELD_INVALID");
      assertThat(reason(stream, request(group().setEpoch(2).build()))).isEqualTo("EPOCH_UNKNOWN");
      assertThat(reason(
              stream, request(group().setCursor(Cursor.getDefaultInstance()).build())))
          .isEqualTo("FIELD_MISSING");
    }
  }

  @Test
  void anOutsiderIsToldTheSameOfAGroupThatExistsAndOneThatDoesNot() {
    TestDevice eve = SERVER.device("eve");
    GroupId none = TestGroup.planned(ada).id();
    try (var stream = eve.subscribe()) {
      stream.fromBeginning(group.id());
      SubscriptionEnded existing = stream.next().getEnded();
      stream.fromBeginning(none);
      SubscriptionEnded missing = stream.next().getEnded();
      assertThat(existing.getRefusal().getReason()).isEqualTo("GROUP_NOT_FOUND");
      assertThat(missing.toBuilder().setGroupId(group.id().value()).build()).isEqualTo(existing);
    }
  }

  @Test
  void aGroupIsSubscribedToOnceUntilItIsUnsubscribed() {
    try (var stream = ada.subscribe()) {
      stream.fromBeginning(group.id());
      stream.next(SubscribeResponse::hasCaughtUp);
      assertThat(reason(stream, request(group().setBeginning(true).build())))
          .isEqualTo("SUBSCRIPTION_EXISTS");
      stream.say(SubscribeRequest.newBuilder()
          .setUnsubscribe(UnsubscribeGroup.newBuilder().setGroupId(group.id().value()))
          .build());
      assertThat(stream.next(SubscribeResponse::hasEnded).getEnded().hasRefusal())
          .isFalse();
      stream.fromBeginning(group.id());
      assertThat(stream.next().hasStarted()).isTrue();
    }
  }

  @Test
  void aStreamHasAtMostTwoHundredAndFiftySixSubscriptions() {
    try (var stream = ada.subscribe()) {
      for (int i = 0; i < Subscriptions.SUBSCRIPTIONS_MAX; i++) {
        stream.fromBeginning(TestGroup.created(ada).id());
        assertThat(stream.next(SubscribeResponse::hasStarted).hasStarted()).isTrue();
      }
      assertThat(reason(stream, request(group().setBeginning(true).build())))
          .isEqualTo("SUBSCRIPTION_LIMIT");
    }
  }

  @ParameterizedTest
  @CsvSource({"0, ID_EMPTY", "33, ID_TOO_LONG", "10000, ID_TOO_LONG"})
  void aGroupIdThatIsNoneEndsTheStream(int length, Reason reason) {
    try (var stream = ada.subscribe()) {
      stream.say(request(SubscribeGroup.newBuilder()
          .setGroupId("a".repeat(length))
          .setBeginning(true)
          .build()));
      assertEnds(stream, reason);
    }
  }

  @Test
  void aRequestWithoutContentEndsTheStream() {
    try (var stream = ada.subscribe()) {
      stream.say(SubscribeRequest.getDefaultInstance());
      assertEnds(stream, Reason.FIELD_MISSING);
    }
  }

  @Test
  void whatWasNeverHandedOutCannotBeAcknowledged() {
    var ahead = AcknowledgeInboxRequest.newBuilder().setUpToSequence(99).build();
    assertRefused(Reason.ACKNOWLEDGEMENT_AHEAD, () -> ada.delivery().acknowledgeInbox(ahead));
    try (var stream = ada.subscribe()) {
      stream.say(SubscribeRequest.newBuilder().setAcknowledgeInbox(ahead).build());
      assertEnds(stream, Reason.ACKNOWLEDGEMENT_AHEAD);
    }
    assertRefused(
        Reason.FIELD_MISSING,
        "up_to_sequence",
        () -> ada.delivery().acknowledgeInbox(AcknowledgeInboxRequest.getDefaultInstance()));
  }

  @ParameterizedTest
  @CsvSource({"0, FIELD_MISSING", "101, FIELD_INVALID"})
  void anInboxPageHasOneToAHundredItems(int limit, Reason reason) {
    assertRefused(
        reason,
        "limit",
        () -> ada.delivery()
            .fetchInbox(FetchInboxRequest.newBuilder().setLimit(limit).build()));
  }

  private static void assertEnds(TestStream stream, Reason reason) {
    Throwable end = stream.end();
    assertThat(Status.fromThrowable(end).getCode())
        .isEqualTo(io.karst.edge.status.Statuses.code(reason));
    assertThat(ConformanceInterceptor.info(end).getReason()).isEqualTo(reason.name());
  }

  private static String reason(TestStream stream, SubscribeRequest request) {
    stream.say(request);
    return stream.next(SubscribeResponse::hasEnded).getEnded().getRefusal().getReason();
  }

  private SubscribeRequest after(Head head) {
    return request(group().setCursor(Cursor.newBuilder().setHead(head)).build());
  }

  private SubscribeGroup.Builder group() {
    return SubscribeGroup.newBuilder().setGroupId(group.id().value());
  }

  private static SubscribeRequest request(SubscribeGroup group) {
    return SubscribeRequest.newBuilder().setGroup(group).build();
  }
}
