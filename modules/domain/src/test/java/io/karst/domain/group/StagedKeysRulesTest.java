package io.karst.domain.group;

import static io.karst.domain.group.Scene.ALICE;
import static io.karst.domain.group.Scene.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.SealedKey;
import io.karst.domain.epoch.SealedKeys;
import io.karst.domain.epoch.SealedText;
import io.karst.domain.group.GroupEvent.SealedKeysStaged;
import io.karst.domain.walk.Fake;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class StagedKeysRulesTest {

  private static final Bytes HASH = Fake.bytes("hash", 32);
  private static final SealedText KEY = new SealedText(1, Fake.bytes("sealed", 40));

  private final Scene scene = Scene.created();

  @Test
  void aPartChangesNothing() {
    Group before = scene.group;
    assertThat(before.evolve(staged(HASH, 0, 1))).isEqualTo(before);
    Group nobody = Group.empty(before.id());
    assertThat(nobody.evolve(staged(HASH, 0, 1))).isEqualTo(nobody);
  }

  @Test
  void aPartHasABoundedNumberOfKeys() {
    int max = SealedKeysStaged.KEYS_MAX;
    assertThat(staged(HASH, 0, max - 1).keys()).hasSize(max - 1);
    assertThat(staged(HASH, 0, max).keys()).hasSize(max);
    assertRefused(() -> staged(HASH, 0, max + 1));
    assertRefused(() -> staged(HASH, 0, 0));
    assertRefused(() -> staged(HASH, -1, 1));
    assertRefused(() -> staged(Fake.bytes("short", 31), 0, 1));
    assertRefused(() -> new SealedKeys.Staged(Fake.bytes("short", 31), 0));
    assertRefused(() -> new SealedKeys.Staged(HASH, -1));
    assertRefused(() -> new SealedText(2, KEY.olmMessage()));
    assertRefused(() -> new SealedText(0, Fake.bytes("long", SealedKey.MESSAGE_MAX + 1)));
  }

  @Test
  void anEpochStartsWithKeysThatWereStaged() {
    List<GroupEvent> events = scene.decide(scene.commit(ALICE)).events();
    Group here = scene.apply(events).group;
    Scene other = Scene.created();
    other.apply(withStagedKeys(events, other.group.size()));
    assertThat(other.group).isEqualTo(here);
  }

  @Test
  void keysThatAreStillToComeWereNotStaged() {
    List<GroupEvent> events = scene.decide(scene.commit(ALICE)).events();
    List<GroupEvent> early = withStagedKeys(events, scene.group.size() + 2);
    assertThatThrownBy(() -> scene.apply(early)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anArchivedGroupTakesNoPart() {
    scene.accepts(new GroupCommand.Archive(ALICE));
    assertThatThrownBy(() -> scene.group.evolve(staged(HASH, 0, 1)))
        .isInstanceOf(IllegalStateException.class);
  }

  private static List<GroupEvent> withStagedKeys(List<GroupEvent> events, long from) {
    var staged = new ArrayList<GroupEvent>(events);
    int last = events.size() - 1;
    var started = (GroupEvent.EpochStarted) events.get(last);
    staged.set(
        last,
        new GroupEvent.EpochStarted(
            started.manifest(), new SealedKeys.Staged(HASH, from), started.at()));
    return staged;
  }

  private static SealedKeysStaged staged(Bytes hash, int first, int keys) {
    return new SealedKeysStaged(hash, first, Collections.nCopies(keys, KEY), START);
  }

  private static void assertRefused(Runnable construction) {
    assertThatThrownBy(construction::run).isInstanceOf(IllegalArgumentException.class);
  }
}
