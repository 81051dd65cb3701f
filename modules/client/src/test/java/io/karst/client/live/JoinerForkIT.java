package io.karst.client.live;

import static io.karst.client.live.Live.SERVER;
import static io.karst.client.live.Live.get;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.karst.client.api.ChannelEvent;
import io.karst.client.api.GroupChannel;
import io.karst.client.api.SecurityProblem;
import io.karst.wire.v1.DeliveryServiceGrpc;
import io.karst.wire.v1.LogEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Who joins later hashes the log from there on, and so notices what its first members notice. Cem
 * joins, and listens by a road on which the server may lie.
 */
class JoinerForkIT {

  private final Road cemsRoad = Road.to(SERVER);
  private final Person ann = Person.register("ann");
  private final Person bob = Person.register("bob");
  private final Person cem = Person.register("cem", cemsRoad);
  private final GroupChannel annes = ann.create(bob);

  @BeforeEach
  void cemJoinsAndAnnSpeaks() {
    get(bob.group(annes.id()).send("before"));
    get(annes.add(cem.id()));
    get(annes.send("one"));
    get(annes.send("two"));
    get(annes.send("three"));
  }

  @AfterEach
  void closeAll() {
    ann.close();
    bob.close();
    cem.close();
    cemsRoad.close();
  }

  @Test
  void anEntryThatIsNotTheOneOfTheServersHeadIsNoticed() {
    Lies.aboutEachEntry(
        cemsRoad,
        entry -> speaks(entry, 1)
            ? entry.toBuilder()
                .setAcceptedAtMillis(entry.getAcceptedAtMillis() + 1)
                .build()
            : entry);
    assertForked();
  }

  @Test
  void aTreeThatIsNotTheOneOfTheServersHeadIsNoticed() {
    cemsRoad.telling(
        DeliveryServiceGrpc.getSubscribeMethod(),
        truth -> truth.hasStarted()
            ? truth.toBuilder()
                .setStarted(truth.getStarted().toBuilder()
                    .setFrontier(0, ByteString.copyFrom(new byte[32])))
                .build()
            : truth);
    assertForked();
  }

  @Test
  void anotherLogThanTheOneThatOthersAreShownIsNoticedWhenTheyTalk() {
    new Fork(annes.id(), entry -> speaks(entry, 1)).tell(cemsRoad);
    try (Ear cemHears = Ear.of(cem.group(annes.id()))) {
      assertThat(cemHears.await(ChannelEvent.SecurityWarning.class).problem())
          .as("the server's own heads fit what it shows")
          .isInstanceOfSatisfying(
              SecurityProblem.LogForked.class,
              forked -> assertThat(forked.toldBy()).isEqualTo(ann.device().address()));
    }
  }

  /** By the head that the next message carries, or by the server's own. */
  private void assertForked() {
    try (Ear cemHears = Ear.of(cem.group(annes.id()))) {
      assertThat(cemHears.await(ChannelEvent.SecurityWarning.class).problem())
          .isInstanceOf(SecurityProblem.LogForked.class);
    }
  }

  /** Whether an entry is Ann's message of this index since Cem joined. */
  private boolean speaks(LogEntry entry, long index) {
    return entry.hasEnvelope()
        && entry.getEnvelope().getEpoch() == 2
        && entry.getEnvelope().getMemberId().equals(ann.id().value())
        && entry.getEnvelope().getMessageIndex() == index;
  }
}
