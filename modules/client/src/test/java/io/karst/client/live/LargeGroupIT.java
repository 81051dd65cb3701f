package io.karst.client.live;

import static io.karst.client.live.Live.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.karst.client.api.ChannelEvent;
import io.karst.client.api.GroupChannel;
import io.karst.domain.group.Receipt;
import io.karst.domain.id.MemberId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A group of more devices than one message, or one row, has keys for. */
class LargeGroupIT {

  private static final int CROWD = 130;
  private static final int MESSAGES = 20;

  @Test
  void isCreatedInPartsAndSpeaksOnWhileItRotates() {
    try (Person ann = Person.register("ann");
        Person bob = Person.register("bob");
        Crowd crowd = Crowd.register("large", CROWD)) {
      List<MemberId> members = new ArrayList<>(crowd.ids());
      members.add(bob.id());
      GroupChannel annes = get(ann.device().createGroup("many", members));
      GroupChannel bobs = bob.groupOnceTold(annes.id());
      assertThat(annes.manifest().orElseThrow().manifest().roster()).hasSize(CROWD + 2);
      try (Ear bobHears = Ear.of(bobs)) {
        get(annes.send("hello"));
        CompletableFuture<Long> rotated = annes.rotate();
        List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
        for (int i = 0; i < MESSAGES; i++) {
          receipts.add(annes.send("m" + i));
        }
        assertThat(get(rotated)).isEqualTo(2);
        receipts.forEach(Live::get);
        get(annes.send("end"));
        assertThat(bobHears.textsUpTo("end")).hasSize(MESSAGES + 2).doesNotHaveDuplicates();
        assertThat(bobHears.all())
            .noneMatch(ChannelEvent.Unreadable.class::isInstance)
            .noneMatch(ChannelEvent.SecurityWarning.class::isInstance);
        assertThat(bobs.epoch()).isEqualTo(2);
      }
    }
  }
}
