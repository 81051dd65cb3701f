package io.karst.client.live;

import static io.karst.client.live.Comparison.end;
import static io.karst.client.live.Comparison.shown;
import static io.karst.client.live.Live.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.client.api.ChannelEvent;
import io.karst.client.api.DeviceEvent;
import io.karst.client.api.GroupChannel;
import io.karst.client.api.LocalMistake;
import io.karst.client.api.PendingDevice;
import io.karst.client.api.verification.CancelReason;
import io.karst.client.api.verification.Trust.Standing;
import io.karst.client.api.verification.Verification;
import io.karst.client.api.verification.VerificationCode;
import io.karst.client.api.verification.VerificationState;
import io.karst.domain.id.DeviceId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two devices that compare, through a real server. */
class VerificationIT {

  private final Person ann = Person.register("ann");
  private final Person bob = Person.register("bob");
  private GroupChannel annes = ann.create(bob);
  private GroupChannel bobs = bob.group(annes.id());

  @BeforeEach
  void nobodyIsVerified() {
    assertThat(standings()).containsExactly(Standing.FIRST_USE, Standing.FIRST_USE);
  }

  @AfterEach
  void close() {
    ann.close();
    bob.close();
  }

  @Test
  void whoReceivesTheGroupHearsOfTheRequestAndNeverOfAMessage() {
    News bobsNews = News.of(bob.device());
    try (Ear bobHears = Ear.of(bobs)) {
      get(annes.send("one"));
      assertThat(bobHears.text()).isEqualTo("one");
      Verification annsSide = get(start(ann, bob));
      Verification bobsSide =
          bobsNews.await(DeviceEvent.VerificationRequested.class).verification();
      assertThat(bobsSide.peer()).isEqualTo(ann.device().address());
      get(bobsSide.accept());
      assertThat(shown(annsSide)).isEqualTo(shown(bobsSide));
      get(annsSide.confirm());
      get(bobsSide.confirm());
      assertThat(end(annsSide)).isEqualTo(new VerificationState.Verified());
      assertThat(end(bobsSide)).isEqualTo(new VerificationState.Verified());
      get(annes.send("two"));
      assertThat(bobHears.text()).isEqualTo("two");
      assertThat(bobHears.all()).noneMatch(ChannelEvent.Unreadable.class::isInstance);
    }
    assertThat(get(bobs.history(1)).events().stream()
            .filter(ChannelEvent.Message.class::isInstance)
            .map(event -> Ear.text((ChannelEvent.Message) event)))
        .containsExactly("one", "two");
    assertThat(standings()).containsExactly(Standing.VERIFIED, Standing.VERIFIED);

    ann.shut();
    ann.open();
    annes = ann.device().group(annes.id());
    try (PendingDevice laptop =
        Person.connect(Live.SERVER.port()).link(bob.place("laptop"), bob.id(), new DeviceId("l"))) {
      get(bob.device().addDevice(laptop.code()));
    }
    get(annes.rotate());
    assertThat(standings()).containsExactly(Standing.VERIFIED, Standing.VERIFIED);
    assertThat(ann.device().verifications().verified())
        .singleElement()
        .satisfies(trust -> assertThat(trust.member()).isEqualTo(bob.id()));
  }

  @Test
  void whoBothAskAtOnceCompareOnce() {
    CompletableFuture<Verification> annStarts = start(ann, bob);
    CompletableFuture<Verification> bobStarts = start(bob, ann);
    Verification annsSide = get(annStarts);
    Verification bobsSide = get(bobStarts);
    assertThat(shown(annsSide)).isEqualTo(shown(bobsSide));
    get(bobsSide.confirm());
    get(annsSide.deny());
    assertThat(end(annsSide))
        .isEqualTo(new VerificationState.Cancelled(CancelReason.MISMATCH, false));
    assertThat(end(bobsSide))
        .isEqualTo(new VerificationState.Cancelled(CancelReason.MISMATCH, true));
    assertThat(standings()).containsExactly(Standing.FIRST_USE, Standing.FIRST_USE);
  }

  @Test
  void aCodeVerifiesBoth() {
    Verification shown =
        get(ann.device().verifications().show(annes.id(), bob.device().address()));
    var code = ((VerificationState.Showing) shown.state()).code();
    Verification read =
        get(bob.device().verifications().scanned(VerificationCode.parse(code.text())));
    assertThat(read.state()).isEqualTo(new VerificationState.Verified());
    assertThat(get(shown.next(shown.state()))).isEqualTo(new VerificationState.Scanned());
    get(shown.confirm());
    assertThat(shown.state()).isEqualTo(new VerificationState.Verified());
    assertThat(standings()).containsExactly(Standing.VERIFIED, Standing.VERIFIED);
    assertThatThrownBy(() -> get(ann.device().verifications().scanned(code)))
        .isInstanceOf(LocalMistake.class);
  }

  @Test
  void whoGivesUpIsHeardAndNobodyVerifiesItself() {
    Verification annsSide = get(start(ann, bob));
    get(annsSide.cancel());
    assertThat(end(annsSide))
        .isEqualTo(new VerificationState.Cancelled(CancelReason.GIVEN_UP, false));
    get(bob.device().verifications().watch(bobs.id()));
    Verification bobsSide = get(start(bob, ann));
    assertThat(bobsSide.state()).isEqualTo(new VerificationState.Waiting());
    assertThatThrownBy(() -> get(start(ann, ann))).isInstanceOf(LocalMistake.class);
  }

  private CompletableFuture<Verification> start(Person from, Person to) {
    return from.device().verifications().start(annes.id(), to.device().address());
  }

  private List<Standing> standings() {
    return List.of(
        ann.device().verifications().trust(bob.id()).standing(),
        bob.device().verifications().trust(ann.id()).standing());
  }
}
