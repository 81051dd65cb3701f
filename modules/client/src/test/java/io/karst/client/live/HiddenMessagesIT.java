package io.karst.client.live;

import static io.karst.client.live.Live.SERVER;
import static io.karst.client.live.Live.get;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.karst.client.api.ChannelEvent;
import io.karst.client.api.GroupChannel;
import io.karst.client.api.SecurityProblem;
import io.karst.client.session.HeardIndexes;
import io.karst.domain.group.Receipt;
import io.karst.wire.v1.DeliveryServiceGrpc;
import io.karst.wire.v1.FetchRangeResponse;
import io.karst.wire.v1.LogEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A server that keeps envelopes back from one device is caught by the gap that they leave in their
 * session. Ann listens, by a road on which the server shows nothing but the leaves of some.
 */
class HiddenMessagesIT {

  private final Road annsRoad = Road.to(SERVER);
  private final Person ann = Person.register("ann", annsRoad);
  private final Person bob = Person.register("bob");
  private final GroupChannel annes = ann.create(bob);
  private final GroupChannel bobs = bob.group(annes.id());

  @AfterEach
  void closeAll() {
    ann.close();
    bob.close();
    annsRoad.close();
  }

  @Test
  void aHiddenMessageIsAskedForOnceItCannotComeAnyMoreAndTheServerIsReported() {
    Receipt hidden = bobSaysThreeThings();
    hide(1);
    try (Ear annHears = Ear.of(annes)) {
      assertThat(annHears.texts(2)).containsExactly("one", "three");
      bobTalksOn(HeardIndexes.WIDTH - 1);
      assertCaught(annHears, hidden);
      assertThat(annHears.text()).isEqualTo("two");
      get(bobs.send("done"));
      annHears.textsUpTo("done");
      assertThat(annHears.all()).noneMatch(ChannelEvent.MessagesMissing.class::isInstance);
    }
    assertThat(asked()).isEqualTo(1);
  }

  @Test
  void aHiddenMessageIsAskedForWhenItsEpochIsOver() {
    Receipt hidden = bobSaysThreeThings();
    hide(1);
    try (Ear annHears = Ear.of(annes)) {
      assertThat(annHears.texts(2)).containsExactly("one", "three");
      get(bobs.rotate());
      get(bobs.rotate());
      assertCaught(annHears, hidden);
      assertThat(annHears.message().offset()).isEqualTo(hidden.offset());
    }
  }

  @Test
  void whatAServerHidesAndDeniesIsToldAsMissing() {
    bobSaysThreeThings();
    hide(1);
    answering(truth -> truth.toBuilder().clearEntries().build());
    assertMissing();
  }

  @Test
  void anotherMessageInItsPlaceIsNotBelieved() {
    Receipt hidden = bobSaysThreeThings();
    hide(1);
    answering(truth -> {
      FetchRangeResponse.Builder told = truth.toBuilder();
      told.getEntriesBuilder(0)
          .getEnvelopeBuilder()
          .setClientId(ByteString.copyFromUtf8("another message!"));
      return told.build();
    });
    List<ChannelEvent> heard = assertMissing();
    assertThat(heard)
        .contains(new ChannelEvent.SecurityWarning(
            hidden.offset(),
            new SecurityProblem.LogForked(
                annes.id(), hidden.offset() + 1, ann.device().address())));
  }

  @Test
  void aDeviceThatWasClosedBeforeItCouldAskAsksInItsNextRun() {
    bobSaysThreeThings();
    hide(1);
    annsRoad.hold(DeliveryServiceGrpc.getFetchRangeMethod());
    try (Ear annHears = Ear.of(annes)) {
      assertThat(annHears.texts(2)).containsExactly("one", "three");
      bobTalksOn(HeardIndexes.WIDTH - 1);
      annsRoad.awaitHeld(DeliveryServiceGrpc.getFetchRangeMethod());
    }
    ann.shut();
    annsRoad.release(DeliveryServiceGrpc.getFetchRangeMethod());
    ann.open();
    try (Ear annHears = Ear.of(ann.device().group(annes.id()))) {
      assertThat(annHears.await(ChannelEvent.SecurityWarning.class).problem())
          .isInstanceOf(SecurityProblem.MessageHidden.class);
      assertThat(annHears.text()).isEqualTo("two");
    }
  }

  /** Answers the receipt of the second. */
  private Receipt bobSaysThreeThings() {
    get(bobs.send("one"));
    Receipt second = get(bobs.send("two"));
    get(bobs.send("three"));
    return second;
  }

  private void bobTalksOn(int messages) {
    List<CompletableFuture<Receipt>> sent = new ArrayList<>();
    for (int i = 0; i < messages; i++) {
      sent.add(bobs.send("more"));
    }
    sent.forEach(Live::get);
  }

  private void hide(long index) {
    Lies.hiding(annsRoad, annes.id(), entry -> speaks(entry, index));
  }

  private void answering(UnaryOperator<FetchRangeResponse> lie) {
    annsRoad.telling(DeliveryServiceGrpc.getFetchRangeMethod(), lie);
  }

  private void assertCaught(Ear annHears, Receipt hidden) {
    assertThat(annHears.await(ChannelEvent.SecurityWarning.class))
        .isEqualTo(new ChannelEvent.SecurityWarning(
            hidden.offset(),
            new SecurityProblem.MessageHidden(
                annes.id(), hidden.offset(), bob.device().address())));
  }

  private List<ChannelEvent> assertMissing() {
    try (Ear annHears = Ear.of(annes)) {
      assertThat(annHears.texts(2)).containsExactly("one", "three");
      get(bobs.rotate());
      get(bobs.rotate());
      assertThat(annHears.await(ChannelEvent.MessagesMissing.class))
          .isEqualTo(new ChannelEvent.MessagesMissing(1, bob.device().address(), 1, 1));
      assertThat(asked()).isEqualTo(1);
      return annHears.all();
    }
  }

  private int asked() {
    return annsRoad.carried(DeliveryServiceGrpc.getFetchRangeMethod());
  }

  /** Whether an entry is Bob's message of this index. */
  private boolean speaks(LogEntry entry, long index) {
    return entry.hasEnvelope()
        && entry.getEnvelope().getMemberId().equals(bob.id().value())
        && entry.getEnvelope().getMessageIndex() == index;
  }
}
